import { expect, test } from 'vitest';
import type { Grade } from '../../../../src/lessons/engine/grader.ts';
import { Hurry } from '../../../../src/ui/lesson/hurry.svelte.ts';
import type { LessonDesk } from '../../../../src/ui/lesson/desk.svelte.ts';

const graded = (state: 'open' | 'met'): Pick<Grade, 'goals' | 'questions'> => ({
  goals: [{ id: 'goal', state, at: null, count: 0 }],
  questions: [],
});

/** What of the desk it looks at: a run at a tenth of its speed, which stands still. */
function stage() {
  const notices: string[] = [];
  const playground = {
    live: { speed: 0.1, running: false, now: 0 },
    running: false,
    setSpeed: (speed: number): Promise<void> => {
      playground.live = { ...playground.live, speed };
      return Promise.resolve();
    },
    play: (): Promise<void> => {
      playground.running = true;
      return Promise.resolve();
    },
    pause: (): Promise<void> => {
      playground.running = false;
      return Promise.resolve();
    },
    notify: (_: string, text: string) => notices.push(text),
  };
  const desk = {
    playground,
    around: { timeline: { runs: 1 }, locale: { name: 'en' } },
    lesson: {},
    stage: 'open',
    playing: null,
    grade: graded('open'),
  };
  return { playground, notices, desk, hurry: new Hurry(desk as unknown as LessonDesk) };
}

/** It is seen to run fast. */
async function fast({ hurry, playground }: ReturnType<typeof stage>): Promise<void> {
  const over = hurry.start();
  await expect.poll(() => playground.running).toBe(true);
  expect([hurry.on, playground.live.speed]).toEqual([true, 2]);
  return over;
}

test('a goal that is met ends it: speed and standstill are as before', async () => {
  const set = stage();
  const over = fast(set);
  setTimeout(() => (set.desk.grade = graded('met')), 60);
  await over;
  expect([set.hurry.on, set.playground.running, set.playground.live.speed]).toEqual([
    false,
    false,
    0.1,
  ]);
  expect(set.notices).toEqual([]);
});

test('after a minute in vain it ends, and says so', async () => {
  const set = stage();
  const over = fast(set);
  setTimeout(() => (set.playground.live = { ...set.playground.live, now: 60_000_001 }), 60);
  await over;
  expect(set.playground.live.speed).toBe(0.1);
  expect(set.notices).toHaveLength(1);
});

test('a speed that somebody chose meanwhile is kept', async () => {
  const set = stage();
  const over = fast(set);
  setTimeout(() => {
    set.playground.live = { ...set.playground.live, speed: 10 };
    set.hurry.stop();
  }, 60);
  await over;
  expect(set.playground.live.speed).toBe(10);
});

test('another run has a speed of its own', async () => {
  const set = stage();
  const over = fast(set);
  setTimeout(() => (set.desk.around.timeline.runs += 1), 60);
  await over;
  expect([set.hurry.on, set.playground.running, set.playground.live.speed]).toEqual([
    false,
    true,
    2,
  ]);
});
