/**
 * A process as the world sees it: something that takes a batch of deliveries and gives back what
 * it did. A server with its disk, or a client; in this thread, or behind a worker's port.
 */
import type { ClientEffect, ClientEvent } from '../core/client/client-io.ts';
import type {
  ExitEffect,
  LogEffect,
  NetworkEffect,
  NoteEffect,
  ServerEvent,
} from '../core/quorum/peer-io.ts';
import type { Micros, ProcessId } from '../core/units.ts';
import type { DiskFaults } from './actions.ts';
import type { LookEffect } from './check/local/look.ts';

/** What the bus brings: events of the network, and orders of the world. */
export type Inbound =
  | ServerEvent
  | ClientEvent
  | { readonly kind: 'disk'; readonly faults: DiskFaults }
  | { readonly kind: 'clock'; readonly skew: Micros };

/** `(at, destination, src, seq)` orders everything in a run; `seq` counts per source. */
export interface Delivery {
  readonly at: Micros;
  readonly src: ProcessId;
  readonly seq: number;
  readonly event: Inbound;
}

export interface Batch {
  /** Sorted by (at, src, seq), all before `end`. */
  readonly deliveries: readonly Delivery[];
  /** The window's end, exclusive: the process also runs its own timers before it. */
  readonly end: Micros;
  /** Stop after so many turns: 1 when a person steps, else Infinity. */
  readonly limit: number;
  /** No turn is earlier: what waited while the process was paused is handled then. */
  readonly floor: Micros;
}

/** Effects that concern others than the process itself. */
export type Outbound =
  NetworkEffect | LogEffect | NoteEffect | ExitEffect | ClientEffect | LookEffect;

/** One event handled. A process's own (timers, its disk) have itself as the source. */
export interface Turn {
  readonly at: Micros;
  readonly src: ProcessId;
  readonly seq: number;
  /** Null for a delivery, which the bus knows; else the timer or disk event. */
  readonly own: ServerEvent | null;
  readonly effects: readonly Outbound[];
}

export interface StepResult {
  /** In the order (at, src, seq). */
  readonly turns: readonly Turn[];
  /** When the process next acts by itself: a timer, a disk. Infinity for never. */
  readonly nextDue: Micros;
  /** The (src, seq) of that: with `nextDue` its place in the order. */
  readonly nextSeq: number;
}

/** A host in the same thread. */
export interface Host {
  step(batch: Batch): StepResult;
}
