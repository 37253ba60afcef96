/**
 * Looks at one member's own state and disk, after each of its turns: what no note says. Most turns
 * cost next to nothing; the tree is gone through at moments that matter, and now and then.
 *
 * A look changes nothing: the same run with and without looks does the same things.
 */
import { committedAt, committedCount } from '../../../core/txn-log/committed-log.ts';
import type { Txn, TxnRecord } from '../../../core/jute/txn.ts';
import type { Note } from '../../../core/quorum/peer-io.ts';
import type { RecoveredNote } from '../history.ts';
import type { Server } from '../../../core/server-context.ts';
import type { ZkDatabase } from '../../../core/txn-log/zk-database.ts';
import { counterOf, type Zxid } from '../../../core/zxid.ts';
import type { Disk } from '../../disk.ts';
import type { Outbound } from '../../host.ts';
import { text } from '../text.ts';
import { checkAfterSnap } from './after-snap.ts';
import { checkAfterTrunc } from './after-trunc.ts';
import { lastTxnId, startOnPlatter, type DryRun } from './dry-run.ts';
import { checkElected, checkOwnVote } from './elections.ts';
import { checkClosedSession, checkEphemerals } from './ephemerals.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Findings } from './findings.ts';
import { checkStillLooking } from './latecomers.ts';
import type { Look } from './look.ts';
import { checkMemoryAndDisk } from './memory-and-disk.ts';
import { checkMulti, checkMultis } from './multi-atomic.ts';
import { checkOutstanding } from './outstanding.ts';
import { checkSequence } from './sequential-names.ts';
import { checkTypes } from './type-ok.ts';
import type { LocalWatch } from './watch.ts';
import { checkStats, checkStatsAt } from './znode-stats.ts';

/** What a look is at. */
export interface Subject {
  readonly watch: LocalWatch;
  readonly server: Server;
  readonly disk: Disk;
}

/** What the turn did that is worth a look. */
interface Moments {
  applied: number;
  lastApplied: Zxid | null;
  state: boolean;
  recovered: RecoveredNote | null;
  synchronized: boolean;
}

const NOTHING: readonly Look[] = [];

/** After a turn, with what it did. */
export function inspectMember(subject: Subject, effects: readonly Outbound[]): readonly Look[] {
  const { watch, server, disk } = subject;
  if (server.status !== 'running') return NOTHING;
  if (disk.faults.lying) watch.lied = true;
  const findings: Findings = { sid: server.settings.sid, looks: [] };
  const moments = momentsOf(effects);
  if (moments.state) onState(findings, subject);
  if (server.state === 'LOOKING') {
    checkOwnVote(findings, server, watch.clock);
    checkStillLooking(findings, server);
  }
  if (server.zks !== null) checkOutstanding(findings, server);
  if (moments.recovered !== null) onRecovered(findings, subject, moments.recovered, moments);
  if (moments.applied > 0) onApplied(findings, subject, moments);
  if (moments.synchronized) onSynchronized(findings, subject);
  watch.state = server.state;
  watch.clock = server.election.logicalclock;
  return findings.looks;
}

function momentsOf(effects: readonly Outbound[]): Moments {
  const moments: Moments = {
    applied: 0,
    lastApplied: null,
    state: false,
    recovered: null,
    synchronized: false,
  };
  for (const effect of effects) if (effect.kind === 'note') addMoment(moments, effect.note);
  return moments;
}

function addMoment(moments: Moments, note: Note): void {
  switch (note.note) {
    case 'applied':
      moments.applied += 1;
      moments.lastApplied = note.zxid;
      return;
    case 'state':
      moments.state = true;
      return;
    case 'recovered':
      moments.recovered = note;
      return;
    case 'synchronized':
      moments.synchronized = true;
      return;
    default:
  }
}

function onState(findings: Findings, { watch, server, disk }: Subject): void {
  checkTypes(findings, server);
  const wasLooking = watch.state === 'LOOKING';
  if (server.state === 'LOOKING') {
    if (!wasLooking) {
      checkMemoryAndDisk(findings, server, disk);
      checkWhole(findings, server.db, text`server ${findings.sid}`);
    }
    watch.sync = 'none';
    watch.syncedTo = null;
  } else if (wasLooking && server.zabState === 'discovery') {
    checkElected(findings, server, watch.clock);
  }
}

/** The tree was read from disk, or cut, or copied from a leader. */
function onRecovered(
  findings: Findings,
  { watch, server, disk }: Subject,
  { cause, lastProcessed }: RecoveredNote,
  { applied, lastApplied }: Moments,
): void {
  const { db } = server;
  watch.sequences.clear();
  watch.applied = 0;
  // What a SNAP brings may catch changes that are still to come: see onSynchronized.
  if (cause !== 'SNAP') checkWhole(findings, db, text`server ${findings.sid}`);
  if (cause !== 'boot') {
    watch.sync = cause;
    watch.syncedTo = lastProcessed;
  }
  if (cause === 'TRUNC') {
    const upTo = lastApplied ?? lastProcessed;
    checkAfterTrunc(findings, server, disk, lastProcessed, upTo);
  } else if (cause === 'boot') {
    checkMultis(findings, db.tree, db.log, text`server ${findings.sid}`);
    const fuzzy = db.tree.digestCheck.settlesAt !== null;
    if (applied === 0) findings.looks.push({ what: 'started', print: fingerprintOf(db), fuzzy });
  }
}

function onApplied(findings: Findings, { watch, server, disk }: Subject, moments: Moments): void {
  const { db } = server;
  const { applied, lastApplied } = moments;
  const isWhole = isSettled(db) && watch.sync !== 'SNAP';
  const count = Math.min(applied, committedCount(db.committedLog));
  for (let back = count; back >= 1; back--) {
    const record = committedAt(db.committedLog, committedCount(db.committedLog) - back);
    const isLast = isWhole && record.header.zxid === lastApplied;
    onTxn(findings, watch, server, record, record.txn, isLast);
    if (isLast && db.tree.lastProcessedZxid === lastApplied) {
      checkMulti(findings, db.tree, record, NONE, text`server ${findings.sid}`);
    }
  }
  watch.applied += applied;
  const { size } = db.tree.nodes;
  if (isWhole && lastApplied !== null && db.tree.lastProcessedZxid === lastApplied) {
    const step = stepFor(size);
    if (counterOf(lastApplied) % step === 0) {
      findings.looks.push({ what: 'tree', zxid: lastApplied, print: fingerprintOf(db) });
    }
    if (counterOf(lastApplied) % (step * WHOLE_EVERY) === 0) {
      checkWhole(findings, db, text`server ${findings.sid}`);
    }
  }
  if (watch.applied < TRIAL_MIN + size + db.log.length || watch.lied) return;
  watch.applied = 0;
  onTrialStart(findings, startOnPlatter(server, disk));
}

const NONE: ReadonlySet<string> = new Set();

/** Applied transactions between two trial starts, at least. */
const TRIAL_MIN = 64;

/** Fingerprints between two walks through all Stats. */
const WHOLE_EVERY = 8;

/** Znodes that one applied transaction pays the fingerprint of. */
const NODES_PER_TXN = 16;

/** Every so many zxids the whole is looked at: the more znodes, the more seldom; a power of two. */
function stepFor(nodes: number): number {
  let step = 1;
  while (step * NODES_PER_TXN < nodes) step *= 2;
  return step;
}

/** What one transaction left behind, as long as nothing came after it. */
function onTxn(
  findings: Findings,
  watch: LocalWatch,
  server: Server,
  { header }: TxnRecord,
  txn: Txn,
  isLast: boolean,
): void {
  const { db } = server;
  switch (txn.type) {
    case 'multi':
      if (txn.txns.some(({ type }) => type === 'error')) return;
      for (const op of txn.txns)
        onTxn(findings, watch, server, { header, txn, digest: null }, op, isLast);
      return;
    case 'create':
    case 'create2':
    case 'createContainer':
    case 'createTTL':
      checkSequence(findings, watch.sequences, db.tree, txn, header.zxid);
      if (isLast) checkStatsAt(findings, db.tree, txn.path);
      return;
    case 'closeSession':
      if (isLast) checkClosedSession(findings, db, header.clientId, header.zxid);
      return;
    default:
  }
}

/** What a start would find if the power failed now. */
function onTrialStart(findings: Findings, twin: DryRun): void {
  const where = text`a restart of server ${findings.sid}`;
  if (twin.refusal !== null) return;
  const { db } = twin.server;
  checkWhole(findings, db, where);
  checkMultis(findings, db.tree, db.log, where);
  findings.looks.push({
    what: 'recovery',
    zxid: db.tree.lastProcessedZxid,
    id: lastTxnId(twin.server),
    digestHigh: db.tree.digestHigh,
    digestLow: db.tree.digestLow,
    print: fingerprintOf(db),
    fuzzy: !isSettled(db),
  });
}

/** NEWLEADER has been acknowledged in this turn. */
function onSynchronized(findings: Findings, { watch, server, disk }: Subject): void {
  checkWhole(findings, server.db, text`server ${findings.sid}`);
  const { sync, syncedTo } = watch;
  watch.sync = 'none';
  watch.syncedTo = null;
  if (watch.lied) return;
  const twin = startOnPlatter(server, disk);
  if ((sync === 'SNAP' || sync === 'TRUNC') && syncedTo !== null) {
    checkAfterSnap(findings, server, twin, sync, syncedTo);
  }
  if (twin.refusal !== null) return;
  findings.looks.push({ what: 'acknowledged', onDisk: twin.server.db.tree.lastProcessedZxid });
  onTrialStart(findings, twin);
}

function checkWhole(findings: Findings, db: ZkDatabase, where: string): void {
  if (!isSettled(db)) return;
  checkEphemerals(findings, db, where);
  checkStats(findings, db.tree, where);
}

/** Not while it holds parts of what it has not processed. */
function isSettled(db: ZkDatabase): boolean {
  return db.tree.digestCheck.settlesAt === null;
}
