/** What an exercise that is made of somebody's own run could ask for. */
import { EventType } from '../../core/jute/proto.ts';
import { getNode, type DataTree } from '../../core/data-tree/data-tree.ts';
import type { RunRecord } from '../../sim/actions.ts';
import type { LocalRun, Seen } from '../../sim/local.ts';
import { describeMessage } from '../../sim/packet-view.ts';
import { attempt, begin, goOn } from '../engine/attempt.ts';
import { clientOf, isSo, servingLeader } from '../engine/facts.ts';
import { isFact, WATCH_TYPES } from '../engine/goal.ts';
import type { Fact, GoalTest, Happening, What } from '../engine/goal.ts';
import { PLAIN, type LessonGoal, type LessonPlan } from '../engine/lesson.ts';
import { liveTo } from '../engine/live.ts';
import { TASK } from './exercise.ts';
import { goalWords, predicateWords } from './goal-words.ts';
import { candidates, type Cast, type Predicate } from './predicates.ts';

const NAMED_MAX = 40;
const TEXT_MAX = 200;

export interface Suggestions {
  /** In the order in which they came about; whole-run goals last. Only goals that the run meets. */
  readonly goals: readonly LessonGoal[];
  /** For the answers of questions. */
  readonly predicates: readonly Predicate[];
  /** Paths of the znodes that are there when the person's part begins. */
  readonly atFirst: readonly string[];
}

/**
 * Lives the run twice: once to see what came about, once to have it judged.
 *
 * @param start where the person's part would begin; the solution goes on from there.
 */
export function suggest(start: RunRecord, solution: RunRecord): Suggestions {
  const bare: LessonPlan = {
    ...PLAIN,
    world: start.world,
    start: { kind: 'record', record: start },
    goals: [],
    solutions: [],
    nearMisses: [],
    par: 0,
  };
  const begun = begin(bare);
  const { run } = begun;
  const before = new Map([...(treeOf(run)?.nodes ?? [])].map(([path, { mzxid }]) => [path, mzxid]));
  const happenings: Happening[] = [];
  const end = { events: 0, actions: solution.actions.length, at: solution.until };
  liveTo(
    run,
    solution.actions,
    end,
    (seen) => {
      happenings.push(...happeningsOf(run, seen));
    },
    (action) => {
      if ('sid' in action) {
        happenings.push({ happening: 'does', action: action.kind, server: action.sid });
      }
    },
  );
  const deeds = solution.actions.length - start.actions.length;
  const tests: GoalTest[] = [
    ...happenings.map((what): GoalTest => ({ test: 'happens', what })),
    ...znodeTests(before, treeOf(run)),
    ...standing(run).map((what): GoalTest => ({ test: 'stands', what })),
    { test: 'safe' },
    { test: 'budget', atMost: deeds },
  ];
  const goals = distinct(tests).map((test, index) => goalOf(test, index));
  const whats = candidates(
    goals.map(({ test }) => test),
    castOf(run, [...before.keys(), ...(treeOf(run)?.nodes.keys() ?? [])]),
  );
  const probes = whats.map(probeOf);
  const plan = { ...bare, goals: [...goals, ...probes] };
  const grade = goOn(attempt(begin(plan)), solution.actions, end);
  const met = new Set(grade.goals.filter(({ state }) => state === 'met').map(({ id }) => id));
  return {
    goals: goals.filter(({ id }) => met.has(id)),
    predicates: whats.map((what, index) => ({
      what,
      words: predicateWords(what),
      came: met.has(probes[index]?.id ?? ''),
    })),
    atFirst: [...before.keys()].filter((path) => !isReserved(path)),
  };
}

function castOf({ world }: LocalRun, paths: readonly string[]): Cast {
  const voters = world.config.ensemble.servers.filter(({ type }) => type === 'participant');
  const clients = world.processes.filter(({ kind }) => kind === 'client');
  return {
    voters: voters.map(({ sid }) => sid),
    paths: [...new Set(paths)].filter((path) => !isReserved(path)),
    clients: clients.map(({ name }) => name),
  };
}

/** Whether it came about at all, as a goal says it. */
function probeOf(what: What, index: number): LessonGoal {
  const test: GoalTest = isFact(what) ? { test: 'reached', what } : { test: 'happens', what };
  return { id: `predicate-${String(index + 1)}`, step: TASK, test, words: predicateWords(what) };
}

function goalOf(test: GoalTest, index: number): LessonGoal {
  return { id: `goal-${String(index + 1)}`, step: TASK, test, words: goalWords(test) };
}

function distinct(tests: readonly GoalTest[]): readonly GoalTest[] {
  const seen = new Map(tests.map((test) => [JSON.stringify(test), test]));
  return [...seen.values()].slice(0, NAMED_MAX);
}

function treeOf(run: LocalRun): DataTree | null {
  return servingLeader(run)?.db.tree ?? null;
}

/** What is worth asking for of a turn. */
function happeningsOf(run: LocalRun, { process, turn, delivery }: Seen): Happening[] {
  const found: Happening[] = [];
  const sid = process.kind === 'server' ? (process.id as number) : null;
  const event = delivery?.event;
  if (sid !== null && event?.kind === 'packet') {
    const { type } = describeMessage(event.message);
    const how = (['DIFF', 'TRUNC', 'SNAP'] as const).find((one) => one === type);
    if (how !== undefined) found.push({ happening: 'syncs', server: sid, how });
  }
  for (const effect of turn.effects) {
    if (effect.kind === 'exit' && sid !== null) found.push({ happening: 'exits', server: sid });
    if (effect.kind === 'watch') {
      const { path } = effect.event;
      const type = WATCH_TYPES.find((one) => EventType[one] === effect.event.type);
      if (type !== undefined) found.push({ happening: 'watch', client: process.name, path, type });
    }
    if (effect.kind !== 'note') continue;
    const { note } = effect;
    if (note.note === 'established' && sid !== null) {
      found.push({ happening: 'elected', server: sid });
    }
    if (note.note === 'sessionExpired') {
      const owner = run.world.processes.find(
        ({ kind, name }) => kind === 'client' && clientOf(run, name)?.sessionId === note.sessionId,
      );
      const named = owner === undefined ? {} : { client: owner.name };
      found.push({ happening: 'expires', ...named });
    }
  }
  return found;
}

function znodeTests(
  before: ReadonlyMap<string, bigint>,
  tree: DataTree | null,
): readonly GoalTest[] {
  if (tree === null) return [];
  const paths = [...tree.nodes.keys()].filter((path) => !isReserved(path));
  const there = paths.flatMap((path): GoalTest[] => {
    const node = getNode(tree, path);
    if (node === undefined || before.get(path) === node.mzxid) return [];
    const text = new TextDecoder().decode(node.data ?? new Uint8Array(0));
    const what: Fact =
      text.length > TEXT_MAX ? { fact: 'znode', path } : { fact: 'znode', path, text };
    return [{ test: 'stands', what }];
  });
  const gone = [...before.keys()]
    .filter((path) => !isReserved(path) && getNode(tree, path) === undefined)
    .map((path): GoalTest => ({
      test: 'stands',
      what: { fact: 'not', of: { fact: 'znode', path } },
    }));
  return [...there, ...gone];
}

const isReserved = (path: string): boolean =>
  path === '/' || path === '' || path.startsWith('/zookeeper');

/** What is so at the end. */
function standing(run: LocalRun): readonly Fact[] {
  const leader = servingLeader(run)?.settings.sid ?? null;
  const facts: readonly Fact[] = [
    { fact: 'serves' },
    ...(leader === null ? [] : [{ fact: 'serves', by: leader as number } as const]),
    { fact: 'allServe' },
    { fact: 'agree' },
    { fact: 'noFaults' },
  ];
  return facts.filter((fact) => isSo(run, { firstLeader: null }, fact));
}
