/** A handful of events in columns, as the chronicle would give them. */
import {
  EVENT_KINDS,
  FAMILIES,
  NO_FAMILY,
  type EventKind,
} from '../../../../src/sim/chronicle/model.ts';
import type { PacketFamily } from '../../../../src/sim/frame.ts';
import type { EventRows } from '../../../../src/ui/spacetime/rows.ts';

export interface Planted {
  readonly at: number;
  readonly process: number;
  readonly type: string;
  readonly kind?: EventKind;
  readonly src?: number;
  readonly sentAt?: number;
  readonly cause?: number;
  readonly zxid?: bigint;
  readonly epoch?: number;
  readonly family?: PacketFamily;
  readonly flags?: number;
}

export function planted(events: readonly Planted[], first = 0): EventRows {
  const names = [...new Set(events.map(({ type }) => type))];
  const numbers = <T>(of: (event: Planted) => T): T[] => events.map(of);
  return {
    first,
    count: events.length,
    names,
    columns: {
      at: new Float64Array(numbers((e) => e.at)),
      process: new Uint16Array(numbers((e) => e.process)),
      kind: new Uint8Array(numbers((e) => EVENT_KINDS.indexOf(e.kind ?? 'packet'))),
      type: new Uint16Array(numbers((e) => names.indexOf(e.type))),
      code: new Uint16Array(numbers((e) => names.indexOf(e.type))),
      src: new Uint16Array(numbers((e) => e.src ?? 0)),
      sentAt: new Float64Array(numbers((e) => e.sentAt ?? e.at)),
      cause: new Int32Array(numbers((e) => e.cause ?? -1)),
      epoch: new Int32Array(numbers((e) => e.epoch ?? -1)),
      zxid: new BigInt64Array(numbers((e) => e.zxid ?? 0n)),
      family: new Uint8Array(
        numbers((e) => (e.family === undefined ? NO_FAMILY : FAMILIES.indexOf(e.family))),
      ),
      flags: new Uint8Array(numbers((e) => e.flags ?? 0)),
    },
  };
}

/** A write: 1 leads, 2 and 3 follow; 3 is slow to sync. Events 10 to 16. */
export const WRITE = planted(
  [
    { at: 100, process: 1, type: 'create', src: 1001, sentAt: 50, family: 'client' },
    { at: 200, process: 2, type: 'PROPOSAL', src: 1, sentAt: 100, cause: 10, zxid: 7n },
    { at: 210, process: 3, type: 'PROPOSAL', src: 1, sentAt: 100, cause: 10, zxid: 7n },
    { at: 250, process: 2, type: 'fsync', kind: 'disk', cause: 11, zxid: 7n },
    { at: 350, process: 1, type: 'ACK', src: 2, sentAt: 250, cause: 13, zxid: 7n },
    { at: 450, process: 3, type: 'COMMIT', src: 1, sentAt: 350, cause: 14, zxid: 7n },
    { at: 460, process: 2, type: 'COMMIT', src: 1, sentAt: 350, cause: 14, zxid: 7n },
  ],
  10,
);
