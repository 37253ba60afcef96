/** What a program finds around it, by name. The same in its worker and in tests. */
import { draw, Purpose } from '../../core/chance.ts';
import { microsToMillis } from '../../core/units.ts';
import type { Engine } from './engine.ts';
import type { ProgramSettings } from './report.ts';
import { watch, ZooKeeper, type ConnectOptions, type Watch } from './zookeeper.ts';

/** In the order in which a program's function takes them. */
export const PROGRAM_NAMES = [
  'connect',
  'sleep',
  'now',
  'log',
  'watch',
  'me',
  'console',
  'Math',
  'Date',
] as const;

/** The function that is made of a program's text. */
export type ProgramFunction = (...api: readonly unknown[]) => Promise<unknown>;

export interface ProgramApi {
  connect(options?: ConnectOptions): Promise<ZooKeeper>;
  /** Of virtual time, in milliseconds. */
  sleep(millis: number): Promise<void>;
  /** Virtual milliseconds since the run began. */
  now(): number;
  log(...values: readonly unknown[]): void;
  watch(): Watch;
  readonly me: { readonly number: number; readonly of: number };
  readonly console: Readonly<Record<'log' | 'info' | 'warn' | 'error', ProgramApi['log']>>;
  readonly Math: Math;
  readonly Date: DateConstructor;
}

export function programApi(engine: Engine, settings: ProgramSettings): ProgramApi {
  const { number, of, startTime } = settings;
  const log = (...values: readonly unknown[]): void => engine.log(values);
  const now = (): number => engine.now / 1000;
  return {
    connect: (options) => new ZooKeeper(engine, options).connected(),
    sleep: (millis) => engine.sleep(millis),
    now,
    log,
    watch: () => watch(engine),
    me: Object.freeze({ number, of }),
    console: { log, info: log, warn: log, error: log },
    Math: drawnMath(settings),
    Date: virtualDate(() => startTime + microsToMillis(engine.now)),
  };
}

/** Runs a program as a function of what it finds around it. */
export function runProgram(
  program: ProgramFunction,
  engine: Engine,
  settings: ProgramSettings,
): Promise<unknown> {
  const api = programApi(engine, settings);
  return program(...PROGRAM_NAMES.map((name) => api[name]));
}

/** Chance comes from the run's seed, so a run is the same every time. */
function drawnMath({ id, seed }: ProgramSettings): Math {
  const math = Object.create(null) as Math;
  Object.defineProperties(math, Object.getOwnPropertyDescriptors(Math));
  let drawn = 0;
  const random = (): number => draw(seed, Purpose.program, id, drawn++) / 2 ** 32;
  return Object.defineProperty(math, 'random', { value: random });
}

/** Nobody finds it by its name any more when a program begins. */
const WallDate = Date;

/** The clock of the run. */
function virtualDate(now: () => number): DateConstructor {
  return new Proxy(WallDate, {
    apply: () => new WallDate(now()).toString(),
    construct: (target, [first, ...more]: unknown[], newTarget) => {
      const fields = first === undefined && more.length === 0 ? [now()] : [first, ...more];
      return Reflect.construct(target, fields, newTarget) as Date;
    },
    get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
  });
}
