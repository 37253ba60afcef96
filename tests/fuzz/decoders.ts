/**
 * Spoils bytes for every decoder until the time is up: `npm run fuzz -- --minutes 10 [--seed N]`.
 * The first failure ends it, with the seed and the bytes, and exit code 1.
 */
import fc from 'fast-check';
import { decodeOrRefuse, mutated, mutation, TARGETS, type Target } from './targets.ts';

/** Cases between two looks at the clock. */
const ROUND = 200;

/** A single decoding that takes more of the processor hangs, in milliseconds. */
const SLOW = 1000;

function option(name: string, fallback: number): number {
  const at = process.argv.indexOf(`--${name}`);
  const value = at < 0 ? NaN : Number(process.argv[at + 1]);
  return Number.isFinite(value) ? value : fallback;
}

/** One round of one decoder. @returns how many of its inputs were taken. */
function round(target: Target, seed: number): number {
  let taken = 0;
  const junk = fc.uint8Array({ maxLength: 2000 });
  const bytes = fc.oneof(
    { weight: 1, arbitrary: junk },
    {
      weight: 9,
      arbitrary: fc
        .tuple(target.sample, fc.array(mutation, { minLength: 1, maxLength: 8 }))
        .map(([sample, mutations]) => mutations.reduce(mutated, sample)),
    },
  );
  fc.assert(
    fc.property(bytes, (input) => {
      const began = process.cpuUsage();
      if (decodeOrRefuse(target, input) !== null) taken++;
      const took = process.cpuUsage(began).user / 1000;
      if (took > SLOW) throw new Error(`took ${String(Math.round(took))} ms`);
    }),
    {
      numRuns: ROUND,
      seed,
      reporter: (details) => {
        if (!details.failed) return;
        const [input] = details.counterexample ?? [];
        const hex = input === undefined ? '' : Buffer.from(input).toString('hex');
        console.error(`${target.name} failed, seed ${String(seed)}, on ${hex}`);
        console.error(details.errorInstance);
        process.exit(1);
      },
    },
  );
  return taken;
}

const minutes = option('minutes', 1);
let seed = option('seed', Date.now() % 0x7fffffff);
const end = Date.now() + minutes * 60_000;
const counts = new Map(TARGETS.map(({ name }) => [name, { inputs: 0, taken: 0 }]));
console.log(`${String(minutes)} min of ${String(TARGETS.length)} decoders, seed ${String(seed)}`);
while (Date.now() < end) {
  for (const target of TARGETS) {
    const count = counts.get(target.name);
    if (count === undefined) continue;
    count.taken += round(target, seed);
    count.inputs += ROUND;
  }
  seed = (seed + 1) % 0x7fffffff;
}
for (const [name, { inputs, taken }] of counts) {
  console.log(`${name}: ${String(inputs)} inputs, ${String(taken)} of them taken`);
}
