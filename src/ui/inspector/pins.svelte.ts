/** What is pinned in the inspector, to be looked at beside what is selected. */
import type { Sid } from '../../core/units.ts';
import type { Frame } from '../../sim/frame.ts';
import type { Playground } from '../state/playground.svelte.ts';
import type { Selection } from '../state/selection.ts';

export interface Pin {
  readonly selection: Selection;
  /** The picture in which it was pinned. */
  readonly frame: Frame;
  /** Whose tree that was: a znode is one of one server. */
  readonly sid: Sid | null;
}

/** One side of a comparison: a thing, in a picture. */
export interface Side {
  readonly selection: Selection;
  readonly frame: Frame;
  /** Whose tree a znode is looked up in. */
  readonly sid: Sid | null;
}

export class Pins {
  pin: Pin | null = $state.raw(null);
  /** The pinned side goes on with time, where it is another thing than the one selected. */
  live: boolean = $state(true);
  whole: boolean = $state(false);
  onlyDifferent: boolean = $state(false);
}

const all = new WeakMap<Playground, Pins>();

export function pinsOf(playground: Playground): Pins {
  const known = all.get(playground);
  if (known !== undefined) return known;
  const made = new Pins();
  all.set(playground, made);
  return made;
}

export function pinSelected(playground: Playground): void {
  const { selection, frame, focusSid } = playground;
  if (selection === null || frame === null) return;
  pinsOf(playground).pin = { selection, frame, sid: focusSid };
}

/**
 * The pinned thing in the picture in which it is to be seen: the present one, unless it is the
 * very thing that is selected, which is only worth comparing with what it was.
 */
export function pinnedSide(pin: Pin, shown: Side | null, now: Frame | null, live: boolean): Side {
  const { selection, sid, frame } = pin;
  const then = { selection, sid, frame };
  if (!live || now === null || (shown !== null && isSameThing(pin, shown))) return then;
  // A picture carries the tree of one server.
  if (selection.kind === 'znode' && now.tree?.sid !== sid) return then;
  return { ...then, frame: now };
}

function isSameThing(a: Pick<Side, 'selection' | 'sid'>, b: Side): boolean {
  const names = Object.keys(a.selection) as (keyof Selection)[];
  const sameOwner = a.selection.kind !== 'znode' || a.sid === b.sid;
  return sameOwner && names.every((name) => a.selection[name] === b.selection[name]);
}
