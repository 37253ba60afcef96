/**
 * What servers note and send, in a notation small enough to read as a table. A line is one turn of
 * one server, `;` stands between what happens in it:
 *
 *   2: got COMMIT 1.7; apply 1.7
 *
 * A zxid is `epoch.counter`; a prime (`1.7'`) is another transaction under the same zxid. Steps:
 *
 *   boot 1.1 1.2 base=0.0 epochs=1/1    recovered this log over that snapshot, these epochs
 *   trunc 1.1 · snap 1.2                the same after TRUNC and SNAP
 *   looking · leading broadcast 1 · following 3 synchronization 1 · observing 3 broadcast 1
 *   established 1 · accepted 1 · current 1
 *   log 1.1 · sync 1.1 · propose 1.1 · commit 1.1 by 1,2 · apply 1.1 · synchronized 1.2
 *   got COMMIT 1.1 · send ACK 1.1 · send ACKEPOCH 1.1 (or `… uncounted`)
 *   vote 3 1.2 1 4                     votes for 3 with this zxid, its epoch 1, in round 4
 *   config 1.5 1,2,3                   goes by the configuration of this version, with these voters
 *   tree 1.1 1,2,3,4                  a look at its database: ACLs, children, sessions, ephemerals
 *   started 1,2,3,4 · would 1.1 1,2,3,4   the same after a start, and as a start would find it
 *   claim commitConsistent it says so · crash · wipe · exit
 *
 * `tree=…` after boot, trunc, snap and apply is the tree's digest; else it follows from the zxid.
 */
import { ensembleOf, type EnsembleConfig, DEFAULT_CONFIG } from '../../../src/core/config.ts';
import type { Note } from '../../../src/core/quorum/peer-io.ts';
import type { QuorumPacket } from '../../../src/core/quorum/packet.ts';
import type { Notification, ServerState, ZabState } from '../../../src/core/quorum/vote.ts';
import {
  millisToMicros,
  type ConnId,
  type Micros,
  type Millis,
  type SessionId,
  type Sid,
} from '../../../src/core/units.ts';
import { makeZxid, type Zxid } from '../../../src/core/zxid.ts';
import {
  checkCrash,
  checkRuinedDisk,
  checkTurn,
  createChecker,
  propertyViews,
  type Checker,
} from '../../../src/sim/check/checker.ts';
import type { Look } from '../../../src/sim/check/local/look.ts';
import type { Inbound, Outbound } from '../../../src/sim/host.ts';

const CONN = 1 as ConnId;

/** Ids of primed transactions differ from those of plain ones by this. */
const PRIME = 1_000_000;

interface Turn {
  readonly sid: Sid;
  event: Inbound | null;
  crash: boolean;
  wipe: boolean;
  readonly effects: Outbound[];
}

export function ensemble(voters: number, observers = 0): EnsembleConfig {
  return { ...DEFAULT_CONFIG, servers: ensembleOf(voters, observers) };
}

/** Checks the lines in order, a millisecond apart. */
export function check(lines: string | readonly string[], config = ensemble(3)): Checker {
  const checker = createChecker(config);
  continueWith(checker, lines);
  return checker;
}

export function continueWith(checker: Checker, lines: string | readonly string[]): void {
  const all = (typeof lines === 'string' ? [lines] : lines).flatMap((part) => part.split('\n'));
  let at = checker.now;
  for (const line of all.map((one) => one.replace(/#.*/, '').trim())) {
    if (line === '') continue;
    at = (at + millisToMicros(1)) as Micros;
    const turn = parseTurn(line);
    if (turn.crash) checkCrash(checker, turn.sid, at);
    else if (turn.wipe) checkRuinedDisk(checker, turn.sid);
    else checkTurn(checker, turn.sid, at, turn.event, turn.effects);
  }
}

/** Each broken property with its sentence. */
export function broken(checker: Checker): Readonly<Record<string, string>> {
  const views = propertyViews(checker).filter((view) => !view.holds);
  return Object.fromEntries(views.map((view) => [view.name, view.why ?? '']));
}

export function parseTurn(line: string): Turn {
  const [who, steps] = split(line, ':');
  const turn: Turn = {
    sid: Number(who) as Sid,
    event: null,
    crash: false,
    wipe: false,
    effects: [],
  };
  for (const step of steps.split(';')) parseStep(turn, step.trim());
  return turn;
}

function parseStep(turn: Turn, step: string): void {
  const [verb, rest] = split(step, ' ');
  const words = rest.split(/\s+/).filter((word) => word !== '');
  const [first = '', second = ''] = words;
  if (verb === 'crash') turn.crash = true;
  else if (verb === 'wipe') turn.wipe = true;
  else if (verb === 'exit') turn.effects.push({ kind: 'exit', code: 12, reason: 'a test' });
  else if (verb === 'got') {
    turn.event = { kind: 'packet', conn: CONN, message: parsePacket(first, words) };
  } else if (verb === 'vote') {
    turn.effects.push({ kind: 'send', conn: CONN, message: vote(turn.sid, first, second, words) });
  } else if (verb === 'send') {
    turn.effects.push({ kind: 'send', conn: CONN, message: parsePacket(first, words) });
  } else if (verb === 'tree' || verb === 'started' || verb === 'would') {
    turn.effects.push({ kind: 'look', look: parseLook(verb, words) });
  } else turn.effects.push({ kind: 'note', note: parseNote(verb, words, first, second, turn.sid) });
}

function parseLook(verb: 'tree' | 'started' | 'would', words: readonly string[]): Look {
  const [acls = 0, children = 0, sessions = 0, ephemerals = 0] = (words.at(-1) ?? '')
    .split(',')
    .map(Number);
  const print = { acls, children, sessions, ephemerals };
  const word = words[0] ?? '';
  if (verb === 'started') return { what: 'started', print, fuzzy: false };
  const zxid = zxidOf(word);
  if (verb === 'tree') return { what: 'tree', zxid, print };
  const [digestHigh, digestLow] = halves(treeOf(words) ?? digestOf(word));
  const id = idOf(word);
  return { what: 'recovery', zxid, id, digestHigh, digestLow, print, fuzzy: false };
}

function vote(sid: Sid, leader: string, zxid: string, words: readonly string[]): Notification {
  return {
    kind: 'notification',
    state: 'LOOKING',
    sid,
    leader: Number(leader) as Sid,
    zxid: zxidOf(zxid),
    config: '',
    peerEpoch: Number(words[2]),
    electionEpoch: Number(words[3]),
  };
}

function parseNote(
  verb: string,
  words: readonly string[],
  first: string,
  second: string,
  self: Sid,
): Note {
  switch (verb) {
    case 'boot':
      return recovered('boot', words);
    case 'trunc':
      return recovered('TRUNC', words);
    case 'snap':
      return recovered('SNAP', [`base=${first}`, ...words.slice(1)]);
    case 'looking':
      return state('LOOKING', null, 'election', words);
    case 'leading':
      return state('LEADING', self, first, words);
    case 'following':
      return state('FOLLOWING', Number(first) as Sid, second, words);
    case 'observing':
      return state('OBSERVING', Number(first) as Sid, second, words);
    case 'established':
      return { note: 'established', epoch: Number(first) };
    case 'accepted':
      return { note: 'epoch', file: 'acceptedEpoch', epoch: Number(first) };
    case 'current':
      return { note: 'epoch', file: 'currentEpoch', epoch: Number(first) };
    case 'log':
      return { note: 'logged', zxid: zxidOf(first), id: idOf(first) };
    case 'sync':
      return { note: 'synced', zxid: zxidOf(first) };
    case 'propose':
      return { note: 'proposed', zxid: zxidOf(first), id: idOf(first) };
    case 'commit':
      return {
        note: 'committed',
        zxid: zxidOf(first),
        acks: (words[2] ?? '').split(',').map((sid) => Number(sid) as Sid),
      };
    case 'apply': {
      const [digestHigh, digestLow] = halves(treeOf(words) ?? digestOf(first));
      return { note: 'applied', zxid: zxidOf(first), id: idOf(first), digestHigh, digestLow };
    }
    case 'synchronized': {
      const zxid = zxidOf(first);
      return { note: 'synchronized', epoch: Number(zxid >> 32n), zxid };
    }
    case 'config':
      return { note: 'config', version: zxidOf(first), text: configText(first, second) };
    case 'claim':
      return { note: 'violation', property: first, fact: words.slice(1).join(' ') };
    default:
      throw new Error(`no such step: ${verb}`);
  }
}

function recovered(cause: 'boot' | 'TRUNC' | 'SNAP', words: readonly string[]): Note {
  const option = (name: string): string | undefined =>
    words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
  const history = words.filter((word) => !word.includes('='));
  const base = option('base') ?? '0.0';
  const last = option('at') ?? history.at(-1) ?? base;
  const lastEpoch = last.split('.')[0] ?? '0';
  const [accepted, current] = (option('epochs') ?? `${lastEpoch}/${lastEpoch}`).split('/');
  return {
    note: 'recovered',
    cause,
    base: zxidOf(base),
    history: history.map((word) => [zxidOf(word), idOf(word)] as const),
    acceptedEpoch: Number(accepted),
    currentEpoch: Number(current),
    lastProcessed: zxidOf(last),
    digest: option('tree') ?? digestOf(last),
  };
}

/** The epoch is the last word. */
function state(
  serverState: ServerState,
  leader: Sid | null,
  zabState: string,
  words: readonly string[],
): Note {
  return {
    note: 'state',
    state: serverState,
    zabState: zabState as ZabState,
    syncMode: 'NONE',
    epoch: Number(words.at(-1) ?? 0),
    leader,
  };
}

function parsePacket(type: string, words: readonly string[]): QuorumPacket {
  const zxid = zxidOf(words[1] ?? '0.0');
  switch (type) {
    case 'ACKEPOCH':
      return { type, zxid, currentEpoch: words[2] === 'uncounted' ? -1 : Number(zxid >> 32n) };
    case 'PROPOSAL':
    case 'INFORM': {
      const header = { clientId: 0x1000abcn as SessionId, cxid: 1, zxid, time: 0 as Millis };
      return { type, zxid, record: { header, txn: { type: 'delete', path: '/a' }, digest: null } };
    }
    case 'ACK':
    case 'COMMIT':
    case 'LEADERINFO':
    case 'DIFF':
    case 'TRUNC':
    case 'SNAP':
      return { type, zxid };
    case 'FOLLOWERINFO':
      return { type, zxid, sid: 1 as Sid, configVersion: zxidOf('0.0') };
    case 'NEWLEADER':
      return { type, zxid, config: '' };
    default:
      throw new Error(`no such packet: ${type}`);
  }
}

function configText(version: string, voters: string): string {
  const lines = voters.split(',').map((sid) => `server.${sid}=host:1:2:participant;3`);
  return [...lines, `version=${zxidOf(version).toString(16)}`].join('\n');
}

function zxidOf(word: string): Zxid {
  const [epoch = '', counter = ''] = word.replace("'", '').split('.');
  return makeZxid(Number(epoch), Number(counter));
}

function idOf(word: string): number {
  const zxid = zxidOf(word);
  if (zxid === 0n) return 0;
  return Number(zxid >> 32n) * 1000 + Number(zxid & 0xffffn) + (word.endsWith("'") ? PRIME : 0);
}

/** The digest of a tree that went through all that is right up to this zxid. */
function digestOf(word: string): string {
  return (0xfeed_0000_0000n + BigInt(idOf(word))).toString(16);
}

function treeOf(words: readonly string[]): string | undefined {
  return words.find((word) => word.startsWith('tree='))?.slice('tree='.length);
}

function halves(digits: string): readonly [number, number] {
  const digest = BigInt(`0x${digits}`);
  return [Number(digest >> 32n), Number(digest & 0xffff_ffffn)];
}

/** At the first occurrence only. */
function split(words: string, at: string): readonly [string, string] {
  const index = words.indexOf(at);
  return index === -1 ? [words, ''] : [words.slice(0, index), words.slice(index + 1)];
}
