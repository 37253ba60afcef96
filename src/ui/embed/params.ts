/**
 * What a request from the page around carries. It comes from anywhere, so nothing of it is trusted:
 * each reader builds the value anew, within bounds, or refuses it with a sentence.
 */
import type { ProcessId } from '../../core/units.ts';
import { micros, readAction, sid } from '../../sim/run-text/read-action.ts';
import {
  asObject,
  flag,
  nullOr,
  object,
  oneOf,
  refuse,
  variant,
  whole,
  words,
  type Reader,
} from '../../sim/run-text/readers.ts';
import type { Action } from '../../sim/actions.ts';
import type { Goal, StepKind } from '../../worker/api.ts';
import { languageOf, SPEED_MAX, SPEED_MIN } from './settings.ts';

const PATH_MAX = 4096;
const TYPE_MAX = 64;
const PROCESS_MAX = 65_535;

type GoalOf<Kind extends Goal['kind']> = Extract<Goal, { readonly kind: Kind }>;

/** The kind as it stands: `variant` has found the reader by it. */
const kind =
  <T extends string>(): Reader<T> =>
  (value) =>
    value as T;

const path: Reader<string> = (value, where) => {
  const read = words(PATH_MAX)(value, where);
  return read.startsWith('/') ? read : refuse(where, 'does not begin with /');
};

const goals: Readonly<Record<Goal['kind'], Reader<Goal>>> = {
  serves: object<GoalOf<'serves'>>({ kind: kind() }),
  leaderless: object<GoalOf<'leaderless'>>({ kind: kind() }),
  violated: object<GoalOf<'violated'>>({ kind: kind() }),
  znode: object<GoalOf<'znode'>>({ kind: kind(), path, exists: flag }),
  expires: object<GoalOf<'expires'>>({
    kind: kind(),
    process: nullOr(whole<ProcessId>(1, PROCESS_MAX)),
  }),
  packet: object<GoalOf<'packet'>>({ kind: kind(), type: words(TYPE_MAX) }),
  role: object<GoalOf<'role'>>({
    kind: kind(),
    sid,
    state: oneOf('LOOKING', 'FOLLOWING', 'LEADING', 'OBSERVING'),
  }),
  moment: object<GoalOf<'moment'>>({ kind: kind(), at: micros }),
};

const step = object<{ readonly kind: StepKind }>({
  kind: oneOf('event', 'packet', 'interesting', 'phase'),
});
const until = object<{ readonly goal: Goal }>({ goal: variant<Goal>('kind', goals) });
const deed = object<{ readonly action: Action }>({ action: readAction });

/** @throws RunTextError, as all of these do. */
export const readStep = (params: unknown): StepKind =>
  params === null || params === undefined ? 'interesting' : step(params, 'params').kind;

export const readGoal = (params: unknown): Goal => until(params, 'params').goal;

export const readDeed = (params: unknown): Action => deed(params, 'params').action;

/** What can be changed while the frame is there; what is not named stays. */
export interface Changes {
  readonly theme?: 'light' | 'dark';
  readonly lang?: 'en' | 'zh-CN';
  readonly speed?: number;
}

const speed: Reader<number> = (value, where) => {
  if (value === null) return Infinity;
  if (typeof value === 'number' && value >= SPEED_MIN && value <= SPEED_MAX) return value;
  return refuse(where, `is not between ${String(SPEED_MIN)} and ${String(SPEED_MAX)}, nor null`);
};

const lang: Reader<'en' | 'zh-CN'> = (value, where) =>
  (typeof value === 'string' ? languageOf(value) : null) ?? refuse(where, 'is neither en nor zh');

const changes = object<Changes>({ theme: oneOf('light', 'dark'), lang, speed }, [
  'theme',
  'lang',
  'speed',
]);

export const readChanges = (params: unknown): Changes =>
  changes(asObject(params, 'params'), 'params');
