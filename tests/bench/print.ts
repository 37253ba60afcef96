/** One row of what a bench prints: what, how much, and what is aimed at (`–`: nothing). */
export function print(name: string, value: string, aim: string): void {
  process.stdout.write(`${name.padEnd(58)} ${value.padStart(14)}   aim ${aim}\n`);
}
