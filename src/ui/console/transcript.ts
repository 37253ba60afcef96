/** A console's lines, read: the prompt, the command behind it, and all commands so far. */
import type { TranscriptLine } from '../../sim/frame.ts';

/** zkCli's prompt, `[zk: localhost:2181(CONNECTED) 3] `, before the command it was given. */
const PROMPT = /^(\[zk: [^\]]*\] ?)(.*)$/s;

export function splitPrompt(text: string): { readonly prompt: string; readonly command: string } {
  const parts = PROMPT.exec(text);
  return { prompt: parts?.[1] ?? '', command: parts?.[2] ?? text };
}

/** Oldest first, without blanks and immediate repetitions. */
export function historyOf(lines: readonly TranscriptLine[]): readonly string[] {
  const commands: string[] = [];
  for (const line of lines) {
    if (line.kind !== 'prompt') continue;
    const command = splitPrompt(line.text).command.trim();
    if (command !== '' && command !== commands.at(-1)) commands.push(command);
  }
  return commands;
}

/** Whether a line is the first with text of its kind in a row: only that one is marked. */
export function leadsAt(lines: readonly TranscriptLine[], index: number): boolean {
  const line = lines[index];
  if (line === undefined || line.text.trim() === '') return false;
  for (let before = index - 1; before >= 0; before -= 1) {
    const other = lines[before];
    if (other?.kind !== line.kind) return true;
    if (other.text.trim() !== '') return false;
  }
  return true;
}
