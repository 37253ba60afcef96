/**
 * What a pointer does on the ring: it takes a packet, moves a server, or draws a lasso. A press that
 * does not move stays a click, and is none of this.
 */
import type { Sid } from '../../core/units.ts';
import type { Point, Spot } from './packet-flight.ts';

export type Drag =
  | { readonly kind: 'packet'; readonly spot: Spot; readonly at: Point; readonly over: Target }
  | { readonly kind: 'server'; readonly sid: Sid; readonly at: Point }
  | { readonly kind: 'lasso'; readonly points: readonly Point[] };

/** Where a packet in the hand would go. */
export type Target = 'none' | 'link' | 'tray' | 'bin';

/** What lies under the pointer when it is pressed; null: nothing that can be dragged. */
export type Grip =
  | { readonly kind: 'packet'; readonly spot: Spot }
  /** `offset`: from the pointer to the server's middle. */
  | { readonly kind: 'server'; readonly sid: Sid; readonly offset: Point }
  | { readonly kind: 'lasso' };

export interface HandsOwner {
  gripAt(event: PointerEvent, at: Point): Grip | null;
  /** Of the pointer in the picture's coordinates. */
  pointOf(event: PointerEvent): Point;
  targetAt(event: PointerEvent, spot: Spot): Target;
  onbegin(drag: Drag): void;
  onmove(drag: Drag): void;
  ondrop(drag: Drag): void;
}

/** Pixels that a pointer may shake in a click. */
const SHAKE = 5;

export class Hands {
  drag: Drag | null = $state.raw(null);

  readonly #owner: HandsOwner;
  #pressed: { readonly id: number; readonly at: Point; readonly grip: Grip } | null = null;
  /** The click that ends a drag is not meant as one. */
  #swallow = false;

  constructor(owner: HandsOwner) {
    this.#owner = owner;
  }

  down(event: PointerEvent): void {
    this.#swallow = false;
    if (event.button !== 0) return;
    const at = this.#owner.pointOf(event);
    const grip = this.#owner.gripAt(event, at);
    this.#pressed = grip === null ? null : { id: event.pointerId, at, grip };
  }

  move(event: PointerEvent): void {
    const pressed = this.#pressed;
    if (pressed?.id !== event.pointerId) return;
    const at = this.#owner.pointOf(event);
    const first = this.drag === null;
    if (first && Math.hypot(at.x - pressed.at.x, at.y - pressed.at.y) < SHAKE) return;
    if (first && event.currentTarget instanceof Element) {
      event.currentTarget.setPointerCapture(event.pointerId);
    }
    this.drag = this.#next(event, pressed.grip, at);
    if (first) this.#owner.onbegin(this.drag);
    this.#owner.onmove(this.drag);
    event.preventDefault();
  }

  up(event: PointerEvent): void {
    const { drag } = this;
    if (this.#pressed?.id !== event.pointerId) return;
    this.#pressed = null;
    if (drag === null) return;
    this.#swallow = true;
    this.drag = null;
    this.#owner.ondrop(drag);
  }

  /** Escape, or the browser takes the pointer away: nothing happens. @returns whether one was. */
  cancel(): Drag | null {
    const { drag } = this;
    this.#pressed = null;
    this.drag = null;
    return drag;
  }

  /** Whether this click is the end of a drag. */
  swallows(): boolean {
    const swallow = this.#swallow;
    this.#swallow = false;
    return swallow;
  }

  #next(event: PointerEvent, grip: Grip, at: Point): Drag {
    switch (grip.kind) {
      case 'packet': {
        const over = this.#owner.targetAt(event, grip.spot);
        return { kind: 'packet', spot: grip.spot, at, over };
      }
      case 'server': {
        const { offset } = grip;
        return {
          kind: 'server',
          sid: grip.sid,
          at: { x: at.x + offset.x, y: at.y + offset.y },
        };
      }
      case 'lasso': {
        const before = this.drag?.kind === 'lasso' ? this.drag.points : [];
        return { kind: 'lasso', points: [...before, at] };
      }
    }
  }
}

/** Whether a point lies inside the closed line, by counting the edges to its right. */
export function isInside(points: readonly Point[], { x, y }: Point): boolean {
  let inside = false;
  points.forEach((a, i) => {
    const b = points[(i + 1) % points.length] ?? a;
    const crosses = a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x;
    if (crosses) inside = !inside;
  });
  return inside;
}
