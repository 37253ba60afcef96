/** Actions in the text of a run. */
import type { ConnId, Micros, Millis, ProcessId, Sid } from '../../core/units.ts';
import type { Action, DiskFaults, LatencyRange } from '../actions.ts';
import { CLIENT_ID_MIN, MIN_LATENCY } from '../actions.ts';
import {
  flag,
  fraction,
  list,
  nullOr,
  object,
  oneOf,
  refuse,
  variant,
  whole,
  words,
  type Reader,
} from './readers.ts';
import { readRequest, TEXT_MAX } from './read-request.ts';

/** A day of virtual time, in microseconds. */
export const TIME_MAX = 86_400_000_000;
const SID_MAX = 254;
const PROCESS_ID_MAX = 65_535;
const NAME_MAX = 100;
const HOUR_MS = 3_600_000;

export const sid = whole<Sid>(1, SID_MAX);
export const micros = whole<Micros>(0, TIME_MAX);
const process = whole<ProcessId>(1, PROCESS_ID_MAX);
const client = whole<ProcessId>(CLIENT_ID_MIN, PROCESS_ID_MAX);
const conn = whole<ConnId>(0, Number.MAX_SAFE_INTEGER);
const index = whole(0, Number.MAX_SAFE_INTEGER);

const rangeFields = object<LatencyRange>({
  min: whole<Micros>(MIN_LATENCY, TIME_MAX),
  max: whole<Micros>(MIN_LATENCY, TIME_MAX),
});

export const range: Reader<LatencyRange> = (value, where) => {
  const read = rangeFields(value, where);
  return read.max >= read.min ? read : refuse(where, 'has its largest latency below its least');
};

const faults = object<DiskFaults>({ slowness: fraction(0.001, 1e6), lying: flag, full: flag });

type ActionOf<Kind extends Action['kind']> = Extract<Action, { readonly kind: Kind }>;

/** The kind as it stands: `variant` has found the reader by it. */
function kind<T extends string>(): Reader<T> {
  return (value) => value as T;
}

const link = { from: process, to: process, bothWays: flag };

const table: Readonly<Record<Action['kind'], Reader<Action>>> = {
  crash: object<ActionOf<'crash'>>({
    kind: kind(),
    sid,
    tail: oneOf('chance', 'lost', 'kept', 'torn'),
    silent: flag,
  }),
  restart: object<ActionOf<'restart'>>({ kind: kind(), sid }),
  pause: object<ActionOf<'pause'>>({ kind: kind(), process }),
  resume: object<ActionOf<'resume'>>({ kind: kind(), process }),
  cut: object<ActionOf<'cut'>>({ kind: kind(), ...link }),
  heal: object<ActionOf<'heal'>>({ kind: kind(), ...link }),
  partition: object<ActionOf<'partition'>>({ kind: kind(), group: list(process, SID_MAX) }),
  healAll: object<ActionOf<'healAll'>>({ kind: kind() }),
  latency: object<ActionOf<'latency'>>({
    kind: kind(),
    from: process,
    to: process,
    latency: nullOr(range),
  }),
  disk: object<ActionOf<'disk'>>({ kind: kind(), sid, faults }),
  wipe: object<ActionOf<'wipe'>>({ kind: kind(), sid }),
  damage: object<ActionOf<'damage'>>({
    kind: kind(),
    sid,
    what: oneOf('logMiddle', 'logTail', 'snapshot'),
  }),
  skew: object<ActionOf<'skew'>>({
    kind: kind(),
    process,
    skew: whole<Micros>(-TIME_MAX, TIME_MAX),
  }),
  addClient: object<ActionOf<'addClient'>>(
    {
      kind: kind(),
      process: client,
      name: words(NAME_MAX),
      servers: list(sid, SID_MAX),
      sessionTimeout: whole<Millis>(0, HOUR_MS),
      console: flag,
      readOnly: flag,
      adopts: client,
    },
    ['readOnly', 'adopts'],
  ),
  killClient: object<ActionOf<'killClient'>>({ kind: kind(), process: client }),
  line: object<ActionOf<'line'>>({ kind: kind(), process: client, line: words(TEXT_MAX) }),
  submit: object<ActionOf<'submit'>>({
    kind: kind(),
    process: client,
    tag: whole(0, Number.MAX_SAFE_INTEGER),
    request: readRequest,
  }),
  hold: object<ActionOf<'hold'>>({ kind: kind(), conn, from: process, index }),
  release: object<ActionOf<'release'>>({ kind: kind(), conn, from: process, index }),
  delay: object<ActionOf<'delay'>>({
    kind: kind(),
    conn,
    from: process,
    index,
    by: whole<Micros>(1, TIME_MAX),
  }),
  breakConnection: object<ActionOf<'breakConnection'>>({ kind: kind(), conn }),
  drop: object<ActionOf<'drop'>>({ kind: kind(), conn, from: process, index }),
  overtake: object<ActionOf<'overtake'>>({ kind: kind(), conn, from: process, index }),
};

export const readAction: Reader<Action> = variant<Action>('kind', table);
