/** What the gallery does with a bug: its script as a run, and ensembles to hunt it in. */
import type { MutantName } from '../../core/mutants.ts';
import { beginningOf } from '../../lessons/gallery/beginnings.ts';
import { exhibitOf } from '../../lessons/gallery/gallery.ts';
import { ask, client, create, smallWorld, withMutant } from '../../lessons/gallery/words.ts';
import type { RunRecord, WorldConfig } from '../../sim/actions.ts';
import type { ExploreLimits } from '../../sim/explore/explore-io.ts';
import type { Script } from '../../sim/explore/script.ts';
import { worldOf } from '../state/default-world.ts';
import type { ExplorePlan, ScriptResult } from '../../worker/lab-api.ts';
import type { Hunter } from './hunter.svelte.ts';
import { messageOf } from './reasons.ts';

/** The world of the bug's script, in which it can show; a small one where there is no script. */
function worldWith(name: MutantName): WorldConfig {
  const { world } = withMutant(
    exhibitOf(name)?.script ?? { world: smallWorld(), steps: [], afterwards: 0 },
    name,
  );
  return world;
}

/** The same with links that a person can watch. */
export function slowWorldWith(name: MutantName): WorldConfig {
  const { latency, diskLatency } = worldOf(3, 0, 0);
  const world = worldWith(name);
  return { ...world, latency, diskLatency };
}

export async function openWithBug(hunter: Hunter, name: MutantName): Promise<void> {
  await hunter.openWorld(slowWorldWith(name), name);
}

/** Virtual seconds per second of the wall while a monkey hunts. */
const MONKEY_SPEED = 5;

export async function sendMonkeyTo(
  hunter: Hunter,
  name: MutantName,
  intensity: number,
): Promise<void> {
  await hunter.openWorld(slowWorldWith(name), name);
  await hunter.playground.setMonkey(intensity);
  await hunter.playground.setSpeed(MONKEY_SPEED);
  await hunter.playground.play();
}

export async function runExhibit(
  hunter: Hunter,
  name: MutantName,
  bugOn: boolean,
): Promise<ScriptResult | null> {
  const exhibit = exhibitOf(name);
  if (exhibit === null) return null;
  const script = bugOn ? withMutant(exhibit.script, name) : exhibit.script;
  // What explores has its workers to itself, and would keep this waiting until it is done.
  if (hunter.kept?.way !== 'swarm') hunter.stopLab();
  return (await hunter.lab()).script(script, exhibit.settles);
}

/** Opens the bug's script in the page, with the bug or without. */
export async function openExhibit(
  hunter: Hunter,
  name: MutantName,
  bugOn: boolean,
  known: ScriptResult | null = null,
): Promise<void> {
  try {
    const result = known ?? (await runExhibit(hunter, name, bugOn));
    if (result === null) return;
    if (result.failure !== null) throw new Error(result.failure);
    await hunter.openFailing(result, 'script', name);
  } catch (reason) {
    hunter.playground.notify('error', messageOf(reason));
  }
}

/** The same actions at the same times, on other code. */
export function recordOn(record: RunRecord, mutants: readonly string[]): RunRecord {
  const { world } = record;
  return { ...record, world: { ...world, ensemble: { ...world.ensemble, mutants } } };
}

/** Where the explorer begins to look for a bug, and how far it looks. */
export interface Expedition {
  readonly script: Script;
  readonly limits: ExploreLimits;
  readonly plan: ExplorePlan;
}

const EXPLORER_LIMITS: ExploreLimits = { faults: 3, deliveries: 60, states: 60_000 };

/** The moment at which the bug is near, where the gallery has one; else a quiet ensemble. */
export function expeditionTo(name: MutantName): Expedition {
  const beginning = beginningOf(name);
  if (beginning === null) {
    const plan = { may: [ask(0, 2, create('/explored'))] };
    return { script: quietStart(name), limits: EXPLORER_LIMITS, plan };
  }
  const { script, limits, plan } = beginning;
  // States are shared out among workers, and only one of them may come by the bug.
  const { states } = EXPLORER_LIMITS;
  return { script: withMutant(script, name), limits: { ...limits, states }, plan };
}

/** A quiet ensemble with one session and one write. */
function quietStart(name: MutantName): Script {
  const world = worldWith(name);
  const servers = world.ensemble.servers.map(({ sid }) => sid);
  return {
    world,
    steps: [
      { then: [client(0, servers)] },
      { when: { cue: 'serving', servers }, then: [ask(0, 1, create('/before'))] },
      { when: { cue: 'result', tag: 1 }, then: [] },
    ],
    afterwards: 10_000,
  };
}
