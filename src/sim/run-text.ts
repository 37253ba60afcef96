/**
 * The text of a run record, as a link or a file carries it: JSON, in which numbers of 64 bits are
 * digits and bytes are base64, and settings that are as by default are left out.
 *
 * Whoever opens a link has not written it. So the reader trusts nothing: it builds the record field
 * by field, each within its bounds, and refuses the rest with a sentence for a person.
 */
import type { DataFile } from '../core/txn-log/file-report.ts';
import type { TimedAction, RunRecord } from './actions.ts';
import type { Micros } from '../core/units.ts';
import type { Beginning, MemberFiles } from './beginning.ts';
import type { Moment } from './chronicle/model.ts';
import { LIVENESS } from './check/liveness/properties.ts';
import { PROPERTIES } from './check/properties.ts';
import type { MinimiseAim } from './explore/minimise-io.ts';
import { readAction, sid, TIME_MAX } from './run-text/read-action.ts';
import { changesOf, readWorld } from './run-text/read-world.ts';
import {
  bytes,
  flag,
  list,
  nullOr,
  object,
  oneMatching,
  oneOf,
  refuse,
  RunTextError,
  whole,
  words,
  type Reader,
} from './run-text/readers.ts';

export { RunTextError } from './run-text/readers.ts';

/** Characters. */
const TEXT_MAX = 8_000_000;
const ACTIONS_MAX = 50_000;

/** A run as it is passed on. */
export interface SharedRun {
  readonly record: RunRecord;
  /** What it is passed on for, where it breaks something; null where nothing is known of that. */
  readonly breaks: MinimiseAim | null;
  /** How its giver saw it. */
  readonly sight?: Sight;
}

export interface Sight {
  /** Of the playground: another one may play the same record another way. */
  readonly build: string;
  /** Null: the run is to be played from its beginning. */
  readonly moment: Moment | null;
  /** The panes, as the page writes them down; it reads them with a reader of its own. */
  readonly layout: string | null;
}

export function recordToText(record: RunRecord): string {
  return sharedToText({ record, breaks: null });
}

export function sharedToText({ record, breaks, sight }: SharedRun): string {
  const { version, world, actions, until, beginning } = record;
  const small = {
    version,
    world: { ...world, ensemble: changesOf(world.ensemble) },
    actions,
    until,
    ...(beginning === undefined ? {} : { beginning }),
    ...(breaks === null ? {} : { breaks }),
    ...(sight === undefined ? {} : { sight }),
  };
  return valueToText(small);
}

/** Numbers of 64 bits as digits, bytes as base64: as the readers take them. */
export function valueToText(whole: unknown): string {
  return JSON.stringify(whole, (_, value: unknown) => {
    if (typeof value === 'bigint') return String(value);
    return value instanceof Uint8Array ? toBase64(value) : value;
  });
}

/** @throws RunTextError */
export function recordFromText(text: string): RunRecord {
  return sharedFromText(text).record;
}

/** @throws RunTextError */
export function sharedFromText(text: string): SharedRun {
  if (text.length > TEXT_MAX) refuse('it', `is longer than ${String(TEXT_MAX)} characters`);
  return readShared(parse(text), 'it');
}

/** Of an ensemble that has gone on from visit to visit: a run of it lasts no longer than others. */
const clock = whole<Micros>(0, 1_000 * TIME_MAX);

const timed = object<TimedAction>({ at: clock, action: readAction });

const aim = object<MinimiseAim>({
  name: oneOf(...[...PROPERTIES, ...LIVENESS].map(({ name }) => name)),
  settles: flag,
});

const COUNT_MAX = Number.MAX_SAFE_INTEGER;

const moment = object<Moment>({
  events: whole(0, COUNT_MAX),
  // Frames of the present know of no action that is still to come.
  actions: whole(0, COUNT_MAX),
  at: clock,
});

const readSight = object<Sight>({
  build: words(64),
  moment: nullOr(moment),
  layout: nullOr(words(20_000)),
});

/** So many lives have names of their own for their connections. */
const INCARNATION_MAX = 60_000;

/** Of a member: the page's own keep three snapshots, and the logs that go on from them. */
const FILES_MAX = 1_000;

/** A file of a data directory; what is in it is read with ZooKeeper's own checks. */
const dataFile = object<DataFile>({
  name: oneMatching(/^(log|snapshot)\.[0-9a-f]{1,16}$|^(accepted|current)Epoch(\.tmp)?$/),
  bytes: bytes(TEXT_MAX),
});

const memberFiles = object<MemberFiles>(
  {
    sid,
    files: list(dataFile, FILES_MAX),
    dynamicConfig: nullOr(words(100_000)),
    nextConfig: words(100_000),
  },
  ['nextConfig'],
);

const readBeginning = object<Beginning>({
  clock,
  incarnation: whole(0, INCARNATION_MAX),
  disks: list(memberFiles, 32),
});

const fields = object<RunRecord & { readonly breaks?: MinimiseAim; readonly sight?: Sight }>(
  {
    version: whole<1>(1, 1),
    world: readWorld,
    actions: list(timed, ACTIONS_MAX),
    until: clock,
    beginning: readBeginning,
    breaks: aim,
    sight: readSight,
  },
  ['beginning', 'breaks', 'sight'],
);

const readShared: Reader<SharedRun> = (value, where) => {
  const { breaks = null, sight, ...record } = fields(value, where);
  let last = record.beginning?.clock ?? 0;
  record.actions.forEach(({ at }, index) => {
    if (at < last) refuse(`${where}.actions[${String(index)}]`, 'is before the one before it');
    last = at;
  });
  if (record.until < last) refuse(`${where}.until`, 'is before the last action');
  if (record.until - (record.beginning?.clock ?? 0) > TIME_MAX) {
    refuse(`${where}.until`, 'is more than a day behind its beginning');
  }
  return { record, breaks, ...(sight === undefined ? {} : { sight }) };
};

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RunTextError('it is not written as one');
  }
}

/** In pieces: a call takes only so many arguments. */
function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(binary);
}
