/**
 * Violations planted in living servers: a run that is healthy until somebody changes what a server
 * has in memory or on its disk behind its back.
 */
import { defined } from '../../../src/core/assert.ts';
import { OPEN_ACL_UNSAFE, READ_ACL_UNSAFE } from '../../../src/core/jute/data.ts';
import { CreateMode, type MultiOp, type Request } from '../../../src/core/jute/proto.ts';
import type { QuorumPacket } from '../../../src/core/quorum/packet.ts';
import type { DataNode } from '../../../src/core/data-tree/data-node.ts';
import type { TxnRecord } from '../../../src/core/jute/txn.ts';
import type { Learner } from '../../../src/core/quorum/learner.ts';
import type { DiskImage } from '../../../src/core/txn-log/disk-image.ts';
import type { ConnId, Micros, Millis, ProcessId, Sid } from '../../../src/core/units.ts';
import { makeZxid, nextZxid, type Zxid } from '../../../src/core/zxid.ts';
import { propertyViews } from '../../../src/sim/check/checker.ts';
import { checkAfterSnap } from '../../../src/sim/check/local/after-snap.ts';
import { checkAfterTrunc } from '../../../src/sim/check/local/after-trunc.ts';
import { startOnPlatter } from '../../../src/sim/check/local/dry-run.ts';
import { checkElected } from '../../../src/sim/check/local/elections.ts';
import { checkClosedSession } from '../../../src/sim/check/local/ephemerals.ts';
import type { Findings } from '../../../src/sim/check/local/findings.ts';
import type { Look } from '../../../src/sim/check/local/look.ts';
import { checkMultis } from '../../../src/sim/check/local/multi-atomic.ts';
import { checkTypes } from '../../../src/sim/check/local/type-ok.ts';
import { applyNetwork } from '../../../src/sim/bus.ts';
import { act, createLocalRun, runFor, type LocalRun } from '../../../src/sim/local.ts';
import { addClient, clientId, leaderOf, quietWorld } from '../../../src/sim/scenarios.ts';
import type { MemberHost } from '../../../src/sim/member.ts';

export interface Plant {
  readonly property: string;
  readonly name: string;
  /** In the sentence of the violation. */
  readonly fact: RegExp;
  plant(run: LocalRun): void;
}

const text = new TextEncoder();

/** Three servers and an observer with a few znodes; an election takes some 500 ms. */
export function livingRun(): LocalRun {
  const config = quietWorld(7, 3, 1, { snapCount: 20, tickTime: 500 as Millis });
  const run = createLocalRun(config, { check: true });
  runFor(run, seconds(2));
  act(run, addClient(0));
  act(run, addClient(1));
  runFor(run, seconds(1));
  submit(run, create('/a', CreateMode.PERSISTENT));
  submit(run, create('/a/eph', CreateMode.EPHEMERAL));
  for (let i = 0; i < 3; i++) submit(run, create('/a/n', CreateMode.PERSISTENT_SEQUENTIAL));
  runFor(run, seconds(1));
  return run;
}

export function violations(run: LocalRun): Readonly<Record<string, string>> {
  const checker = defined(run.world.checker ?? undefined, 'a run with checkers');
  const broken = propertyViews(checker).filter((view) => !view.holds);
  return Object.fromEntries(broken.map((view) => [view.name, view.why ?? '']));
}

let tag = 0;

function submit(run: LocalRun, request: Request): void {
  act(run, { kind: 'submit', process: clientId(0), tag: ++tag, request });
}

function create(path: string, flags: CreateMode): MultiOp {
  return { op: 'create', path, data: text.encode('x'), acl: OPEN_ACL_UNSAFE, flags, ttl: 0 };
}

function seconds(count: number): Micros {
  return (count * 1_000_000) as Micros;
}

function member(run: LocalRun, sid: number): MemberHost {
  const host = run.hosts.get(sid as ProcessId);
  if (host?.kind !== 'member') throw new Error(`server ${String(sid)} is down`);
  return host;
}

function leader(run: LocalRun): MemberHost {
  return member(run, defined(leaderOf(run) ?? undefined, 'a leader'));
}

function follower(run: LocalRun): MemberHost {
  return member(run, leaderOf(run) === 1 ? 2 : 1);
}

function node(host: MemberHost, path: string): DataNode {
  return defined(host.server.db.tree.nodes.get(path), path);
}

/** Something happens to it, so that it is looked at. */
function write(run: LocalRun, count = 1): void {
  for (let i = 0; i < count; i++) submit(run, create(`/w${String(tag)}`, CreateMode.PERSISTENT));
  runFor(run, seconds(1));
}

/** Its connection with the leader breaks, and it looks for one again. */
function lookAgain(run: LocalRun, host: MemberHost): void {
  const from = host.self;
  const to = leader(run).self;
  act(run, { kind: 'cut', from, to, bothWays: true });
  runFor(run, seconds(20));
}

/** Something that its leader would never send reaches it, on their own connection. */
function fromLeader(run: LocalRun, host: MemberHost, message: QuorumPacket): void {
  const { role } = host.server;
  if (role.name !== 'learning' || role.learner.conn === null) throw new Error('no learner');
  say(run, role.learner.leader, role.learner.conn, message);
}

/** The same from one of its followers. */
function fromFollower(run: LocalRun, host: MemberHost, message: QuorumPacket): void {
  const { role } = host.server;
  if (role.name !== 'leading') throw new Error('no leader');
  const { sid } = follower(run).server.settings;
  const handlers = [...role.leader.handlers.values()];
  const handler = defined(
    handlers.find((one) => one.sid === sid),
    'a learner',
  );
  say(run, sid, handler.conn, message);
}

function say(run: LocalRun, sid: Sid, conn: ConnId, message: QuorumPacket): void {
  const { world } = run;
  const process = defined(world.byId.get(sid as number as ProcessId), 'a process');
  applyNetwork(world, process, world.now, { kind: 'send', conn, message });
  runFor(run, seconds(1));
}

/** Of one member, by a look that is not part of a run. */
function looked(host: MemberHost, look: (findings: Findings) => void): void {
  const findings: Findings = { sid: host.server.settings.sid, looks: [] };
  look(findings);
  found.push(...findings.looks);
}

const found: Look[] = [];

/** Cuts a follower off and lets it look for a leader, for ever. */
function cutOff(run: LocalRun): MemberHost {
  const host = follower(run);
  act(run, { kind: 'partition', group: [host.self] });
  runFor(run, seconds(8));
  return host;
}

function learnerOf(host: MemberHost): Learner {
  const { role } = host.server;
  if (role.name !== 'learning') throw new Error('no learner');
  return role.learner;
}

function lastRecord(host: MemberHost): TxnRecord {
  return defined(host.server.db.log.at(-1), 'a record');
}

function laterRecord(host: MemberHost, by: number): TxnRecord {
  const last = lastRecord(host);
  const zxid = (last.header.zxid + BigInt(by)) as Zxid;
  return { ...last, header: { ...last.header, zxid } };
}

/** What the plant brought out. */
export function harvest({ plant }: Plant): Readonly<Record<string, string>> {
  const run = livingRun();
  found.length = 0;
  plant(run);
  const direct = found.flatMap((look) => (look.what === 'broken' ? [look] : []));
  const looks = Object.fromEntries(direct.map(({ property, fact }) => [property, fact]));
  return { ...violations(run), ...looks };
}

export const LOCAL_PLANTS: readonly Plant[] = [
  {
    property: 'TypeOK',
    name: 'an epoch that is no number',
    fact: /^Server \d has the currentEpoch -5\.$/,
    plant: (run) => {
      const host = follower(run);
      host.server.currentEpoch = -5;
      lookAgain(run, host);
    },
  },
  {
    property: 'TypeOK',
    name: 'a follower that has no phase',
    fact: /^Server \d says that it is FOLLOWING in election, but learns from server \d\.$/,
    plant: (run) => {
      const host = follower(run);
      host.server.zabState = 'election';
      looked(host, (findings) => {
        checkTypes(findings, host.server);
      });
    },
  },
  {
    property: 'stateConsistent',
    name: 'NEWLEADER comes twice',
    fact: /^Server \d got NEWLEADER of epoch 1 from server \d, but it is awaitingUpToDate for/,
    plant: (run) => {
      const host = follower(run);
      learnerOf(host).phase = 'awaitingUpToDate';
      fromLeader(run, host, { type: 'NEWLEADER', zxid: makeZxid(1, 0), config: '' });
    },
  },
  {
    property: 'stateConsistent',
    name: 'NEWLEADER of another epoch than was promised',
    fact: /^Server \d got NEWLEADER of epoch 7 from server \d, but it is syncing for epoch 1\.$/,
    plant: (run) => {
      const host = follower(run);
      learnerOf(host).phase = 'syncing';
      fromLeader(run, host, { type: 'NEWLEADER', zxid: makeZxid(7, 0), config: '' });
    },
  },
  {
    property: 'proposalConsistent',
    name: 'a proposal is skipped',
    fact: /^Got zxid 0x\w+ expected 0x\w+$/,
    plant: (run) => {
      const host = follower(run);
      const record = laterRecord(host, 3);
      fromLeader(run, host, { type: 'PROPOSAL', zxid: record.header.zxid, record });
    },
  },
  {
    property: 'commitConsistent',
    name: 'a commit without its proposal',
    fact: /^COMMIT 0x\w+ came before its proposal$/,
    plant: (run) => {
      const host = follower(run);
      fromLeader(run, host, { type: 'COMMIT', zxid: laterRecord(host, 1).header.zxid });
    },
  },
  {
    property: 'commitConsistent',
    name: 'a leader commits out of turn',
    fact: /^Server \d commits 0x\w+ right after 0x\w+, which is not the one before it\.$/,
    plant: (run) => {
      const host = leader(run);
      if (host.server.role.name !== 'leading') return;
      host.server.role.leader.lastCommitted = makeZxid(1, 1);
      write(run);
    },
  },
  {
    property: 'ackConsistent',
    name: 'an acknowledgement is skipped',
    fact: /^Server \d got the acknowledgement of 0x\w+ from server \d right after that of/,
    plant: (run) => {
      const host = leader(run);
      fromFollower(run, host, { type: 'ACK', zxid: laterRecord(host, 2).header.zxid });
    },
  },
  {
    property: 'messageLegal',
    name: 'DIFF reaches a follower that serves',
    fact: /^server \d got DIFF while in broadcast$/,
    plant: (run) => {
      fromLeader(run, follower(run), { type: 'DIFF', zxid: makeZxid(1, 1) });
    },
  },
  {
    property: 'messageLegal',
    name: 'a follower asks a leader that serves it to be let in',
    fact: /^Server \d got FOLLOWERINFO from its learner, server \d, while it serves\.$/,
    plant: (run) => {
      const [zxid, version] = [makeZxid(1, 0), makeZxid(0, 0)];
      const message = {
        type: 'FOLLOWERINFO',
        zxid,
        sid: 1 as Sid,
        configVersion: version,
      } as const;
      fromFollower(run, leader(run), message);
    },
  },
  {
    property: 'C.7',
    name: 'memory is ahead of the log',
    fact: /^Server \d looks for a leader with a tree .* but from its own disk it would recover 0x/,
    plant: (run) => {
      const host = follower(run);
      const { tree } = host.server.db;
      tree.lastProcessedZxid = nextZxid(tree.lastProcessedZxid);
      lookAgain(run, host);
    },
  },
  {
    property: 'C.7',
    name: 'an ACL is another one in memory than on disk, at the same zxid',
    fact: /^Server \d looks for a leader .* but its own disk holds other ACLs at that point\.$/,
    plant: (run) => {
      const host = follower(run);
      node(host, '/a').acl = READ_ACL_UNSAFE;
      lookAgain(run, host);
    },
  },
  {
    property: 'C.8',
    name: 'a snapshot on disk has another value than its tree had',
    fact: /^Server \d processed everything up to .* but its restart found another tree\.$/,
    plant: (run) => {
      const host = follower(run);
      const { sid } = host.server.settings;
      write(run, 30);
      act(run, { kind: 'crash', sid, tail: 'kept', silent: false });
      run.images.set(sid, withOtherValue(defined(run.images.get(sid), 'a disk')));
      act(run, { kind: 'restart', sid });
      runFor(run, seconds(2));
    },
  },
  {
    property: 'C.9',
    name: 'the tree keeps what was cut from the log',
    fact: /^Server \d was told to cut its log after .* in its tree comes from 0x\w+\.$/,
    plant: (run) => {
      const { server, disk } = follower(run);
      const target = makeZxid(1, 1);
      looked(follower(run), (findings) => {
        checkAfterTrunc(findings, server, disk, target, target);
      });
    },
  },
  {
    property: 'C.9',
    name: 'the file of the log keeps what was cut in memory',
    fact: /^Server \d was told to cut its log after .* but from its disk it would still recover 0x/,
    plant: (run) => {
      const { server, disk } = follower(run);
      const target = makeZxid(1, 1);
      server.db.tree.nodes.clear();
      server.db.snapshots = [];
      looked(follower(run), (findings) => {
        checkAfterTrunc(findings, server, disk, target, target);
      });
    },
  },
  {
    property: 'C.10',
    name: 'a record of another branch is left behind the snapshot',
    fact: /but after a loss of power it would recover .* of another history that is still in its log/,
    plant: (run) => {
      const host = follower(run);
      const record = laterRecord(host, 1);
      host.disk.platter.log.push({ kind: 'record', record, startsFile: true });
      lookAfterSnap(host);
    },
  },
  {
    property: 'C.10',
    name: 'the snapshot never reached the platter',
    fact: /but after a loss of power it would recover .*: less than it was sent\.$/,
    plant: (run) => {
      const host = follower(run);
      host.disk.platter.log.length = 3;
      lookAfterSnap(host);
    },
  },
  {
    property: 'C.11',
    name: 'the ACL of one server differs, which no digest shows',
    fact: /^Servers \d and \d both processed everything .* they have different ACLs\.$/,
    plant: (run) => {
      node(follower(run), '/a').acl = READ_ACL_UNSAFE;
      write(run, 3);
    },
  },
  {
    property: 'C.12',
    name: 'a session is forgotten, and its ephemeral is not',
    fact: /^In the tree of server \d \/a\/eph is an ephemeral znode of session .* no such session\.$/,
    plant: (run) => {
      follower(run).server.db.sessions.clear();
      write(run, 12);
    },
  },
  {
    property: 'C.12',
    name: 'the index of ephemerals lists a znode of nobody',
    fact: /counts \/a among the ephemeral znodes of session .* but no znode there says so itself/,
    plant: (run) => {
      const [paths] = follower(run).server.db.tree.ephemerals.values();
      paths?.add('/a');
      write(run, 12);
    },
  },
  {
    property: 'C.12',
    name: 'a session is closed and leaves an ephemeral behind',
    fact: /^Server \d closed session 0x\w+ with 0x\w+, but \/a\/eph is still in its tree\.$/,
    plant: (run) => {
      const host = follower(run);
      const { db } = host.server;
      const [owner] = db.tree.ephemerals.keys();
      looked(host, (findings) => {
        checkClosedSession(findings, db, defined(owner, 'an owner'), makeZxid(1, 9));
      });
    },
  },
  {
    property: 'C.13',
    name: 'a parent forgets how often it had a child',
    fact: /\/a has \d children, but counts only 0 creations\.$/,
    plant: (run) => {
      node(follower(run), '/a').cversion = 0;
      write(run, 12);
    },
  },
  {
    property: 'C.13',
    name: 'a parent that was told of its newest child too early',
    fact: /\/a\/\w+ was created by 0x\w+, but its parent says that its children changed last by 0x/,
    plant: (run) => {
      const parent = node(follower(run), '/a');
      parent.pzxid = parent.czxid;
      write(run, 12);
    },
  },
  {
    property: 'C.14',
    name: 'a number is given again after its znode was deleted',
    fact: /^On server \d \/a\/n\d+ .* was created after \/a\/n\d+ .* not have a larger number\.$/,
    plant: (run) => {
      const children = [...node(leader(run), '/a').children];
      const last = defined(children.at(-1), 'a child');
      submit(run, { op: 'delete', path: `/a/${last}`, version: -1 });
      runFor(run, seconds(1));
      node(leader(run), '/a').cversion -= 1;
      submit(run, create('/a/n', CreateMode.PERSISTENT_SEQUENTIAL));
      runFor(run, seconds(1));
    },
  },
  {
    property: 'C.16',
    name: 'an expected change stays when its transaction is in the tree',
    fact: /^Server \d still expects the change of \/a by 0x\w+, but its tree has processed/,
    plant: (run) => {
      const { zks } = leader(run).server;
      zks?.changes.records.unshift({ zxid: makeZxid(1, 1), path: '/a', node: null });
      runFor(run, seconds(1));
    },
  },
  {
    property: 'C.17',
    name: 'half of a multi is in a recovered tree',
    fact: /but of the multi 0x\w+ it shows only the create of \/m1, not the create of \/m2\.$/,
    plant: (run) => {
      multi(run);
      lookAtMultis(follower(run), ['/m2']);
    },
  },
  {
    property: 'C.17',
    name: 'nothing of a multi is in a recovered tree',
    fact: /but of the multi 0x\w+ it shows nothing: /,
    plant: (run) => {
      multi(run);
      lookAtMultis(follower(run), ['/m1', '/m2']);
    },
  },
  {
    property: 'C.27',
    name: 'a vote for an observer',
    fact: /^Server \d votes for server 4, but the voters are 1, 2, 3\.$/,
    plant: (run) => {
      const { server } = cutOff(run);
      server.election.proposed = { ...server.election.proposed, leader: 4 as Sid };
      runFor(run, seconds(5));
    },
  },
  {
    property: 'C.27',
    name: 'the round goes back',
    fact: /^Server \d was in round 9 of elections, and went back to round 4\.$/,
    plant: (run) => {
      const { server, watch } = cutOff(run);
      server.election.logicalclock = 4;
      if (watch !== null) watch.clock = 9;
      runFor(run, seconds(10));
    },
  },
  {
    property: 'C.27',
    name: 'elected by nobody',
    fact: /^Server \d takes server \d for elected, but only nobody voted so, which is no majority\.$/,
    plant: (run) => {
      const host = follower(run);
      host.server.election.recvset.clear();
      host.server.election.outofelection.clear();
      looked(host, (findings) => {
        checkElected(findings, host.server, host.server.election.logicalclock);
      });
    },
  },
  {
    property: 'C.27',
    name: 'elected by what others say of an earlier round',
    fact: /for elected by votes of round \d, but is in round 8 itself: they speak of an election/,
    plant: (run) => {
      const host = leader(run);
      const [vote] = host.server.election.recvset.values();
      host.server.currentVote = defined(vote, 'a vote of its election');
      looked(host, (findings) => {
        checkElected(findings, host.server, 8);
      });
    },
  },
];

function multi(run: LocalRun): void {
  const ops = [create('/m1', CreateMode.PERSISTENT), create('/m2', CreateMode.PERSISTENT)];
  submit(run, { op: 'multi', ops });
  runFor(run, seconds(1));
}

function lookAtMultis(host: MemberHost, missing: readonly string[]): void {
  const { tree, log } = host.server.db;
  for (const path of missing) tree.nodes.delete(path);
  looked(host, (findings) => {
    checkMultis(findings, tree, log, 'server 1');
  });
}

function lookAfterSnap(host: MemberHost): void {
  const { server, disk } = host;
  looked(host, (findings) => {
    checkAfterSnap(findings, server, startOnPlatter(server, disk), 'SNAP', makeZxid(1, 1));
  });
}

/** The newest snapshot has another value in its last znode. */
function withOtherValue(image: DiskImage): DiskImage {
  const snapshots = image.snapshots.map((entry) => {
    if (entry.kind === 'damaged') return entry;
    const { snapshot } = entry;
    const nodes = snapshot.nodes.map((one) =>
      one.path === '/a' ? { ...one, data: text.encode('other') } : one,
    );
    const { zxid, sessions } = snapshot;
    return { kind: 'snapshot', snapshot: { zxid, sessions, nodes } } as const;
  });
  return { ...image, snapshots };
}
