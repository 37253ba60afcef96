/** Time as the page holds it, over a real run and a real chronicle. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Micros, ProcessId, Sid } from '../../../src/core/units.ts';
import { momentOf } from '../../../src/sim/chronicle/model.ts';
import type { Frame } from '../../../src/sim/frame.ts';
import { threeServersWorld } from '../../support/three-servers.ts';
import { openStage, type TimeStage } from '../../support/time-stage.ts';

const A = 1001 as ProcessId;
const stages: TimeStage[] = [];

afterEach(() => {
  for (const { client, timeline } of stages.splice(0)) {
    timeline.dispose();
    client.dispose();
  }
});

/** Serving, with the page's own session, and standing still. */
async function serving(options: Parameters<typeof openStage>[1] = {}): Promise<TimeStage> {
  const stage = await openStage(threeServersWorld, options);
  stages.push(stage);
  const { playground, timeline } = stage;
  await expect.poll(() => playground.frame?.clients[0]?.state).toBe('CONNECTED');
  await playground.pause();
  await expect.poll(() => timeline.begun && !playground.running).toBe(true);
  return stage;
}

function leaderOf({ members }: Frame): Sid {
  const leader = members.find(({ server }) => server?.state === 'LEADING');
  if (leader === undefined) throw new Error('nobody leads');
  return leader.sid;
}

async function crash({ playground }: TimeStage, sid: Sid): Promise<void> {
  expect(await playground.act({ kind: 'crash', sid, tail: 'chance', silent: false })).toEqual({
    ok: true,
  });
}

async function settled({ playground }: TimeStage, until: (frame: Frame) => boolean): Promise<void> {
  await expect.poll(() => playground.frame !== null && until(playground.frame)).toBe(true);
}

const run = async (stage: TimeStage, micros: number): Promise<void> => {
  const until = (stage.frame().now + micros) as Micros;
  await stage.playground.runTo(until);
  await settled(stage, ({ now }) => now >= until);
};

describe('undo', () => {
  it('the crash of the leader: it leads again, and redo crashes it again', async () => {
    const stage = await serving();
    const { playground, timeline } = stage;
    const before = stage.frame();
    const sid = leaderOf(before);
    expect(timeline.canUndo).toBe(false);
    await crash(stage, sid);
    await run(stage, 5_000_000);
    expect(leaderOf(stage.frame())).not.toBe(sid);
    await expect.poll(() => timeline.undoable?.action.kind).toBe('crash');
    const later = stage.frame();

    await timeline.undo();
    expect(leaderOf(stage.frame())).toBe(sid);
    expect(momentOf(stage.frame())).toEqual(momentOf(before));
    expect(stage.frame().traceHash).toBe(before.traceHash);
    expect(playground.notices.at(-1)?.text).toBe(`Undone: server ${String(sid)} is killed`);
    expect(timeline.branches).toHaveLength(2);
    expect(timeline.canUndo).toBe(false);
    expect(timeline.redoable?.action.kind).toBe('crash');

    await timeline.redo();
    expect(stage.frame().traceHash).toBe(later.traceHash);
    expect(momentOf(stage.frame())).toEqual(momentOf(later));
    // The branch that undo began is gone: nothing was done on it.
    expect(timeline.branches).toHaveLength(1);
    expect(timeline.canRedo).toBe(false);
    expect(timeline.canUndo).toBe(true);
  });

  it('goes back action by action, also what was typed, and forward again', async () => {
    const stage = await serving();
    const { playground, timeline } = stage;
    const texts = ['create /a x', 'create /b x', 'create /c x'];
    const hashes: string[] = [];
    for (const line of texts) {
      hashes.push(stage.frame().traceHash);
      await playground.act({ kind: 'line', process: A, line });
      await run(stage, 300_000);
    }
    for (const hash of hashes.toReversed()) {
      await timeline.undo();
      expect(stage.frame().traceHash).toBe(hash);
    }
    expect(timeline.canUndo).toBe(false);
    for (const text of texts) {
      await timeline.redo();
      await settled(
        stage,
        (frame) => frame.transcripts.get(A)?.some((l) => l.text.includes(text)) === true,
      );
    }
    expect(timeline.branches).toHaveLength(1);
    await timeline.undo();
    await playground.act({ kind: 'line', process: A, line: 'create /other x' });
    await expect.poll(() => timeline.canRedo).toBe(false);
    expect(timeline.canUndo).toBe(true);
    expect(timeline.branches).toHaveLength(2);
  });
});

describe('the past', () => {
  it('is drawn while the present stands still, and left again', async () => {
    const stage = await serving();
    const { playground, timeline } = stage;
    const past = stage.frame();
    await crash(stage, leaderOf(past));
    await run(stage, 3_000_000);
    const present = stage.frame();
    await timeline.goTo(momentOf(past));
    expect(timeline.inPast).toBe(true);
    expect(playground.running).toBe(false);
    const { members, clients, packets, links, trace, traceHash } = past;
    expect(stage.frame()).toMatchObject({ members, clients, packets, links, trace, traceHash });
    expect(playground.live?.traceHash).toBe(present.traceHash);
    expect(await playground.admin(leaderOf(past), 'srvr')).toContain('Mode: leader');
    expect((await playground.record()).until).toBe(past.now);
    expect((await playground.complete(A, 'ls /zoo')).options).toContain('/zookeeper');
    expect((await playground.dataDirs()).map(({ sid }) => sid)).toEqual([1, 2, 3]);
    await timeline.toPresent();
    expect(stage.frame().traceHash).toBe(present.traceHash);
    expect(timeline.inPast).toBe(false);
  });

  it('is walked through event by event, to the present', async () => {
    const stage = await serving();
    const { playground, timeline } = stage;
    const { events, traceHash } = stage.frame();
    await timeline.stepBack('event');
    expect(stage.frame().events).toBe(events - 1);
    await timeline.stepBack('packet');
    const back = stage.frame().events;
    expect(back).toBeLessThan(events - 1);
    await playground.step('event');
    expect(stage.frame().events).toBe(back + 1);
    await timeline.stepBack('phase');
    expect(stage.frame().events).toBeLessThan(back);
    await timeline.goToEvent(events - 3);
    expect(stage.frame().events).toBe(events - 2);
    await playground.step('event');
    await playground.step('event');
    await playground.step('event');
    expect(timeline.inPast).toBe(false);
    expect(stage.frame()).toMatchObject({ events, traceHash });
    if (timeline.start === null) throw new Error('no start');
    await timeline.goTo(timeline.start);
    expect(stage.frame().events).toBe(0);
  });

  it('is played again, and then the run goes on', async () => {
    const stage = await serving();
    const { playground, timeline } = stage;
    await playground.setSpeed(20);
    const { now } = stage.frame();
    await timeline.goToTime((now - 500_000) as Micros);
    await playground.play();
    expect(timeline.replaying).toBe(false);
    expect(timeline.inPast).toBe(false);
    await settled(stage, (frame) => frame.running && frame.now > now);
  });

  it('of which only the latest moment asked for is drawn', async () => {
    const stage = await serving();
    const { timeline } = stage;
    const { now } = stage.frame();
    const asked = [0.2, 0.4, 0.6, 0.8].map((share) =>
      timeline.goToTime(Math.floor(now * share) as Micros),
    );
    await Promise.all(asked);
    expect(stage.frame().now).toBe(Math.floor(now * 0.8));
    expect(timeline.view?.at).toBe(Math.floor(now * 0.8));
  });
});

describe('another future', () => {
  it('begins where somebody acts in the past, and both can be gone to', async () => {
    const stage = await serving();
    const { playground, timeline } = stage;
    const past = momentOf(stage.frame());
    const [one, other] = stage.frame().members.map(({ sid }) => sid);
    if (one === undefined || other === undefined) throw new Error('no servers');
    await crash(stage, one);
    await run(stage, 1_000_000);
    const first = timeline.branch?.id;
    const left = stage.frame();
    const mark = timeline.addBookmark('left');

    await timeline.goTo(past);
    await crash(stage, other);
    await settled(stage, ({ members }) => members[1]?.status === 'down');
    expect(stage.frame().members[0]?.status).toBe('running');
    expect(timeline.inPast).toBe(false);
    expect(timeline.branches).toHaveLength(2);
    expect(timeline.branch?.parent).toBe(first);
    await run(stage, 500_000);
    const right = stage.frame();

    if (first === undefined || mark === null) throw new Error('no branch');
    await timeline.switchTo(first);
    expect(stage.frame().traceHash).toBe(left.traceHash);
    const second = timeline.branches.at(-1);
    if (second === undefined) throw new Error('no second branch');
    await timeline.rename(second.id, 'the other');
    await timeline.switchTo(second.id);
    expect(stage.frame().traceHash).toBe(right.traceHash);
    expect(timeline.branch?.name).toBe('the other');

    const { place } = timeline;
    if (place === null) throw new Error('no place');
    const compared = await timeline.compare(mark.place, place);
    expect(compared.firstDifference).toBeGreaterThanOrEqual(past.events);
    await timeline.goToBookmark(mark.id);
    expect(stage.frame().traceHash).toBe(left.traceHash);
    expect(timeline.branch?.id).toBe(first);
    await timeline.remove(second.id);
    expect(timeline.branches).toHaveLength(1);
    expect(playground.notices.filter(({ kind }) => kind === 'error')).toEqual([]);
  });

  it('is what a reload finds', async () => {
    const stage = await serving();
    const { playground, timeline } = stage;
    await playground.act({ kind: 'line', process: A, line: 'create /gone x' });
    await run(stage, 500_000);
    await timeline.undo();
    await playground.act({ kind: 'line', process: A, line: 'create /stays x' });
    await run(stage, 500_000);
    timeline.dispose();
    const again = await serving({ resume: true, ground: stage.ground });
    expect(again.playground.recovered).toBe(true);
    again.playground.focus(1 as Sid);
    await run(again, 1_000_000);
    await settled(again, ({ tree }) => tree?.nodes.some(({ path }) => path === '/stays') === true);
    expect(again.frame().tree?.nodes.some(({ path }) => path === '/gone')).toBe(false);
    // What was recovered has a past, too.
    await crash(again, 1 as Sid);
    await again.timeline.undo();
    expect(again.frame().members[0]?.status).toBe('running');
  });
});

it('panes get the events and the story that they want', async () => {
  const stage = await serving();
  const { timeline } = stage;
  const ends = [timeline.want('events'), timeline.want('story')];
  await expect.poll(() => timeline.events.end).toBe(stage.frame().events);
  expect(timeline.story?.spans.length).toBeGreaterThan(0);
  await crash(stage, 1 as Sid);
  await run(stage, 1_000_000);
  await expect.poll(() => timeline.events.end).toBe(stage.frame().events);
  await expect.poll(() => timeline.story?.actions.at(-1)?.timed.action.kind).toBe('crash');
  for (const end of ends) end();
});
