/**
 * A rich moment of an ensemble, made by hand: every role, votes, packets of each family, sessions,
 * a cut link, a crashed server and logs of three epochs. For pictures and component tests.
 */
import { DEFAULT_CONFIG, ensembleOf } from '../../src/core/config.ts';
import type { ServerState, Vote } from '../../src/core/quorum/vote.ts';
import type { ConnId, Micros, Millis, ProcessId, SessionId, Sid } from '../../src/core/units.ts';
import type { ServerView, TimerView, TreeNodeView, TreeView } from '../../src/core/view.ts';
import { makeZxid, ZXID_ZERO, type Zxid } from '../../src/core/zxid.ts';
import { HEALTHY_DISK, type WorldConfig } from '../../src/sim/actions.ts';
import type {
  ClientView,
  Frame,
  LogCellView,
  MemberView,
  PacketFamily,
  PacketView,
  PropertyView,
  TraceRow,
} from '../../src/sim/frame.ts';
import type { MemberLogPart } from '../../src/sim/log-part.ts';

export const sid = (n: number): Sid => n as Sid;
export const proc = (n: number): ProcessId => n as ProcessId;
export const micros = (n: number): Micros => n as Micros;

export const NOW = micros(3_482_000);

export function worldOf(voters: number, observers: number): WorldConfig {
  return {
    ensemble: { ...DEFAULT_CONFIG, servers: ensembleOf(voters, observers) },
    seed: 42,
    latency: { min: micros(8_000), max: micros(20_000) },
    diskLatency: { min: micros(4_000), max: micros(10_000) },
    tcpTimeout: micros(15_000_000),
  };
}

// --- members --------------------------------------------------------------------------------------

interface MemberOptions {
  readonly state: ServerState;
  readonly epoch: number;
  readonly last: Zxid;
  readonly committed: Zxid;
  readonly votes?: ServerView['votes'];
  readonly timers?: readonly TimerView[];
}

export function serverView(leader: Sid | null, options: MemberOptions): ServerView {
  const { state, epoch, last, committed } = options;
  const looking = state === 'LOOKING';
  return {
    state,
    zabState: looking ? 'election' : 'broadcast',
    syncMode: 'NONE',
    acceptedEpoch: epoch,
    currentEpoch: epoch,
    epoch,
    leader: looking ? null : leader,
    logicalclock: epoch,
    proposedVote: looking ? voteFor(sid(4), last, epoch) : null,
    votes: options.votes ?? [],
    lastProcessed: committed,
    lastLogged: last,
    lastCommitted: committed,
    committedLog: { min: makeZxid(1, 1), max: committed, size: 12 },
    serving: !looking,
    learners: [],
    outstanding: [],
    processors: [],
    sessions: [],
    connections: [],
    watches: 1,
    znodes: 14,
    digest: '3a91c5d2',
    timers: options.timers ?? [],
    treeVersion: 1,
  };
}

export function voteFor(leader: Sid, zxid: Zxid, peerEpoch: number): Vote {
  return { leader, zxid, electionEpoch: peerEpoch + 1, peerEpoch };
}

export function member(
  n: number,
  server: ServerView | null,
  rest?: Partial<MemberView>,
): MemberView {
  return {
    sid: sid(n),
    type: 'participant',
    status: 'running',
    since: micros(0),
    reason: null,
    server,
    disk: {
      faults: HEALTHY_DISK,
      records: rest?.log?.length ?? 14,
      unsynced: (rest?.log ?? []).filter((cell) => !cell.synced).length,
      firstZxid: makeZxid(1, 1),
      lastZxid: server?.lastLogged ?? makeZxid(2, 7),
      snapshots: [{ zxid: makeZxid(1, 4), znodes: 9 }],
      acceptedEpoch: server?.acceptedEpoch ?? 2,
      currentEpoch: server?.currentEpoch ?? 2,
      busyWith: null,
    },
    log: [],
    skew: micros(0),
    ...rest,
  };
}

const WHATS = ['createSession', 'create /app', 'create /app/config', 'setData /app/config'];

/** The cells of epochs 1 … up to a count in each; `done` of the last epoch are committed. */
export function logOf(counts: readonly number[], done: number, synced: number): LogCellView[] {
  return counts.flatMap((count, i) =>
    Array.from({ length: count }, (_, n) => {
      const last = i === counts.length - 1;
      return {
        zxid: makeZxid(i + 1, n + 1),
        what: WHATS[n % WHATS.length] ?? 'create',
        synced: !last || n < synced,
        committed: !last || n < done,
      };
    }),
  );
}

function timer(name: TimerView['name'], since: number, until: number): TimerView {
  return { name, since: micros(since), until: micros(until) };
}

const z = makeZxid;

function members(): MemberView[] {
  const leader = sid(4);
  const following = (last: Zxid, committed: Zxid): ServerView =>
    serverView(leader, {
      state: 'FOLLOWING',
      epoch: 3,
      last,
      committed,
      timers: [timer('syncLimit', 3_000_000, 13_000_000)],
    });
  const lead = serverView(leader, {
    state: 'LEADING',
    epoch: 3,
    last: z(3, 5),
    committed: z(3, 4),
    timers: [timer('tick', 2_600_000, 4_600_000)],
  });
  const looking = serverView(null, {
    state: 'LOOKING',
    epoch: 2,
    last: z(2, 6),
    committed: z(2, 6),
    votes: [
      { sid: sid(1), vote: voteFor(sid(4), z(3, 5), 3), state: 'FOLLOWING' },
      { sid: sid(2), vote: voteFor(sid(4), z(3, 5), 3), state: 'FOLLOWING' },
      { sid: sid(5), vote: voteFor(sid(5), z(2, 6), 2), state: 'LOOKING' },
    ],
    timers: [timer('notification', 3_200_000, 3_800_000)],
  });
  return [
    member(1, following(z(3, 4), z(3, 4)), { log: logOf([4, 6, 4], 4, 4) }),
    member(2, following(z(3, 5), z(3, 4)), { log: logOf([4, 6, 5], 4, 5) }),
    member(3, null, {
      status: 'down',
      since: micros(3_061_000),
      reason: 'crashed',
      log: logOf([4, 7], 6, 7),
    }),
    member(
      4,
      {
        ...lead,
        sessions: [
          {
            sessionId: session(1),
            timeOut: ms(10_000),
            expiresAt: micros(11_000_000),
            ephemerals: 1,
          },
          {
            sessionId: session(2),
            timeOut: ms(10_000),
            expiresAt: micros(7_400_000),
            ephemerals: 0,
          },
          {
            sessionId: session(3),
            timeOut: ms(10_000),
            expiresAt: micros(4_700_000),
            ephemerals: 2,
          },
        ],
        outstanding: [{ zxid: z(3, 5), acks: [sid(2)] }],
        learners: [1, 2, 6].map((n) => ({
          sid: sid(n),
          type: n === 6 ? ('observer' as const) : ('participant' as const),
          zabState: 'broadcast' as const,
          syncMode: 'DIFF' as const,
          sync: { from: z(2, 6), zxid: z(2, 6), upTo: z(2, 6) },
          lastAcked: z(3, 4),
        })),
      },
      { log: logOf([4, 6, 5], 4, 4) },
    ),
    member(5, looking, { log: logOf([4, 6], 6, 6) }),
    member(
      6,
      serverView(leader, { state: 'OBSERVING', epoch: 3, last: z(3, 4), committed: z(3, 4) }),
      { type: 'observer', log: logOf([4, 6, 4], 4, 4) },
    ),
  ];
}

// --- clients --------------------------------------------------------------------------------------

const ms = (n: number): Millis => n as Millis;
export const session = (n: number): SessionId => (0x4000_0000_0000_0000n + BigInt(n)) as SessionId;

export function client(n: number, server: number | null, rest?: Partial<ClientView>): ClientView {
  return {
    process: proc(1000 + n),
    name: String.fromCharCode(64 + n),
    status: 'running',
    console: true,
    state: server === null ? 'CONNECTING' : 'CONNECTED',
    sessionId: session(n),
    server: server === null ? null : sid(server),
    timeOut: ms(10_000),
    lastHeard: micros(3_000_000),
    lastSent: micros(3_100_000),
    pending: 0,
    requests: [],
    lastZxid: z(3, 4),
    watches: n === 1 ? [{ kind: 'data', path: '/app/config' }] : [],
    prompt: `[zk: localhost:2181(${server === null ? 'CONNECTING' : 'CONNECTED'}) ${String(n)}] `,
    busy: false,
    ...rest,
  };
}

// --- packets --------------------------------------------------------------------------------------

interface PacketOptions {
  readonly from: number;
  readonly to: number;
  readonly family: PacketFamily;
  readonly type: string;
  readonly code: string;
  /** Of the way, at NOW. */
  readonly at: number;
  readonly reply?: boolean;
  readonly zxid?: Zxid;
  readonly epoch?: number | null;
  readonly stuck?: boolean;
  readonly held?: boolean;
}

let packetCount = 0;

export function packet(options: PacketOptions): PacketView {
  const flight = 400_000;
  packetCount += 1;
  const sentAt = NOW - options.at * flight;
  const waits = options.stuck === true || options.held === true;
  return {
    conn: (options.from * 1000 + options.to) as ConnId,
    index: packetCount,
    from: proc(options.from),
    to: proc(options.to),
    port:
      options.family === 'election'
        ? 'election'
        : options.family === 'client'
          ? 'client'
          : 'quorum',
    family: options.family,
    type: options.type,
    code: options.code,
    reply: options.reply ?? false,
    zxid: options.zxid ?? null,
    epoch: options.epoch === undefined ? 3 : options.epoch,
    sentAt: micros(sentAt),
    arrivesAt: micros(waits ? Infinity : sentAt + flight),
    held: options.held ?? false,
    summary: `${options.type} from ${String(options.from)} to ${String(options.to)}`,
  };
}

function packets(): PacketView[] {
  packetCount = 0;
  const broadcast = { family: 'broadcast', type: 'PROPOSAL', code: 'PR', zxid: z(3, 5) } as const;
  return [
    packet({ ...broadcast, from: 4, to: 1, at: 0.55 }),
    packet({ ...broadcast, from: 4, to: 2, at: 0.8, type: 'COMMIT', code: 'CO' }),
    packet({ ...broadcast, from: 4, to: 2, at: 0.45, type: 'PING', code: 'PI' }),
    packet({ ...broadcast, from: 2, to: 4, at: 0.3, type: 'ACK', code: 'AC', reply: true }),
    packet({ ...broadcast, from: 4, to: 6, at: 0.5, type: 'INFORM', code: 'IN' }),
    packet({
      from: 5,
      to: 4,
      at: 0.4,
      family: 'election',
      type: 'NOTIFICATION',
      code: 'NO',
      epoch: 2,
    }),
    packet({
      from: 4,
      to: 5,
      at: 0.35,
      family: 'election',
      type: 'NOTIFICATION',
      code: 'NO',
      reply: true,
    }),
    packet({ from: 6, to: 5, at: 0.6, family: 'election', type: 'NOTIFICATION', code: 'NO' }),
    packet({ from: 4, to: 6, at: 0.2, family: 'sync', type: 'DIFF', code: 'DI', zxid: z(3, 4) }),
    packet({
      from: 1,
      to: 5,
      at: 0.5,
      family: 'election',
      type: 'NOTIFICATION',
      code: 'NO',
      stuck: true,
    }),
    packet({
      from: 1,
      to: 4,
      at: 0.5,
      family: 'session',
      type: 'REVALIDATE',
      code: 'RE',
      held: true,
    }),
    packet({
      from: 1001,
      to: 4,
      at: 0.5,
      family: 'client',
      type: 'create',
      code: 'CR',
      epoch: null,
    }),
    packet({
      from: 2,
      to: 1002,
      at: 0.6,
      family: 'client',
      type: 'getData',
      code: 'GD',
      reply: true,
    }),
  ];
}

// --- the rest -------------------------------------------------------------------------------------

function node(path: string, rest?: Partial<TreeNodeView>): TreeNodeView {
  const text = rest?.text ?? '';
  return {
    path,
    name: path === '/' ? '/' : path.slice(path.lastIndexOf('/') + 1),
    kind: 'persistent',
    text,
    dataLength: text.length,
    czxid: z(1, 2),
    mzxid: z(3, 2),
    pzxid: z(2, 2),
    ctime: ms(1_767_225_600_000),
    mtime: ms(1_767_225_603_000),
    version: 0,
    cversion: 0,
    aversion: 0,
    ephemeralOwner: 0n as SessionId,
    numChildren: 0,
    watchers: [],
    ...rest,
  };
}

export function cannedTree(of: Sid): TreeView {
  const mine = { kind: 'ephemeral', ephemeralOwner: session(1) } as const;
  const other = { kind: 'ephemeral', ephemeralOwner: session(3) } as const;
  return {
    sid: of,
    treeVersion: 1,
    lastProcessed: z(3, 4),
    nodes: [
      node('/', { numChildren: 2 }),
      node('/app', { numChildren: 3, cversion: 3 }),
      node('/app/config', { text: 'pool=64', version: 7, watchers: [session(1)] }),
      node('/app/locks', { kind: 'container', numChildren: 2, cversion: 14 }),
      node('/app/locks/lock-0000000012', { ...mine, text: 'host-a' }),
      node('/app/locks/lock-0000000013', { ...other, text: 'host-c' }),
      node('/app/members', { numChildren: 2, cversion: 2 }),
      node('/app/members/web-1', { ...other, text: '10.0.0.1:8080' }),
      node('/app/members/web-2', { kind: 'ttl', text: '10.0.0.2:8080' }),
      node('/zookeeper', { numChildren: 2 }),
      node('/zookeeper/config', { text: 'server.1=…' }),
      node('/zookeeper/quota'),
    ],
  };
}

function trace(): TraceRow[] {
  const rows: readonly (readonly [number, number, TraceRow['kind'], string, boolean])[] = [
    [2_910_000, 4, 'packet', 'ACK 0x300000003 from server 1', false],
    [2_933_000, 4, 'state', '0x300000003 is committed: servers 1, 2 and 4 acknowledged it', true],
    [3_061_000, 3, 'action', 'server 3 crashed; one record of its page cache was lost', true],
    [3_080_000, 5, 'state', 'server 5 lost its leader and is LOOKING', true],
    [3_081_000, 5, 'log', 'New election. My id = 5, proposed zxid=0x200000006', false],
    [3_120_000, 2, 'client', 'B: getData /app/config', false],
    [3_199_000, 1, 'disk', 'fsync done up to 0x300000004', false],
    [3_240_000, 1001, 'client', 'A: create -e /app/locks/lock-', false],
    [3_302_000, 4, 'timer', 'tick: pings 3 learners', false],
    [3_333_000, 1, 'action', 'link 1 → 5 was cut', true],
    [3_410_000, 2, 'packet', 'PROPOSAL 0x300000005 from server 4', false],
    [3_471_000, 5, 'packet', 'NOTIFICATION from server 2: votes for 4', false],
  ];
  return rows.map(([at, process, kind, text, interesting], index) => ({
    index,
    at: micros(at),
    process: proc(process),
    kind,
    text,
    interesting,
  }));
}

const PROPERTIES = [
  ['Leadership1', 'At most one leader in an epoch'],
  ['Leadership2', 'A leader has committed what earlier epochs committed'],
  ['PrefixConsistency', 'Of two histories one is a prefix of the other'],
  ['Agreement', 'What one server delivers, the others deliver'],
  ['TotalOrder', 'Servers deliver in the same order'],
  ['Integrity', 'What is delivered was broadcast'],
  ['CommittedLogMonotonicity', 'The committed log only grows'],
  ['C.1', 'Epochs never go back'],
  ['C.2', 'acceptedEpoch is at least currentEpoch'],
  ['C.3', 'zxids rise without a gap within an epoch'],
  ['C.4', 'An acknowledged write outlives crashes'],
  ['C.11', 'Trees of equal zxid have equal digests'],
] as const;

export function cannedProperties(violated: string | null): PropertyView[] {
  return PROPERTIES.map(([name, title]) => ({
    name,
    title,
    holds: name !== violated,
    why:
      name === violated
        ? 'Server 2 delivered 0x300000005 third; server 4 delivered 0x300000004 third.'
        : null,
    violatedAt: name === violated ? micros(3_240_000) : null,
    lastTrueAt: micros(3_200_000),
    event: null,
  }));
}

/** Nothing lies further back than what the frame shows. */
export function partsOfFrame(frame: Frame): readonly MemberLogPart[] {
  return frame.members.map((m) => ({
    sid: m.sid,
    runs: m.log.map(({ zxid }) => ({ first: zxid, count: 1 })),
    cells: m.log,
    record: null,
  }));
}

export function cannedFrame(): Frame {
  const cut = { cut: true, latency: null };
  return {
    now: NOW,
    running: false,
    speed: 0.05,
    world: { ...worldOf(5, 1) },
    events: 2418,
    actions: 0,
    traceHash: '5f0c2b1a9d3e7746',
    members: members(),
    clients: [client(1, 4), client(2, 2), client(3, 1, { watches: [] }), client(4, null)],
    packets: packets(),
    links: [
      { from: proc(1), to: proc(5), ...cut },
      { from: proc(2), to: proc(6), ...cut },
      { from: proc(6), to: proc(2), ...cut },
    ],
    trace: trace(),
    logLines: [
      {
        at: micros(3_021_000),
        level: 'INFO',
        logger: 'FastLeaderElection',
        message: 'Notification: my state LOOKING, n.leader=4, n.zxid=0x300000005, n.round=3',
      },
      {
        at: micros(3_266_000),
        level: 'INFO',
        logger: 'Leader',
        message: 'LEADING - LEADER ELECTION TOOK - 245 MS',
      },
      {
        at: micros(3_301_000),
        level: 'WARN',
        logger: 'LearnerHandler',
        message: 'Sending DIFF zxid=0x200000006 for peer sid: 1',
      },
    ],
    transcripts: new Map([
      [
        proc(1001),
        [
          { at: micros(1), kind: 'prompt', text: '[zk: localhost:2181(CONNECTED) 0] ls /' },
          { at: micros(2), kind: 'output', text: '[app, zookeeper]' },
          {
            at: micros(3),
            kind: 'prompt',
            text: '[zk: localhost:2181(CONNECTED) 1] get -w /app/config',
          },
          { at: micros(4), kind: 'output', text: 'pool=64' },
          {
            at: micros(5),
            kind: 'prompt',
            text: '[zk: localhost:2181(CONNECTED) 2] set -v 5 /app/config x',
          },
          { at: micros(6), kind: 'error', text: 'version No is not valid : /app/config' },
          { at: micros(7), kind: 'hint', text: 'You said version 5, the znode is at 7.' },
          {
            at: micros(8),
            kind: 'watch',
            text: 'WATCHER::\n\nWatchedEvent state:SyncConnected type:NodeDataChanged path:/app/config',
          },
        ],
      ],
    ]),
    properties: cannedProperties(null),
    tree: cannedTree(sid(4)),
    failure: null,
  };
}

/** Nine voters, four observers and twelve sessions: what must stay readable. */
export function crowdedFrame(): Frame {
  const base = cannedFrame();
  const leader = sid(9);
  const crowd = Array.from({ length: 13 }, (_, i) => {
    const n = i + 1;
    const observer = n > 9;
    const state = n === 9 ? 'LEADING' : n === 4 ? 'LOOKING' : observer ? 'OBSERVING' : 'FOLLOWING';
    const votes = [1, 2, 3, 5, 6, 7, 8, 9].map((p) => ({
      sid: sid(p),
      vote: voteFor(leader, z(5, 40), 5),
      state: 'FOLLOWING' as const,
    }));
    const server = serverView(leader, {
      state,
      epoch: n === 4 ? 4 : 5,
      last: z(5, 41),
      committed: z(5, 40),
      votes: n === 4 ? votes : [],
      timers: [timer('tick', 2_600_000, 4_600_000)],
    });
    return member(n, n === 7 ? null : server, {
      type: observer ? 'observer' : 'participant',
      status: n === 7 ? 'down' : n === 2 ? 'paused' : 'running',
      log: logOf([12, 15, 7, 9, 41 - n], 40, 41).slice(-64),
    });
  });
  const clients = Array.from({ length: 12 }, (_, i) =>
    client(i + 1, i < 5 ? 9 : ((i * 3) % 13) + 1),
  );
  const flights = crowd.flatMap((m) =>
    m.sid === leader
      ? []
      : [
          packet({
            from: 9,
            to: m.sid,
            at: 0.3 + (m.sid % 5) / 10,
            family: 'broadcast',
            type: 'PROPOSAL',
            code: 'PR',
            epoch: 5,
          }),
          packet({
            from: m.sid,
            to: 9,
            at: (m.sid % 7) / 8,
            family: 'broadcast',
            type: 'ACK',
            code: 'AC',
            reply: true,
            epoch: 5,
          }),
        ],
  );
  return {
    ...base,
    world: worldOf(9, 4),
    members: crowd,
    clients,
    packets: flights,
    links: base.links,
  };
}

/** Before anything happened: everybody looks. */
export function electingFrame(voters: number): Frame {
  const base = cannedFrame();
  return {
    ...base,
    world: worldOf(voters, 0),
    members: ensembleOf(voters, 0).map(({ sid: n }) =>
      member(
        n,
        serverView(null, { state: 'LOOKING', epoch: 0, last: ZXID_ZERO, committed: ZXID_ZERO }),
      ),
    ),
    clients: [],
    packets: [],
    links: [],
    trace: [],
  };
}
