/**
 * A playground without a world: it shows canned frames, lets their packets fly round and round,
 * and does the simplest thing that each action could do. For component tests and pictures.
 */
import type { Completion } from '../../src/core/client/client-io.ts';
import { bytesOfMessage } from '../../src/core/message-bytes.ts';
import type { Micros, Millis, ProcessId, SessionId, Sid } from '../../src/core/units.ts';
import type { Action, ActionOutcome, RunRecord } from '../../src/sim/actions.ts';
import type { Frame, LinkView, MemberView, TranscriptLine } from '../../src/sim/frame.ts';
import type { ProgramEnd } from '../../src/sim/program/model.ts';
import type { Goal, GoalEnd, OpenOptions, OpenResult, StepKind } from '../../src/worker/api.ts';
import type { PlaygroundClient } from '../../src/worker/connect.ts';
import { makeZxid, ZXID_ZERO } from '../../src/core/zxid.ts';
import { cannedRun } from './fake-chronicle.ts';
import {
  cannedFrame,
  cannedTree,
  client,
  micros,
  partsOfFrame,
  serverView,
} from './canned-frames.ts';

export interface FakePlayground extends PlaygroundClient {
  /** Everything that was asked of it, oldest first: `act crash`, `step event`, `setSpeed 1` … */
  readonly calls: string[];
  readonly actions: Action[];
  /** Shows this frame from now on. */
  show(frame: Frame): void;
  /** What the next `act` answers, once. */
  refuse(reason: string): void;
  frame(): Frame;
}

export interface FakeOptions {
  readonly frame?: Frame;
  readonly result?: OpenResult;
  /** It has a past that a fake chronicle can begin with. */
  readonly past?: boolean;
  /** Move packets by the wall clock while playing. Off in tests. */
  readonly animate?: boolean;
}

/** What every packet here is on the wire. */
const CANNED_MESSAGE = {
  type: 'PROPOSAL',
  zxid: makeZxid(3, 7),
  record: {
    header: {
      clientId: 0x100001da2fa0000n as SessionId,
      cxid: 4,
      zxid: makeZxid(3, 7),
      time: 1_767_225_600_000 as Millis,
    },
    txn: { type: 'setData', path: '/app/config', data: new Uint8Array([0x76, 0x32]), version: 2 },
    digest: 4199759314n,
  },
} as const;

/** How far one step goes, in virtual microseconds. */
const STEP = 20_000;

export function createFakePlayground(options: FakeOptions = {}): FakePlayground {
  let frame = options.frame ?? cannedFrame();
  let send: (frame: Frame) => void = () => undefined;
  let refusal: string | null = null;
  let timer = 0;
  const calls: string[] = [];
  const actions: Action[] = [];

  const show = (next: Frame): void => {
    frame = next;
    send(next);
  };
  const animate = (): void => {
    show(advance(frame, (frame.speed * 1_000_000) / 60));
    if (frame.running) timer = requestAnimationFrame(animate);
  };
  const rest = (): void => {
    if (options.animate === true) cancelAnimationFrame(timer);
  };
  const call = (name: string): Promise<void> => {
    calls.push(name);
    return Promise.resolve();
  };
  const run = (): void => {
    show({ ...frame, running: true });
    rest();
    if (options.animate === true) timer = requestAnimationFrame(animate);
  };
  const setOff = (speed: number): void => {
    frame = { ...frame, speed };
    run();
    calls.push(`set off ${String(speed)}`);
  };
  return {
    calls,
    actions,
    show,
    refuse: (reason) => {
      refusal = reason;
    },
    frame: () => frame,
    open: (asked: OpenOptions, onFrame) => {
      calls.push(`open ${asked.durable ? 'durable' : 'memory'} ${String(asked.world.seed)}`);
      const result = options.result ?? { kind: 'open', recovered: false };
      if (result.kind === 'locked' && asked.durable) return Promise.resolve(result);
      send = onFrame;
      onFrame(frame);
      const { cruise } = asked;
      if (cruise !== undefined) setTimeout(() => setOff(cruise));
      return Promise.resolve({ kind: 'open', recovered: false });
    },
    act: (action: Action): Promise<ActionOutcome> => {
      calls.push(`act ${action.kind}`);
      actions.push(action);
      if (refusal !== null) {
        const reason = refusal;
        refusal = null;
        return Promise.resolve({ ok: false, reason });
      }
      const counted = options.past === true ? { actions: actions.length } : {};
      show({ ...applied(frame, action), ...counted });
      return Promise.resolve({ ok: true });
    },
    play: () => {
      run();
      return call('play');
    },
    pause: () => {
      rest();
      show({ ...frame, running: false });
      return call('pause');
    },
    step: (kind: StepKind) => {
      show(advance({ ...frame, running: false }, STEP));
      return call(`step ${kind}`);
    },
    setSpeed: (speed: number) => {
      show({ ...frame, speed });
      return call(`setSpeed ${String(speed)}`);
    },
    focus: (sid: Sid | null) => {
      const up = frame.members.find((m) => m.sid === sid)?.server;
      const tree = sid === null || up === null || up === undefined ? null : cannedTree(sid);
      show({ ...frame, tree });
      return call(`focus ${String(sid)}`);
    },
    runTo: (until: Micros) => call(`runTo ${String(until)}`),
    runUntil: async (goal: Goal): Promise<GoalEnd> => {
      await call(`runUntil ${goal.kind}`);
      return 'reached';
    },
    runProgram: async (): Promise<ProgramEnd> => {
      await call('runProgram');
      return 'left';
    },
    stopProgram: () => call('stopProgram'),
    admin: (sid: Sid, word: string) => Promise.resolve(`${word} of server ${String(sid)}\n`),
    complete: (_process: ProcessId, line: string) => Promise.resolve(completion(line)),
    packetBytes: () => Promise.resolve(bytesOfMessage(CANNED_MESSAGE)),
    logParts: () => Promise.resolve(partsOfFrame(frame)),
    actionsFrom: (from: number) =>
      Promise.resolve(actions.slice(from).map((action) => ({ at: frame.now, action }))),
    record: (): Promise<RunRecord> =>
      Promise.resolve({ version: 1, world: frame.world, actions: [], until: frame.now }),
    setMonkey: (intensity: number | null) => {
      show({ ...frame, monkey: intensity });
      return call(`setMonkey ${String(intensity)}`);
    },
    checkpoint: () =>
      options.past === true
        ? Promise.resolve(cannedRun(frame))
        : Promise.reject(new Error('there is no world behind these frames')),
    dataDirs: () =>
      Promise.resolve(frame.members.map(({ sid }) => ({ sid, files: [], dynamicConfig: null }))),
    close: (wipe: boolean) => call(`close ${wipe ? 'wipe' : 'keep'}`),
    dispose: () => {
      rest();
      calls.push('dispose');
    },
  };
}

/** Packets that would have arrived start again, so that there is always something in the air. */
function advance(frame: Frame, by: number): Frame {
  const now = micros(Math.round(frame.now + by));
  const packets = frame.packets.map((p) => {
    if (p.arrivesAt > now) return p;
    const flight = p.arrivesAt - p.sentAt;
    return { ...p, index: p.index + 100, sentAt: now, arrivesAt: micros(now + flight) };
  });
  return { ...frame, now, packets, events: frame.events + 1 };
}

function applied(frame: Frame, action: Action): Frame {
  switch (action.kind) {
    case 'crash':
      return changed(frame, action.sid, () => ({
        status: 'down',
        server: null,
        since: frame.now,
        reason: 'crashed',
      }));
    case 'restart':
      return changed(frame, action.sid, (m) => ({
        status: 'running',
        since: frame.now,
        reason: null,
        server: serverView(null, {
          state: 'LOOKING',
          epoch: m.disk.currentEpoch ?? 0,
          last: m.disk.lastZxid ?? ZXID_ZERO,
          committed: m.disk.lastZxid ?? ZXID_ZERO,
        }),
      }));
    case 'pause':
      return changed(frame, action.process, () => ({ status: 'paused', since: frame.now }));
    case 'resume':
      return changed(frame, action.process, () => ({ status: 'running', since: frame.now }));
    case 'disk':
      return changed(frame, action.sid, (m) => ({ disk: { ...m.disk, faults: action.faults } }));
    case 'cut':
      return { ...frame, links: [...frame.links, ...cutsOf(action)] };
    case 'heal':
      return { ...frame, links: frame.links.filter((l) => !isHealed(l, action)) };
    case 'partition': {
      const outside = frame.members.filter((m) => !action.group.includes(asProcess(m.sid)));
      const cuts = action.group.flatMap((from) =>
        outside.flatMap((m) => cutsOf({ from, to: asProcess(m.sid), bothWays: true })),
      );
      return { ...frame, links: [...frame.links, ...cuts] };
    }
    case 'healAll':
      return { ...frame, links: [] };
    case 'addClient': {
      const n = action.process - 1000;
      const added = client(n, action.servers[0] ?? 2, { name: action.name });
      return { ...frame, clients: [...frame.clients, added] };
    }
    case 'line':
      return typed(frame, action.process, action.line);
    default:
      return frame;
  }
}

const asProcess = (sid: Sid): ProcessId => sid as number as ProcessId;

interface Ends {
  readonly from: ProcessId;
  readonly to: ProcessId;
  readonly bothWays: boolean;
}

function cutsOf({ from, to, bothWays }: Ends): LinkView[] {
  const there = { from, to, cut: true, latency: null };
  return bothWays ? [there, { ...there, from: to, to: from }] : [there];
}

function isHealed(link: LinkView, { from, to, bothWays }: Ends): boolean {
  if (link.from === from && link.to === to) return true;
  return bothWays && link.from === to && link.to === from;
}

function changed(
  frame: Frame,
  process: number,
  change: (m: MemberView) => Partial<MemberView>,
): Frame {
  const members = frame.members.map((m) => (m.sid === process ? { ...m, ...change(m) } : m));
  return { ...frame, members };
}

function typed(frame: Frame, process: ProcessId, line: string): Frame {
  const prompt = frame.clients.find((c) => c.process === process)?.prompt ?? '';
  const lines: TranscriptLine[] = [
    { at: frame.now, kind: 'prompt', text: prompt + line },
    { at: frame.now, kind: 'output', text: `did ${line}` },
  ];
  const before = frame.transcripts.get(process) ?? [];
  return {
    ...frame,
    transcripts: new Map([...frame.transcripts, [process, [...before, ...lines]]]),
  };
}

function completion(line: string): Completion {
  const words = ['ls', 'create', 'get', 'set', 'delete', 'deleteall', 'stat', 'sync'];
  const from = line.lastIndexOf(' ') + 1;
  const word = line.slice(from);
  const options = from === 0 ? words : ['/app', '/app/config', '/app/locks', '/zookeeper'];
  return { from, options: options.filter((option) => option.startsWith(word)) };
}
