/** Runs the script in Node, in one thread, before the browser tests: they must get the same hash. */
import type { TestProject } from 'vitest/node';
import { act, createLocalRun, runUntil, traceHash } from '../../src/sim/local.ts';
import { monkeyInNode } from './monkey-run.ts';
import { programsInNode } from './program-run.ts';
import { script, scriptedWorld, scriptEnd } from './scripted-run.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    nodeHash: string;
    monkeyHash: string;
    programHash: string;
  }
}

export default async function provideNodeHash(project: TestProject): Promise<void> {
  project.provide('nodeHash', scriptedHash());
  project.provide('monkeyHash', monkeyInNode().hash);
  project.provide('programHash', (await programsInNode()).hash);
}

export function scriptedHash(): string {
  const run = createLocalRun(scriptedWorld);
  for (const { at, action } of script) {
    runUntil(run, at);
    act(run, action);
  }
  runUntil(run, scriptEnd);
  return traceHash(run);
}
