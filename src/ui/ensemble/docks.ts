/** Where sessions dock: in rows outside their server, or along the edge while they have none. */
import type { Micros, ProcessId, Sid } from '../../core/units.ts';
import type { ClientView, Frame } from '../../sim/frame.ts';
import { dockDistance, type Place, type RingGeometry } from './ring-layout.ts';

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
  /** Where those without a server begin. */
  readonly tray: { readonly x: number; readonly y: number };
}

/** Pixels: the height of a mark, and its width with and without the number. */
export const MARK = 22;
export const MARK_WIDE = 50;
const GAP = 8;

const marksMax = { full: 4, compact: 3, narrow: 3, tiny: 2 } as const;

/** @param width of the picture in pixels, as `height`. */
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
      const count = Math.min(all.length, shown.length + 1);
      const [x, y] = slot(place, ring, i, wide, count);
      at(client, within(x, width), within(y, height), place.sid, wide);
    });
    if (shown.length < all.length) {
      const [left, top] = slot(place, ring, shown.length, false, shown.length + 1);
      const [x, y] = [within(left, width), within(top, height)];
      overflows.push({ sid: place.sid, x, y, count: all.length - shown.length });
    }
  }
  const adrift = frame.clients.filter((c) => !docks.has(c.process) && isAdrift(c));
  const tray = trayOf(ring, width, height);
  adrift.forEach((client, i) => {
    at(client, tray.x + MARK / 2 + i * (MARK + GAP), tray.y, null, false);
  });
  return { docks, overflows, tray };
}

/** Nothing leaves the picture. */
function within(at: number, whole: number): number {
  const most = whole / 2 - MARK / 2 - 4;
  return Math.max(-most, Math.min(most, at));
}

/** The corner that no server's label reaches. */
function trayOf(ring: RingGeometry, width: number, height: number): { x: number; y: number } {
  const low = ring.density === 'full' || ring.density === 'compact';
  return { x: -width / 2 + 12, y: low ? height / 2 - 20 : 20 - height / 2 };
}

/** Not connected anywhere; a closed session is nowhere to be drawn. */
function isAdrift(client: ClientView): boolean {
  return client.server === null && client.state !== 'CLOSED' && client.state !== 'AUTH_FAILED';
}

export function expiriesOf(frame: Frame): Map<bigint, { at: Micros; timeOut: number }> {
  const leader = frame.members.find((m) => m.server?.state === 'LEADING');
  const found = new Map<bigint, { at: Micros; timeOut: number }>();
  for (const session of leader?.server?.sessions ?? []) {
    if (session.expiresAt === null) continue;
    found.set(session.sessionId, { at: session.expiresAt, timeOut: session.timeOut });
  }
  return found;
}

/**
 * The nth place in the row at a server: outward from its corner, or across from its label. The gap
 * between the two is where the client's packets are seen.
 */
function slot(
  place: Place,
  ring: RingGeometry,
  n: number,
  wide: boolean,
  count: number,
): [number, number] {
  const up = place.upper ? -1 : 1;
  const along = n * ((wide ? MARK_WIDE : MARK) + GAP);
  const distance = dockDistance(ring);
  if (ring.density === 'narrow') {
    const side = place.x < -1 || place.pole ? -1 : 1;
    return [place.x + side * distance, place.y + up * n * (MARK + GAP)];
  }
  if (place.pole && ring.density === 'tiny') {
    // Beside it pass the packets of its neighbours.
    return [place.x + (n - (count - 1) / 2) * (MARK + GAP), place.y + up * distance];
  }
  if (place.pole) {
    const first = distance + (wide ? (MARK_WIDE - MARK) / 2 : 0);
    return [place.x - first - along, place.y];
  }
  const out = place.label === 'right' ? 1 : -1;
  const first = distance * 0.5 + (wide ? (MARK_WIDE - MARK) / 2 : 0);
  return [place.x + out * (first + along), place.y + up * distance * 0.87];
}
