/**
 * The configuration that a server goes by: the one in force, and the last one seen, which is newer
 * while a reconfiguration is under way.
 *
 *            propose, PROPOSAL, NEWLEADER          COMMITANDACTIVATE, UPTODATE, votes
 *   in force ─────────────────────────────▶ seen ─────────────────────────────────▶ in force
 *            zoo.cfg.dynamic.next                  zoo.cfg.dynamic, /zookeeper/config
 *
 * While both differ, every quorum is one of either. What a server is changes with what it goes by:
 * it may become an observer, a voter, or a follower without a vote.
 *
 * Source: QuorumPeer.processReconfig, setQuorumVerifier, setLastSeenQuorumVerifier,
 * updateLearnerType, updateVote, restartLeaderElection, ZKDatabase.initConfigInZKDatabase (3.9).
 * Differs: a client port that moves stays where it is.
 */
import type { LearnerType } from '../config.ts';
import { processTxn } from '../data-tree/data-tree.ts';
import { CONFIG_PATH } from '../data-tree/path.ts';
import type { FiredWatch } from '../data-tree/watch-manager.ts';
import type { TxnRecord } from '../jute/txn.ts';
import { notify } from '../processor/final-request-processor.ts';
import { clearTimer, configOf, diskOp, exit, hangUp, log, note } from '../server-context.ts';
import { sidOf, type Server } from '../server-context.ts';
import type { DiskImage } from '../txn-log/disk-image.ts';
import { NO_SESSION, type Sid } from '../units.ts';
import { wallMillis } from '../zookeeper-server.ts';
import { ZXID_NONE, ZXID_ZERO, type Zxid } from '../zxid.ts';
import { ConfigTextError, initialVerifier, parseConfig, versionOfText } from './config-text.ts';
import { resetElection } from './fast-leader-election.ts';
import { connectOne, dialTimer } from './quorum-cnx-manager.ts';
import { isSameConfig, isSameQuorumAddress, isVoter, memberOf } from './quorum-verifier.ts';
import type { QuorumVerifier } from './quorum-verifier.ts';

const LOGGER = 'QuorumPeer';

/** What a server knows of configurations. A part of `Server`. */
export interface QuorumConfig {
  /** quorumVerifier: in force. */
  quorumVerifier: QuorumVerifier;
  /** lastSeenQuorumVerifier: proposed last; the same where nothing is under way. */
  lastSeenQuorumVerifier: QuorumVerifier;
  /** Its own part: who is in no configuration is a participant without a vote. */
  learnerType: LearnerType;
  /** reconfigFlag: a role ends because of a reconfiguration, and the next leader is known. */
  reconfigFlag: boolean;
}

export function newQuorumConfig(settings: Server['settings']): QuorumConfig {
  const verifier = initialVerifier(settings.config, settings.sid);
  return {
    quorumVerifier: verifier,
    lastSeenQuorumVerifier: verifier,
    learnerType: learnerTypeIn(verifier, settings.sid),
    reconfigFlag: false,
  };
}

function learnerTypeIn(verifier: QuorumVerifier, sid: Sid): LearnerType {
  return memberOf(verifier, sid)?.type ?? 'participant';
}

/** QuorumPeer.configFromString. @throws ConfigTextError */
function configFromText(server: Server, text: string): QuorumVerifier {
  for (const known of [server.quorumVerifier, server.lastSeenQuorumVerifier]) {
    if (known.text === text) return known;
  }
  return parseConfig(text, configOf(server).standaloneEnabled);
}

/** What another server has sent; null where it is no configuration, which ends nothing. */
export function readConfig(server: Server, text: string): QuorumVerifier | null {
  try {
    return configFromText(server, text);
  } catch (error) {
    if (!(error instanceof ConfigTextError)) throw error;
    log(server, 'WARN', LOGGER, `Not a configuration: ${error.message}`);
    return null;
  }
}

/** The configuration that a transaction of type `reconfig` sets. */
export function configOfRecord(server: Server, record: TxnRecord): QuorumVerifier | null {
  const text = textOfRecord(record);
  return text === null ? null : configFromText(server, text);
}

function textOfRecord({ txn }: TxnRecord): string | null {
  return txn.type === 'reconfig' ? utf8.decode(txn.data ?? new Uint8Array(0)) : null;
}

const utf8 = new TextDecoder();
const bytes = new TextEncoder();

/** What `reconfig` is answered with: the configuration in force, as this server has it. */
export function configBytes(server: Server): Uint8Array {
  return bytes.encode(server.quorumVerifier.text);
}

/** What every quorum must be one of: Leader.propose, SyncedLearnerTracker. */
export function verifiersOf(server: Server): readonly QuorumVerifier[] {
  const { quorumVerifier, lastSeenQuorumVerifier } = server;
  return lastSeenQuorumVerifier.version > quorumVerifier.version
    ? [quorumVerifier, lastSeenQuorumVerifier]
    : [quorumVerifier];
}

/** QuorumPeer.getCurrentAndNextConfigVoters. */
export function currentAndNextVoters(server: Server): readonly Sid[] {
  const { quorumVerifier, lastSeenQuorumVerifier } = server;
  if (quorumVerifier.version === lastSeenQuorumVerifier.version) return quorumVerifier.voters;
  const union = new Set([...quorumVerifier.voters, ...lastSeenQuorumVerifier.voters]);
  return [...union].sort((a, b) => a - b);
}

export function isValidVoter(server: Server, sid: Sid): boolean {
  return isVoter(server.quorumVerifier, sid) || isVoter(server.lastSeenQuorumVerifier, sid);
}

/**
 * QuorumPeerMain: the dynamic files, where there are any, replace what zoo.cfg says.
 *
 * @returns false where the server has ended itself.
 */
export function loadConfig(server: Server, image: DiskImage): boolean {
  const { standaloneEnabled, reconfigEnabled } = configOf(server);
  try {
    if (image.dynamicConfig !== null) {
      server.quorumVerifier = parseConfig(image.dynamicConfig, standaloneEnabled);
      server.lastSeenQuorumVerifier = server.quorumVerifier;
    }
    if (image.nextConfig !== null && reconfigEnabled) {
      const next = parseConfig(image.nextConfig, standaloneEnabled);
      if (next.version > server.quorumVerifier.version) server.lastSeenQuorumVerifier = next;
    }
  } catch (error) {
    if (!(error instanceof ConfigTextError)) throw error;
    log(server, 'ERROR', 'QuorumPeerMain', `Invalid config, exiting abnormally: ${error.message}`);
    exit(server, 2, 'the dynamic configuration cannot be read');
    return false;
  }
  const self = sidOf(server);
  if (memberOf(server.quorumVerifier, self) === undefined) {
    const message = `My id ${String(self)} not in the peer list`;
    log(server, 'ERROR', 'QuorumPeerMain', `Unexpected exception, exiting abnormally: ${message}`);
    exit(server, 1, message);
    return false;
  }
  server.learnerType = learnerTypeIn(server.quorumVerifier, self);
  noteConfig(server);
  if (!isStandalone(server)) initConfigInDatabase(server);
  return true;
}

/** QuorumPeerConfig.isDistributed, the other way round. */
export function isStandalone(server: Server): boolean {
  return configOf(server).standaloneEnabled && server.quorumVerifier.members.length === 1;
}

/** Nothing is noted of a configuration that cannot change. */
function noteConfig(server: Server): void {
  if (!configOf(server).reconfigEnabled) return;
  const { version, text } = server.quorumVerifier;
  note(server, { note: 'config', version, text });
}

/** QuorumPeer.setLastSeenQuorumVerifier. */
export function setLastSeen(server: Server, verifier: QuorumVerifier): void {
  if (!configOf(server).reconfigEnabled) return;
  const known = server.lastSeenQuorumVerifier;
  if (known.version === verifier.version) return;
  if (known.version > verifier.version) {
    const versions = `${hex(verifier.version)}. Current version: ${hex(server.quorumVerifier.version)}`;
    log(server, 'ERROR', LOGGER, `setLastSeenQuorumVerifier called with stale config ${versions}`);
  }
  server.lastSeenQuorumVerifier = verifier;
  for (const { sid } of verifier.members) {
    const isNew = memberOf(server.quorumVerifier, sid) === undefined;
    if (sid !== sidOf(server) && isNew) connectOne(server, sid);
  }
  writeConfig(server, 'next', verifier.text);
}

/** A learner is told of a reconfiguration that may or may not be committed. */
export function seeConfig(server: Server, record: TxnRecord): void {
  const verifier = configOfRecord(server, record);
  if (verifier !== null) setLastSeen(server, verifier);
}

/** The leader that made it has its lines in the order in which it made them. */
export function seeOwnConfig(server: Server, record: TxnRecord): void {
  const text = textOfRecord(record);
  if (text === null) return;
  setLastSeen(server, parseConfig(text, configOf(server).standaloneEnabled, 'asGiven'));
}

function hex(zxid: Zxid): string {
  return zxid.toString(16);
}

function writeConfig(server: Server, file: 'dynamic' | 'next', text: string | null): void {
  const op = diskOp(server, { kind: 'background' });
  server.out.push({ kind: 'writeConfig', op, file, text });
}

/** QuorumPeer.setQuorumVerifier. @returns what was in force before. */
function setQuorumVerifier(server: Server, verifier: QuorumVerifier): QuorumVerifier {
  const before = server.quorumVerifier;
  if (before.version >= verifier.version) return before;
  server.quorumVerifier = verifier;
  if (verifier.version > server.lastSeenQuorumVerifier.version) {
    server.lastSeenQuorumVerifier = verifier;
  }
  writeConfig(server, 'dynamic', verifier.text);
  if (verifier.version === server.lastSeenQuorumVerifier.version) {
    server.lastSeenQuorumVerifier = verifier;
    writeConfig(server, 'next', null);
  }
  noteConfig(server);
  return before;
}

/**
 * QuorumPeer.processReconfig: a configuration comes into force.
 *
 * @param suggested who is to lead it; null where nobody was named.
 * @param restart the election starts anew, as if the process had just begun.
 * @returns true where this server's own role ends by it, or its leader's.
 */
export function processReconfig(
  server: Server,
  verifier: QuorumVerifier,
  suggested: Sid | null,
  zxid: Zxid,
  restart: boolean,
): boolean {
  if (!configOf(server).reconfigEnabled) return false;
  const before = setQuorumVerifier(server, verifier);
  initConfigInDatabase(server);
  if (before.version >= verifier.version || isSameConfig(before, verifier)) return false;
  if (restart) {
    log(server, 'WARN', LOGGER, 'Restarting Leader Election');
    restartElection(server);
  }
  const roleChange = updateLearnerType(server, verifier);
  if (suggested !== null) return updateVote(server, suggested, zxid) || roleChange;
  // Nobody is named: who loses a leader looks for one.
  server.reconfigFlag = false;
  const { leader } = server.currentVote;
  const [old, now] = [before, verifier].map((v) =>
    isVoter(v, leader) ? memberOf(v, leader) : undefined,
  );
  return roleChange || !isSameQuorumAddress(old, now);
}

function updateLearnerType(server: Server, verifier: QuorumVerifier): boolean {
  const type = learnerTypeIn(verifier, sidOf(server));
  if (type === server.learnerType) return false;
  server.learnerType = type;
  server.reconfigFlag = true;
  const voting = isVoter(verifier, sidOf(server)) ? 'voting' : 'non-voting';
  const what = type === 'observer' ? 'an observer' : `a ${voting} participant`;
  log(server, 'INFO', LOGGER, `Becoming ${what}`);
  return true;
}

/** The vote names only a server and a zxid: it was not won in any round. */
function updateVote(server: Server, leader: Sid, zxid: Zxid): boolean {
  if (leader === server.currentVote.leader) return false;
  server.currentVote = { leader, zxid, electionEpoch: -1, peerEpoch: -1 };
  server.reconfigFlag = true;
  log(server, 'WARN', LOGGER, `Suggested leader: ${String(leader)}`);
  return true;
}

/** QuorumPeer.restartLeaderElection: connections are closed, the round is 0 again. */
export function restartElection(server: Server): void {
  for (const conn of [...server.conns.values()]) {
    if (conn.port === 'election') hangUp(server, conn.conn);
  }
  for (const sid of server.cnx.peers.keys()) clearTimer(server, dialTimer(sid));
  server.cnx.peers.clear();
  resetElection(server);
}

/**
 * ZKDatabase.initConfigInZKDatabase: /zookeeper/config says what is in force, whether or not a
 * transaction has said so here. Whoever watches it is told, also of what a transaction says next.
 */
export function initConfigInDatabase(server: Server): void {
  const { db } = server;
  const { lastProcessedZxid } = db.tree;
  const { zks } = server;
  const fired: FiredWatch[] = [];
  const { version } = server.quorumVerifier;
  const header = { clientId: NO_SESSION, cxid: 0, zxid: version, time: wallMillis(server) };
  const data = configBytes(server);
  const txn = { type: 'setData', path: CONFIG_PATH, data, version: -1 } as const;
  processTxn(db.tree, db.watches, { header, txn, digest: null }, fired);
  db.tree.lastProcessedZxid = lastProcessedZxid;
  db.version++;
  if (zks === null) return;
  const told = configOf(server).release === '3.8.0' ? ZXID_NONE : version;
  for (const watch of fired) notify(server, zks, watch, told);
}

/**
 * FastLeaderElection.WorkerReceiver: a vote tells of a later configuration. Who looks for a leader
 * takes it over at once.
 *
 * @returns true where it is another one, and the election is to start anew.
 */
export function learnConfig(server: Server, from: Sid, text: string): boolean {
  const { quorumVerifier } = server;
  if (versionOfText(text) <= quorumVerifier.version || text === quorumVerifier.text) return false;
  if (server.state !== 'LOOKING' || !configOf(server).reconfigEnabled) return false;
  const verifier = readConfig(server, text);
  if (verifier === null) {
    const what = `Something went wrong while processing config received from ${String(from)}`;
    log(server, 'ERROR', 'FastLeaderElection', what);
    return false;
  }
  const versions = `version: ${hex(verifier.version)} my version: ${hex(quorumVerifier.version)}`;
  log(server, 'INFO', 'FastLeaderElection', `${String(sidOf(server))} Received ${versions}`);
  processReconfig(server, verifier, null, ZXID_ZERO, false);
  if (isSameConfig(verifier, quorumVerifier)) return false;
  log(server, 'INFO', 'FastLeaderElection', 'restarting leader election');
  restartElection(server);
  return true;
}
