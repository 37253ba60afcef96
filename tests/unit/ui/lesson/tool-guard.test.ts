/** What a lesson is not meant to be done with is not done, until a person wants it all the same. */
import { beforeEach, expect, it, vi } from 'vitest';
import type { LessonText } from '../../../../src/lessons/engine/lesson-text.ts';
import type { LessonTool } from '../../../../src/lessons/engine/tools.ts';
import type { ProcessId, Sid } from '../../../../src/core/units.ts';
import type { Action } from '../../../../src/sim/actions.ts';
import type { FaultContext } from '../../../../src/ui/ensemble/fault-actions.ts';
import { toggleMonkey } from '../../../../src/ui/ensemble/fault-actions.ts';
import type { Hunter } from '../../../../src/ui/bugs/hunter.svelte.ts';
import { ScriptDesk } from '../../../../src/ui/script/desk.svelte.ts';
import type { Timeline } from '../../../../src/ui/state/timeline.svelte.ts';
import { ToolGuard, type Guarded } from '../../../../src/ui/lesson/tool-guard.ts';
import { Playground } from '../../../../src/ui/state/playground.svelte.ts';
import { en } from '../../../../src/i18n/en.ts';
import { cannedFrame } from '../../../component/canned-frames.ts';
import { createFakePlayground } from '../../../component/fake-playground.ts';

const crash: Action = { kind: 'crash', sid: 1 as Sid, tail: 'chance', silent: false };
const heal: Action = { kind: 'healAll' };

const textWith = (...tools: readonly LessonTool[]): LessonText => ({
  title: 'T',
  minutes: 1,
  needs: [],
  tools,
  summary: 'S',
  sources: [],
  steps: [],
  debrief: null,
  notes: null,
});

type Open = { -readonly [Key in keyof Guarded]: Guarded[Key] };

async function openLesson() {
  const fake = createFakePlayground({ frame: cannedFrame(), past: true });
  const playground = new Playground(fake);
  await playground.open(cannedFrame().world, { resume: false, durable: false });
  const desk: Open = {
    stage: 'open',
    text: textWith('console', 'pause'),
    playing: null,
    solved: false,
    playground,
    around: { locale: { name: 'en' } },
  };
  const guard = new ToolGuard(desk);
  playground.guard = guard;
  return { fake, playground, desk, guard };
}

let stage: Awaited<ReturnType<typeof openLesson>>;
beforeEach(async () => {
  stage = await openLesson();
});

const TOLD = 'Not a tool of this lesson: crash. It is meant for: console, pause.';

it('refuses what the lesson has no tool for, and says which it is meant for', async () => {
  const { playground, fake } = stage;
  expect(await playground.act(crash)).toEqual({ ok: false, reason: TOLD });
  expect(fake.actions).toEqual([]);
  expect(playground.notices).toMatchObject([
    { kind: 'error', text: TOLD, remedy: { label: 'Use it all the same' } },
  ]);
});

it('lets pass what it has a tool for', async () => {
  const { playground, fake } = stage;
  const pause: Action = { kind: 'pause', process: 1001 as ProcessId };
  expect(await playground.act(pause)).toEqual({ ok: true });
  expect(fake.actions).toEqual([pause]);
  expect(playground.notices).toEqual([]);
});

it('does it when a person wants it all the same, and refuses nothing more in this attempt', async () => {
  const { playground, fake } = stage;
  await playground.act(crash);
  playground.notices[0]?.remedy?.run();
  await vi.waitFor(() => expect(fake.actions).toEqual([crash]));
  expect(await playground.act(heal)).toEqual({ ok: true });
  expect(fake.actions).toEqual([crash, heal]);
});

it('limits the next attempt again, and takes the offer of the one before away', async () => {
  const { playground, fake, guard } = stage;
  await playground.act(crash);
  playground.notices[0]?.remedy?.run();
  await vi.waitFor(() => expect(fake.actions).toHaveLength(1));
  playground.notify('info', 'another');
  guard.reset();
  expect(playground.notices.map(({ text }) => text)).toEqual(['another']);
  expect(await playground.act(heal)).toMatchObject({ ok: false });
  expect(fake.actions).toEqual([crash]);
});

it.each<[string, Partial<Open>]>([
  ['no lesson is open', { stage: 'list' }],
  ['the solution is played', { playing: 'solution' }],
  ['what was done before is done again', { playing: 'before' }],
  ['it is solved', { solved: true }],
  ['its tools are everything', { text: textWith('everything') }],
  ['it names none', { text: textWith() }],
])('refuses nothing while %s', async (_, is) => {
  const { playground, fake, desk } = stage;
  Object.assign(desk, is);
  expect(await playground.act(crash)).toEqual({ ok: true });
  expect(fake.actions).toEqual([crash]);
});

it('begins no script that has a line for which there is no tool', async () => {
  const { playground, fake } = stage;
  const line: Action = { kind: 'line', process: 1001 as ProcessId, line: 'create /a x' };
  const actions = [line, crash].map((action, index) => ({ at: index, line: index + 1, action }));
  const text = vi.fn(() => Promise.resolve({ failure: null, moments: [], actions }));
  const lab = () => Promise.resolve({ text });
  const hunter = { playground, stopLab: () => undefined, lab } as unknown as Hunter;
  const desk = new ScriptDesk(hunter, { view: null } as unknown as Timeline);
  expect(await desk.runHere('A: create /a x\ncrash 1')).toBeNull();
  expect(fake.actions).toEqual([]);
  expect(desk.playing).toBe(false);
  expect(playground.notices.map((one) => one.text)).toEqual([TOLD]);
  playground.notices[0]?.remedy?.run();
  await vi.waitFor(() => expect(fake.actions).toEqual([line, crash]));
});

it('the monkey does not come uninvited', async () => {
  const { playground, fake } = stage;
  const context: FaultContext = { playground, t: en };
  await toggleMonkey(context);
  expect(fake.calls.filter((call) => call.startsWith('setMonkey'))).toEqual([]);
  playground.notices[0]?.remedy?.run();
  await vi.waitFor(() =>
    expect(fake.calls.filter((call) => call.startsWith('setMonkey'))).toHaveLength(1),
  );
});

it('speaks the language of the page', async () => {
  const { playground, desk } = stage;
  desk.around = { locale: { name: 'zh-CN' } };
  await playground.act(crash);
  expect(playground.notices[0]?.text).toBe('这一课不用“崩溃”。适用工具：控制台、冻结。');
});
