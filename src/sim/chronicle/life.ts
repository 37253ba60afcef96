/** For how long each process was what, and each fault lasted. */
import type { Micros, ProcessId } from '../../core/units.ts';
import type { LocalRun, Seen } from '../local.ts';
import type { Process, World } from '../world.ts';
import type { FaultSpan, LifeSpan } from './model.ts';

/** What a running server is. */
type Being = Pick<LifeSpan, 'state' | 'zabState' | 'syncMode' | 'epoch'>;

const NOBODY: Being = { state: null, zabState: null, syncMode: null, epoch: null };

export interface Life {
  readonly spans: LifeSpan[];
  readonly faults: FaultSpan[];
  /** The places of the open ones, by process, and by what the fault is of. */
  readonly openSpans: Map<ProcessId, number>;
  readonly openFaults: Map<string, number>;
  readonly beings: Map<ProcessId, Being>;
}

/** The most spans of each kind that are kept: the oldest go first, a quarter at a time. */
export const SPANS_MAX = 20_000;

export function createLife(): Life {
  return {
    spans: [],
    faults: [],
    openSpans: new Map(),
    openFaults: new Map(),
    beings: new Map(),
  };
}

/** What is so at the moment of the run, all between two moments: after an action, or at a fork. */
export function lookAround(life: Life, run: LocalRun): void {
  const { world } = run;
  for (const process of world.processes) {
    if (process.kind === 'server') life.beings.set(process.id, beingOf(run, process));
    spanOf(life, process, world.now);
  }
  lookAtFaults(life, world, world.now);
}

function beingOf(run: LocalRun, { id }: Process): Being {
  const host = run.hosts.get(id);
  if (host?.kind !== 'member' || host.ended) return NOBODY;
  const { state, zabState, syncMode, currentEpoch: epoch } = host.server;
  return { state, zabState, syncMode, epoch };
}

/** What a turn made of its process. */
export function noteTurn(life: Life, { process, turn }: Seen, world: World): void {
  let being = life.beings.get(process.id) ?? NOBODY;
  const before = being;
  for (const effect of turn.effects) {
    if (effect.kind === 'exit') {
      spanOf(life, process, turn.at);
      lookAtFaults(life, world, turn.at);
      return;
    }
    if (effect.kind !== 'note') continue;
    const { note } = effect;
    if (note.note === 'state') {
      const { state, zabState, syncMode } = note;
      being = { ...being, state, zabState, syncMode };
    } else if (note.note === 'recovered') {
      being = { ...being, epoch: note.currentEpoch };
    } else if (note.note === 'epoch' && note.file === 'currentEpoch') {
      being = { ...being, epoch: note.epoch };
    }
  }
  if (being === before) return;
  life.beings.set(process.id, being);
  spanOf(life, process, turn.at);
}

function spanOf(life: Life, process: Process, at: Micros): void {
  const { id, status } = process;
  const being = status === 'down' ? NOBODY : (life.beings.get(id) ?? NOBODY);
  const span: LifeSpan = { process: id, from: at, to: null, status, ...being };
  const place = life.openSpans.get(id);
  const open = place === undefined ? undefined : life.spans[place];
  if (open !== undefined && isSame(open, span)) return;
  if (place !== undefined && open !== undefined) {
    if (open.from === at) {
      // It was that for no time at all.
      life.spans[place] = span;
      return;
    }
    life.spans[place] = { ...open, to: at };
  }
  life.openSpans.set(id, life.spans.length);
  life.spans.push(span);
  trim(life.spans, life.openSpans);
}

function isSame(a: LifeSpan, b: LifeSpan): boolean {
  return (
    a.status === b.status &&
    a.state === b.state &&
    a.zabState === b.zabState &&
    a.syncMode === b.syncMode &&
    a.epoch === b.epoch
  );
}

type Fault = Pick<FaultSpan, 'kind' | 'processes' | 'detail'>;

function lookAtFaults(life: Life, world: World, at: Micros): void {
  const { faults, openFaults } = life;
  const present = faultsOf(world);
  for (const [key, place] of openFaults) {
    const span = faults[place];
    const fault = present.get(key);
    if (span === undefined || fault?.detail === span.detail) continue;
    openFaults.delete(key);
    faults[place] = { ...span, to: at };
  }
  for (const [key, fault] of present) {
    if (openFaults.has(key)) continue;
    openFaults.set(key, faults.length);
    faults.push({ ...fault, from: at, to: null });
  }
  trim(faults, openFaults);
}

function faultsOf(world: World): Map<string, Fault> {
  const found = new Map<string, Fault>();
  const add = (kind: Fault['kind'], processes: readonly ProcessId[], detail: string): void => {
    found.set(`${kind} ${processes.join(' ')}`, { kind, processes, detail });
  };
  for (const { id, status, reason, silent, faults, skew } of world.processes) {
    if (status === 'down') add('down', [id], silent ? 'without power' : (reason ?? ''));
    if (status === 'paused') add('paused', [id], '');
    const { slowness, lying, full } = faults;
    const words = [
      ...(slowness === 1 ? [] : [`${String(slowness)} times slower`]),
      ...(lying ? ['lying'] : []),
      ...(full ? ['full'] : []),
    ];
    if (words.length > 0) add('disk', [id], words.join(', '));
    if (skew !== 0) add('skew', [id], `${skew > 0 ? '+' : '−'}${String(Math.abs(skew) / 1e6)} s`);
  }
  for (const { from, to, cut, latency } of world.links.byKey.values()) {
    if (cut) add('cut', [from, to], '');
    if (latency === null) continue;
    const range = [latency.min, latency.max].map((micros) => String(micros / 1000));
    add('latency', [from, to], `${[...new Set(range)].join('–')} ms`);
  }
  return found;
}

/** What was so up to the moment at which a branch leaves; what lasts then is open again. */
export function lifeUntil(life: Life, at: Micros): Life {
  const cut = createLife();
  const reopen = <T extends { from: Micros; to: Micros | null }>(span: T): T =>
    span.to !== null && span.to > at ? { ...span, to: null } : span;
  for (const span of life.spans) {
    if (span.from > at) continue;
    const kept = reopen(span);
    if (kept.to === null) cut.openSpans.set(kept.process, cut.spans.length);
    cut.spans.push(kept);
  }
  for (const span of life.faults) {
    if (span.from > at) continue;
    const kept = reopen(span);
    const key = `${kept.kind} ${kept.processes.join(' ')}`;
    if (kept.to === null) cut.openFaults.set(key, cut.faults.length);
    cut.faults.push(kept);
  }
  return cut;
}

/** Forgets old spans that are closed; the places of the open ones move. */
function trim<K>(spans: { to: Micros | null }[], open: Map<K, number>): void {
  if (spans.length <= SPANS_MAX) return;
  const drop = Math.floor(SPANS_MAX / 4);
  const moved = new Map<number, number>();
  let kept = 0;
  for (let index = 0; index < spans.length; index++) {
    const span = spans[index];
    if (span === undefined || (index < drop && span.to !== null)) continue;
    moved.set(index, kept);
    spans[kept++] = span;
  }
  spans.length = kept;
  for (const [key, place] of open) open.set(key, moved.get(place) ?? 0);
}
