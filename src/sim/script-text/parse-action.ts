/** Actions: what a line does. */
import type { ConnId, Micros, Millis, ProcessId, Sid } from '../../core/units.ts';
import {
  CLIENT_ID_MIN,
  HEALTHY_DISK,
  MIN_LATENCY,
  type Action,
  type DiskFaults,
  type LatencyRange,
} from '../actions.ts';
import type { PacketVerb, ScriptDeed, Wanted } from './model.ts';
import { idForNew, type Names } from './names.ts';
import { client, list, packet, process, server } from './parse-refs.ts';
import { request } from './requests.ts';
import {
  expectWord,
  fail,
  next,
  outOfRange,
  peek,
  took,
  whole,
  word,
  wordOf,
  type Scanner,
} from './scan.ts';
import { readTime, time, TIME_MAX } from './times.ts';

/** The first words of actions, for completion and for near misses. */
export const ACTION_WORDS = [
  'crash',
  'restart',
  'pause',
  'resume',
  'cut',
  'heal',
  'partition',
  'latency',
  'disk',
  'wipe',
  'damage',
  'skew',
  'new',
  'kill',
  'expire',
  'hold',
  'release',
  'delay',
  'drop',
  'overtake',
  'break',
  'client',
] as const;

type Verb = (typeof ACTION_WORDS)[number];

const SESSION_TIMEOUT = 10_000 as Millis;
const HOUR_MS = 3_600_000;
const ID_MAX = 65_535;
const SLOWNESS_MIN = 0.001;
const SLOWNESS_MAX = 1e6;

/** `expire` stands for several steps, which only the reader of lines can make. */
export type Said =
  | { readonly kind: 'deed'; readonly deed: ScriptDeed }
  | { readonly kind: 'expire'; readonly process: ProcessId };

const act = (action: Action): Said => ({ kind: 'deed', deed: { kind: 'act', action } });

export function action(scanner: Scanner, names: Names): Said {
  const start = scanner.at;
  const token = next(scanner);
  const verb = token.kind === 'word' ? ACTION_WORDS.find((one) => one === token.text) : undefined;
  const after = peek(scanner).text;
  const speaks = after === ':' || after === 'types' || after === 'asks';
  if (verb === 'client' || (speaks && token.kind === 'word')) {
    if (verb !== 'client') scanner.at = start;
    return ofClient(scanner, names);
  }
  if (verb === undefined) return fail(token, 'action', ACTION_WORDS);
  return done(scanner, names, verb);
}

function done(scanner: Scanner, names: Names, verb: Exclude<Verb, 'client'>): Said {
  switch (verb) {
    case 'crash':
      return act(crash(scanner));
    case 'restart':
    case 'wipe':
      return act({ kind: verb, sid: server(scanner) });
    case 'pause':
    case 'resume':
      return act({ kind: verb, process: process(scanner, names) });
    case 'cut':
      return act({ kind: 'cut', ...link(scanner, names) });
    case 'heal': {
      const isAll = peek(scanner).kind === 'end' || took(scanner, 'all');
      return act(isAll ? { kind: 'healAll' } : { kind: 'heal', ...link(scanner, names) });
    }
    case 'partition':
      return act(partition(scanner, names));
    case 'latency': {
      const { from, to } = link(scanner, names, true);
      return act({ kind: 'latency', from, to, latency: latency(scanner) });
    }
    case 'disk': {
      const sid = server(scanner);
      return act({ kind: 'disk', sid, faults: faults(scanner) });
    }
    case 'damage':
      return act(damage(scanner));
    case 'skew': {
      const id = process(scanner, names);
      return act({ kind: 'skew', process: id, skew: time(scanner, -TIME_MAX) });
    }
    case 'new':
      return act(newClient(scanner, names));
    case 'kill':
      return act({ kind: 'killClient', process: client(scanner, names) });
    case 'expire':
      return { kind: 'expire', process: client(scanner, names) };
    case 'break':
      expectWord(scanner, 'connection');
      return act({ kind: 'breakConnection', conn: safe(scanner) as ConnId });
    default:
      return { kind: 'deed', deed: toPacket(scanner, names, verb) };
  }
}

function crash(scanner: Scanner): Action {
  const sid = server(scanner);
  const silent = took(scanner, 'silent');
  if (!took(scanner, 'tail')) return { kind: 'crash', sid, tail: 'chance', silent };
  expectMark(scanner, '=');
  return { kind: 'crash', sid, tail: wordOf(scanner, 'chance', 'lost', 'kept', 'torn'), silent };
}

function expectMark(scanner: Scanner, mark: string): void {
  if (!took(scanner, mark)) fail(peek(scanner), { word: mark });
}

interface LinkRef {
  readonly from: ProcessId;
  readonly to: ProcessId;
  readonly bothWays: boolean;
}

function link(scanner: Scanner, names: Names, oneWay = false): LinkRef {
  const from = process(scanner, names);
  const arrow = next(scanner);
  const bothWays = arrow.text === '<->' && !oneWay;
  if (!bothWays && arrow.text !== '->') {
    const what: Wanted = oneWay ? { word: '->' } : { oneOf: ['->', '<->'] };
    fail(arrow, what);
  }
  return { from, to: process(scanner, names), bothWays };
}

/** Who is not on the left is on the right, whether it says so or not. */
function partition(scanner: Scanner, names: Names): Action {
  if (took(scanner, 'nobody')) return { kind: 'partition', group: [] };
  const group = list(scanner, (s) => process(s, names));
  if (took(scanner, '|')) {
    list(scanner, (s) => {
      const token = peek(s);
      const id = process(s, names);
      if (group.includes(id)) fail(token, 'process');
    });
  }
  return { kind: 'partition', group };
}

function latency(scanner: Scanner): LatencyRange | null {
  if (took(scanner, 'usual')) return null;
  const token = word(scanner, 'time');
  const [least = '', most = least] = token.text.split('..');
  const [min, max] = [readTime(least), readTime(most)];
  if (min === null || max === null) return fail(token, 'time');
  if (min < MIN_LATENCY || max < min || max > TIME_MAX) outOfRange(token, '100us', '86400s');
  return { min: min as Micros, max: max as Micros };
}

function faults(scanner: Scanner): DiskFaults {
  if (took(scanner, 'healthy')) return HEALTHY_DISK;
  let found = HEALTHY_DISK;
  do {
    switch (wordOf(scanner, 'slow', 'lying', 'full', 'healthy')) {
      case 'slow':
        found = { ...found, slowness: slowness(scanner) };
        break;
      case 'lying':
        found = { ...found, lying: true };
        break;
      case 'full':
        found = { ...found, full: true };
        break;
      case 'healthy':
    }
  } while (peek(scanner).kind !== 'end');
  return found;
}

function slowness(scanner: Scanner): number {
  const token = word(scanner, 'number');
  if (!/^\d+(\.\d+)?(e-?\d+)?x?$/.test(token.text)) fail(token, 'number');
  const times = Number(token.text.replace(/x$/, ''));
  if (times < SLOWNESS_MIN || times > SLOWNESS_MAX) {
    outOfRange(token, `${String(SLOWNESS_MIN)}x`, `${String(SLOWNESS_MAX)}x`);
  }
  return times;
}

const DAMAGES = { 'log-middle': 'logMiddle', 'log-tail': 'logTail', snapshot: 'snapshot' } as const;

function damage(scanner: Scanner): Action {
  const sid = server(scanner);
  return {
    kind: 'damage',
    sid,
    what: DAMAGES[wordOf(scanner, 'log-middle', 'log-tail', 'snapshot')],
  };
}

function newClient(scanner: Scanner, names: Names): Action {
  expectWord(scanner, 'client');
  const token = next(scanner);
  if (token.kind !== 'word' && token.kind !== 'string') fail(token, 'client');
  const found: {
    servers: readonly Sid[];
    timeout: Millis;
    console: boolean;
    readOnly: boolean;
    adopts: ProcessId | null;
    id: ProcessId | null;
  } = {
    servers: [],
    timeout: SESSION_TIMEOUT,
    console: true,
    readOnly: false,
    adopts: null,
    id: null,
  };
  while (peek(scanner).kind !== 'end') {
    const option = wordOf(scanner, 'timeout', 'servers', 'noconsole', 'readonly', 'adopts', 'id');
    if (option === 'noconsole') found.console = false;
    else if (option === 'readonly') found.readOnly = true;
    else {
      expectMark(scanner, '=');
      if (option === 'timeout') found.timeout = timeout(scanner);
      if (option === 'servers') found.servers = list(scanner, server);
      if (option === 'adopts') found.adopts = client(scanner, names);
      if (option === 'id') found.id = whole(scanner, CLIENT_ID_MIN, ID_MAX) as ProcessId;
    }
  }
  const id = found.id ?? idForNew(names, token.text);
  names.set(token.text, id);
  return {
    kind: 'addClient',
    process: id,
    name: token.text,
    servers: found.servers,
    sessionTimeout: found.timeout,
    console: found.console,
    ...(found.readOnly ? { readOnly: true } : {}),
    ...(found.adopts === null ? {} : { adopts: found.adopts }),
  };
}

function timeout(scanner: Scanner): Millis {
  const token = peek(scanner);
  const micros = time(scanner, 0, HOUR_MS * 1000);
  return micros % 1000 === 0 ? ((micros / 1000) as Millis) : fail(token, 'time');
}

/** `A: create /a x`, `A types "…"`, `A asks 1 create /a "x"`. */
function ofClient(scanner: Scanner, names: Names): Said {
  const id = client(scanner, names);
  if (took(scanner, ':')) {
    const line = scanner.text.slice(scanner.at).trim();
    if (line === '') fail(peek(scanner), 'text');
    scanner.at = scanner.text.length;
    return act({ kind: 'line', process: id, line });
  }
  if (took(scanner, 'types')) {
    const token = next(scanner);
    if (token.kind !== 'string') fail(token, 'text');
    return act({ kind: 'line', process: id, line: token.text });
  }
  expectWord(scanner, 'asks');
  const tag = safe(scanner);
  return act({ kind: 'submit', process: id, tag, request: request(scanner) });
}

const safe = (scanner: Scanner): number => whole(scanner, 0, Number.MAX_SAFE_INTEGER);

/** A packet by its connection and number, or the first that fits. */
function toPacket(scanner: Scanner, names: Names, verb: PacketVerb): ScriptDeed {
  if (!took(scanner, 'connection')) {
    const match = packet(scanner, names);
    return { kind: 'packet', verb, match, by: verb === 'delay' ? by(scanner) : null };
  }
  const conn = safe(scanner) as ConnId;
  expectWord(scanner, 'packet');
  const index = safe(scanner);
  expectWord(scanner, 'from');
  const name = { conn, from: process(scanner, names), index };
  const action: Action =
    verb === 'delay' ? { kind: verb, ...name, by: by(scanner) } : { kind: verb, ...name };
  return { kind: 'act', action };
}

function by(scanner: Scanner): Micros {
  expectWord(scanner, 'by');
  return time(scanner, 1);
}
