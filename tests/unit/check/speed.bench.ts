/**
 * How much the checkers cost: turns of five voters under writes, with nothing else running. Prints
 * its figures: `npx tsx tests/unit/check/speed.bench.ts`.
 */
import { performance } from 'node:perf_hooks';
import type { Micros } from '../../../src/core/units.ts';
import { checkTurn, propertyViews } from '../../../src/sim/check/checker.ts';
import { check, ensemble, parseTurn } from './notation.ts';
import { boot, elect, write } from './stories.ts';

const WRITES = 100_000;

const cast = { leader: 5, followers: [1, 2, 3, 4], epoch: 1 };
const checker = check([boot([1, 2, 3, 4, 5]), elect(cast)], ensemble(5));

let turns = 0;
let spent = 0;
for (let from = 1; from <= WRITES; from += 1000) {
  // Parsed in pieces, outside the measured time.
  const batch = Array.from({ length: 1000 }, (_, i) => write(cast, `1.${String(from + i)}`))
    .flatMap((lines) => lines.split('\n'))
    .map(parseTurn);
  const start = performance.now();
  for (const turn of batch) {
    checkTurn(checker, turn.sid, turns as Micros, turn.event, turn.effects);
    turns += 1;
  }
  spent += performance.now() - start;
}

const broken = propertyViews(checker).filter((view) => !view.holds);
const start = performance.now();
structuredClone(checker);
const cloned = performance.now() - start;
const each = (1000 * spent) / turns;
console.log(`${String(turns)} turns of ${String(WRITES)} writes in ${spent.toFixed(0)} ms`);
console.log(`${each.toFixed(2)} µs per turn, ${((turns / spent) * 1000).toFixed(0)} turns/s`);
console.log(`a checkpoint of the checker: ${cloned.toFixed(1)} ms`);
console.log(`violations: ${String(broken.length)}`);
