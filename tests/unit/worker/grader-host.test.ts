/** The grader in its worker follows a run of the page, also back in time and onto other branches. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Micros, Sid } from '../../../src/core/units.ts';
import lesson from '../../../src/lessons/curriculum/06-election/03-leader-dies/scenario.ts';
import { momentOf } from '../../../src/lessons/engine/attempt.ts';
import { NOTHING_SAID, type Grade, type Sayings } from '../../../src/lessons/engine/grader.ts';
import type { TimedAction } from '../../../src/sim/actions.ts';
import type { Moment } from '../../../src/sim/chronicle/model.ts';
import { act, restore, runUntil, traceHash, type LocalRun } from '../../../src/sim/local.ts';
import type { GraderApi, LessonBegun, WalkedWay } from '../../../src/worker/grader-api.ts';
import { createGraderHost } from '../../../src/worker/grader-host.ts';

const plan = lesson.plan(1);

interface Stage {
  readonly host: GraderApi;
  readonly begun: LessonBegun;
  readonly way: WalkedWay;
}

let stage: Stage;

beforeAll(async () => {
  const host = createGraderHost();
  const begun = await host.begin(plan);
  stage = { host, begun, way: await host.walk(plan, 0) };
});

/** As the page opens the moment: a run of its own, in windows and not event by event. */
const opened = ({ moment }: LessonBegun): LocalRun => ({ ...restore(moment), limit: Infinity });

/** Plays the person's part of these actions, and goes on to that time. */
function play(run: LocalRun, actions: readonly TimedAction[], until: Micros): Moment {
  for (const { at, action } of actions.slice(run.world.actions.length)) {
    runUntil(run, at);
    expect(act(run, action)).toEqual({ ok: true });
  }
  runUntil(run, until);
  return momentOf(run);
}

const stateOf = (grade: Grade, id: string): string | undefined =>
  grade.goals.find((goal) => goal.id === id)?.state;

describe('the grader of lessons', () => {
  test('the run of the page is the run of the grader: both have one trace', async () => {
    const { begun, way } = stage;
    const { actions, until } = way.record;
    const page = opened(begun);
    play(page, actions, until);
    const judge = restore(begun.moment);
    play(judge, actions, until);
    expect(traceHash(page)).toBe(traceHash(judge));
    const grade = await stage.host.follow(actions, momentOf(page), way.sayings);
    expect(grade.solved).toBe(true);
    expect(grade.at).toBe(page.world.now);
  });

  test('followed in many small steps it comes to the same grade as at once', async () => {
    const { host, begun, way } = stage;
    const { actions, until } = way.record;
    const page = opened(begun);
    const begin = page.world.now;
    for (let share = 0.1; share < 1; share += 0.1) {
      const at = (begin + (until - begin) * share) as Micros;
      const due = actions.filter((timed) => timed.at < at);
      const to = play(page, due, at);
      await host.follow(due, to, way.sayings);
    }
    const end = play(page, actions, until);
    expect(await host.follow(actions, end, way.sayings)).toEqual(way.grade);
  });

  test('undo: behind what was lived it begins again, and goes on along another branch', async () => {
    const { host, begun, way } = stage;
    const { actions, until } = way.record;
    const page = opened(begun);
    const start = momentOf(page);
    const done = await host.follow(actions, play(page, actions, until), way.sayings);
    expect(stateOf(done, 'crashed')).toBe('met');
    const undone = await host.follow(begun.record.actions, start, way.sayings);
    expect(stateOf(undone, 'crashed')).toBe('open');
    expect(undone.actions).toBe(0);
    const at = (begun.record.until + 1_000_000) as Micros;
    const crash = { kind: 'crash', sid: 1 as Sid, tail: 'lost', silent: false } as const;
    const other: TimedAction = { at, action: crash };
    const branch = [...begun.record.actions, other];
    const to = play(opened(begun), branch, (at + 500_000) as Micros);
    const grade = await host.follow(branch, to, NOTHING_SAID);
    expect(stateOf(grade, 'crashed')).toBe('open');
    expect(grade.actions).toBe(1);
  });

  test('an answer counts only where it was given before', async () => {
    const { host, begun, way } = stage;
    const { actions, until } = way.record;
    const end = play(opened(begun), actions, until);
    const late: Sayings = {
      ...way.sayings,
      answers: way.sayings.answers.map((one) => ({ ...one, events: end.events })),
    };
    const grade = await host.follow(actions, end, late);
    expect(stateOf(grade, 'predicted')).toBe('failed');
    expect(grade.solved).toBe(false);
  });

  test('what cannot be is refused in a sentence', async () => {
    const host = createGraderHost();
    const nowhere = momentOf(stage.begun.moment);
    await expect(host.follow([], nowhere, NOTHING_SAID)).rejects.toThrow(/no lesson/);
    await expect(host.walk(plan, 99)).rejects.toThrow(/no such solution/);
    const start = { kind: 'script', text: 'make tea' } as const;
    await expect(host.begin({ ...plan, start })).rejects.toThrow(/does not read/);
  });
});
