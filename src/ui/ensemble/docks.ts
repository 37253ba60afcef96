/** Where sessions dock: in rows outside their server, or along the edge while they have none. */
import type { Micros, ProcessId, Sid } from '../../core/units.ts';
import type { ClientView, Frame } from '../../sim/frame.ts';
import type { Place, RingGeometry } from './ring-layout.ts';

export interface Dock {
  readonly client: ClientView;
  readonly x: number;
  readonly y: number;
  readonly sid: Sid | null;
  /** When the leader would expire the session, and of how long; null where no leader knows it. */
  readonly expiry: { readonly at: Micros; readonly timeOut: number } | null;
  /** Room for the seconds that are left, beside the letter. */
  readonly wide: boolean;
}

export interface Overflow {
  readonly sid: Sid;
  readonly x: number;
  readonly y: number;
  readonly count: number;
}

export interface Docks {
  readonly docks: ReadonlyMap<ProcessId, Dock>;
  readonly overflows: readonly Overflow[];
}

/** Pixels: the height of a mark, and its width with and without the number. */
export const MARK = 22;
export const MARK_WIDE = 46;
const GAP = 8;

const marksMax = { full: 4, compact: 3, narrow: 3, tiny: 2 } as const;

/** @param height of the picture: sessions without a server stand at its lower left corner. */
export function dockSessions(
  frame: Frame,
  ring: RingGeometry,
  width: number,
  height: number,
): Docks {
  const expiries = expiriesOf(frame);
  const docks = new Map<ProcessId, Dock>();
  const overflows: Overflow[] = [];
  const at = (client: ClientView, x: number, y: number, sid: Sid | null, wide: boolean): void => {
    const expiry = expiries.get(client.sessionId) ?? null;
    docks.set(client.process, { client, x, y, sid, expiry, wide });
  };
  for (const place of ring.places.values()) {
    const all = frame.clients.filter((c) => c.server === place.sid && c.status !== 'down');
    const shown = all.slice(
      0,
      all.length > marksMax[ring.density] ? marksMax[ring.density] - 1 : 4,
    );
    const wide = all.length <= 2 && ring.density === 'full';
    shown.forEach((client, i) => {
      const [x, y] = slot(place, ring, i, wide);
      at(client, x, y, place.sid, wide);
    });
    if (shown.length < all.length) {
      const [x, y] = slot(place, ring, shown.length, false);
      overflows.push({ sid: place.sid, x, y, count: all.length - shown.length });
    }
  }
  const adrift = frame.clients.filter((c) => !docks.has(c.process) && isAdrift(c));
  adrift.forEach((client, i) => {
    at(client, -width / 2 + 24 + i * (MARK + GAP), height / 2 - 24, null, false);
  });
  return { docks, overflows };
}

/** Not connected anywhere; a closed session is nowhere to be drawn. */
function isAdrift(client: ClientView): boolean {
  return client.server === null && client.state !== 'CLOSED';
}

function expiriesOf(frame: Frame): Map<bigint, { at: Micros; timeOut: number }> {
  const leader = frame.members.find((m) => m.server?.state === 'LEADING');
  const found = new Map<bigint, { at: Micros; timeOut: number }>();
  for (const session of leader?.server?.sessions ?? []) {
    if (session.expiresAt === null) continue;
    found.set(session.sessionId, { at: session.expiresAt, timeOut: session.timeOut });
  }
  return found;
}

/** The nth place in the row at a server. */
function slot(place: Place, ring: RingGeometry, n: number, wide: boolean): [number, number] {
  const up = place.upper ? -1 : 1;
  const step = (wide ? MARK_WIDE : MARK) + GAP;
  if (place.label === 'above' || place.label === 'below') {
    const aside = ring.node + 22 + n * step;
    if (ring.density === 'compact') return [place.x - aside, place.y];
    return [place.x + (n - 1) * step, place.y - up * (ring.node + 24)];
  }
  const out = place.label === 'right' ? 1 : -1;
  const first = ring.node * 0.75 + (wide ? MARK_WIDE / 2 - MARK / 2 : 0) + 6;
  return [place.x + out * (first + n * step), place.y + up * (ring.node + 16)];
}
