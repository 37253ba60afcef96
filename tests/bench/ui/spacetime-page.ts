/** Lives a run of 100,000 events under a load of writes, and shows its space-time diagram. */
import { mount } from 'svelte';
import type { Micros } from '../../../src/core/units.ts';
import {
  beginChronicle,
  eventsOf,
  followSome,
  storyOf,
} from '../../../src/sim/chronicle/chronicle.ts';
import { branchOf } from '../../../src/sim/chronicle/chronicle-state.ts';
import { momentOf } from '../../../src/sim/chronicle/model.ts';
import { frameOf } from '../../../src/sim/local-frame.ts';
import { act, checkpoint, createLocalRun, runFor, runUntil } from '../../../src/sim/local.ts';
import { addClient, clientId, quietWorld } from '../../../src/sim/scenarios.ts';
import SpaceTimeStage from './SpaceTimeStage.svelte';

const EVENTS = 100_000;

const spec = { outstanding: 20, writesPercent: 60, paths: 50, valueBytes: 20 };
const run = createLocalRun(quietWorld(42, 5), {
  loads: new Map([[clientId(0), spec]]),
  keepTrace: true,
});
const { chronicle, first } = beginChronicle(checkpoint(run));
runUntil(run, 1_000_000 as Micros);
act(run, addClient(0));
while (run.world.events < EVENTS) runFor(run, 10_000 as Micros);
const frame = frameOf(run);
const branch = branchOf(chronicle, first.id);
const errand = { from: 0, actions: run.world.actions, to: momentOf(frame) };
followSome(chronicle, branch, errand, Infinity);
const columns = eventsOf(chronicle, branch, 0, EVENTS);
mount(SpaceTimeStage, {
  target: document.body,
  props: { frame, columns, story: storyOf(branch) },
});
