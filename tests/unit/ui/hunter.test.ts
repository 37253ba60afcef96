/** The hunt as the page shares it: what a stop keeps, what is kept, what a link opens. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Micros } from '../../../src/core/units.ts';
import type { RunRecord } from '../../../src/sim/actions.ts';
import { judge } from '../../../src/sim/explore/judge.ts';
import type { MinimiseProgress } from '../../../src/sim/explore/minimise-io.ts';
import type { PropertyView } from '../../../src/sim/frame.ts';
import { Hunter } from '../../../src/ui/bugs/hunter.svelte.ts';
import { fragmentOf, runOfFragment } from '../../../src/ui/bugs/link.ts';
import type { Finding, Outcome, Search } from '../../../src/ui/bugs/search.svelte.ts';
import { Playground } from '../../../src/ui/state/playground.svelte.ts';
import type { Lab } from '../../../src/worker/lab-api.ts';
import { createLabHost } from '../../../src/worker/lab-host.ts';
import { cannedFrame } from '../../component/canned-frames.ts';
import { createFakePlayground } from '../../component/fake-playground.ts';
import { neverServing } from '../../support/never-serving.ts';

class LabStopped extends Error {
  override readonly name = 'LabStopped';
}

/** A lab whose minimiser waits for ever, and tells what a test makes it tell. */
function stageLab() {
  const host = createLabHost(() => 0);
  let die: (reason: Error) => void = () => undefined;
  const told: ((progress: MinimiseProgress) => void)[] = [];
  const lab = {
    size: 1,
    settle: host.settle,
    minimise: (_record: RunRecord, _aim: unknown, tell: (progress: MinimiseProgress) => void) =>
      new Promise((_resolve, reject) => {
        told.push(tell);
        die = reject;
      }),
    stop: () => die(new LabStopped('stopped')),
  } as unknown as Lab;
  return { lab, told };
}

const record = neverServing();
const shorter: RunRecord = { ...record, actions: record.actions.slice(0, 2) };
const found = { name: 'C.3', why: 'Server 1 says what server 2 denies.' };
const broken: PropertyView = {
  ...found,
  title: '',
  holds: false,
  violatedAt: 1 as Micros,
  lastTrueAt: 0 as Micros,
  event: 3,
};

async function hunting() {
  const fake = createFakePlayground({ frame: cannedFrame() });
  const { lab, told } = stageLab();
  const hunter = new Hunter(new Playground(fake), () => Promise.resolve(lab));
  await hunter.playground.open(cannedFrame().world, { resume: false, durable: false });
  return { hunter, told, fake };
}

let stage: Awaited<ReturnType<typeof hunting>>;
beforeEach(async () => {
  stage = await hunting();
});

describe('the minimiser', () => {
  const before = 60;
  const progress = { tries: 9, before, now: 2, best: shorter, found };

  it('stopped, keeps the shortest record that it has told of', async () => {
    const { hunter, told } = stage;
    const ended = hunter.minimise(broken);
    await vi.waitFor(() => expect(told).toHaveLength(1));
    told[0]?.(progress);
    expect(hunter.shortening).toMatchObject({ before, now: 2 });
    hunter.stopLab();
    await ended;
    const kept = { record: shorter, found, settles: false, before, after: 2, early: true };
    expect(hunter.shortened).toEqual(kept);
    expect(hunter.shortening).toBeNull();
  });

  it('stopped before it found anything shorter, keeps nothing', async () => {
    const { hunter, told } = stage;
    const ended = hunter.minimise(broken);
    await vi.waitFor(() => expect(told).toHaveLength(1));
    told[0]?.({ ...progress, now: before, best: record });
    hunter.stopLab();
    await ended;
    expect(hunter.shortened).toBeNull();
  });

  it('ended by another run, leaves nothing of the one before', async () => {
    const { hunter, told } = stage;
    const ended = hunter.minimise(broken);
    await vi.waitFor(() => expect(told).toHaveLength(1));
    told[0]?.(progress);
    await hunter.openRecord(record, 'replay');
    await ended;
    expect(hunter.shortened).toBeNull();
  });
});

describe('a link to a run that breaks a property of liveness', () => {
  const name = judge(record, true)?.name ?? '';

  it('opens with the end of the faults, and says the same violation there', async () => {
    const { hunter, fake } = stage;
    expect(name).toMatch(/^D\./);
    const link = fragmentOf({ record, breaks: { name, settles: true } });
    await hunter.openShared(runOfFragment(link));
    const { opened, playground } = hunter;
    expect(opened).toMatchObject({ source: 'link', settles: true, found: { name } });
    expect(opened?.unsettled).toEqual(record);
    const until = opened?.record?.until ?? (0 as Micros);
    expect(until).toBeGreaterThan(record.until);

    fake.show({ ...cannedFrame(), properties: [], now: (until - 1) as Micros });
    hunter.watch(playground.frame);
    expect(playground.late).toBeNull();
    fake.show({ ...cannedFrame(), properties: [], now: until });
    hunter.watch(playground.frame);
    expect(playground.late).toMatchObject(judge(record, true) ?? {});
    hunter.watch(playground.frame);
    expect(hunter.violation?.name).toBe(name);
  });

  it('opens as it is where nothing is said of the end', async () => {
    const { hunter } = stage;
    await hunter.openShared(runOfFragment(fragmentOf({ record, breaks: null })));
    expect(hunter.opened).toMatchObject({ settles: false, found: null, record });
  });
});

describe('a search', () => {
  const finding: Finding = { record, found, settles: false, seed: 7 };
  const say = ({ seed }: Finding): string => `seed ${String(seed)}`;
  const bug = 'ack-before-fsync';

  it('is there until another one begins', async () => {
    const { hunter } = stage;
    hunter.looking = true;
    await hunter.search('swarm', bug, () => Promise.resolve({ kind: 'found', finding }), say);
    const first = hunter.searchOf('swarm', bug);
    expect(first?.outcome).toEqual({ kind: 'found', finding });
    expect(hunter.searchOf('explorer', bug)).toBeNull();
    expect(hunter.searchOf('swarm', 'check-wrong-set')).toBeNull();
    await hunter.search(
      'here',
      null,
      () => Promise.resolve({ kind: 'nothing', complete: true }),
      say,
    );
    expect(hunter.searchOf('swarm', bug)).toBeNull();
    expect(hunter.searchOf('here', null)?.outcome).toMatchObject({ kind: 'nothing' });
    expect(hunter.playground.notices).toHaveLength(0);
  });

  it('that finds something behind a closed dialog says so', async () => {
    const { hunter } = stage;
    await hunter.search('swarm', bug, () => Promise.resolve({ kind: 'found', finding }), say);
    expect(hunter.playground.notices.map(({ text }) => text)).toEqual(['seed 7']);
  });

  it('that another one ends asks the lab for nothing more', async () => {
    const { hunter } = stage;
    let asked = false;
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const work = async (search: Search): Promise<Outcome> => {
      await gate;
      search.goOn();
      asked = true;
      return { kind: 'nothing', complete: true };
    };
    const ended = hunter.search('swarm', bug, work, say);
    const first = hunter.searchOf('swarm', bug);
    await hunter.search(
      'here',
      null,
      () => Promise.resolve({ kind: 'nothing', complete: true }),
      say,
    );
    open();
    await ended;
    expect(first?.outcome).toEqual({ kind: 'stopped' });
    expect(asked).toBe(false);
  });
});
