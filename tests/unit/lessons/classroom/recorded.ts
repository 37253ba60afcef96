/** Runs of three servers with one seed, by their scripts. */
import { expect } from 'vitest';
import { stage } from '../../../../src/lessons/scenarios/world.ts';
import type { RunRecord } from '../../../../src/sim/actions.ts';
import { createLocalRun, recordOf } from '../../../../src/sim/local.ts';
import { parseScript } from '../../../../src/sim/script-text/parse.ts';
import { runSteps } from '../../../../src/sim/script-text/run.ts';

/** @param afterwards virtual microseconds behind the last line. */
export function recorded(text: string, afterwards: number): RunRecord {
  const { steps, errors } = parseScript(text);
  expect(errors).toEqual([]);
  const run = createLocalRun({ ...stage(3), seed: 7 });
  expect(runSteps(run, steps, { afterwards }).failure).toBe(null);
  return recordOf(run);
}
