/** The states of a client's session as a drawing: boxes, and what leads from one to another. */
import type { ClientState } from '../../core/client/client-io.ts';

/** `ASSOCIATING` is named in ZooKeeper.States, and nothing there ever enters it. */
export type DrawnState = ClientState | 'ASSOCIATING';

export interface StateBox {
  readonly state: DrawnState;
  /** Of its middle, in units of the drawing. */
  readonly x: number;
  readonly y: number;
}

export type ArrowName = 'start' | 'connected' | 'lost' | 'readOnly' | 'auth' | 'end';

export interface StateArrow {
  readonly name: ArrowName;
  readonly from: DrawnState;
  readonly to: DrawnState;
  readonly d: string;
}

export const MACHINE_WIDTH = 372;
export const MACHINE_HEIGHT = 150;
export const BOX_HEIGHT = 22;

/** Of its letters, at 12 units, and some room. */
export const boxWidth = (state: DrawnState): number => Math.round(state.length * 7.3) + 12;

const LEFT = 56;
const MIDDLE = 173;
const RIGHT = 303;
const TOP = 14;
const CENTRE = 75;
const BOTTOM = 136;

export const STATE_BOXES: readonly StateBox[] = [
  { state: 'NOT_CONNECTED', x: LEFT, y: TOP },
  { state: 'CONNECTING', x: LEFT, y: CENTRE },
  { state: 'ASSOCIATING', x: MIDDLE, y: TOP },
  { state: 'CONNECTED', x: RIGHT, y: CENTRE },
  { state: 'CONNECTEDREADONLY', x: RIGHT, y: TOP },
  { state: 'AUTH_FAILED', x: LEFT, y: BOTTOM },
  { state: 'CLOSED', x: RIGHT, y: BOTTOM },
];

const half = BOX_HEIGHT / 2;
const left = LEFT + boxWidth('CONNECTING') / 2;
const right = RIGHT - boxWidth('CONNECTED') / 2;
const readOnly = RIGHT - boxWidth('CONNECTEDREADONLY') / 2;
const closed = RIGHT - boxWidth('CLOSED') / 2;

/** A session that expired while nobody served it is told so when it comes back: CLOSED. */
export const STATE_ARROWS: readonly StateArrow[] = [
  {
    name: 'start',
    from: 'NOT_CONNECTED',
    to: 'CONNECTING',
    d: `M${LEFT},${TOP + half}V${CENTRE - half - 2}`,
  },
  {
    name: 'connected',
    from: 'CONNECTING',
    to: 'CONNECTED',
    d: `M${left},${CENTRE - 5}H${right - 2}`,
  },
  {
    name: 'lost',
    from: 'CONNECTED',
    to: 'CONNECTING',
    d: `M${right},${CENTRE + 5}H${left + 2}`,
  },
  {
    name: 'readOnly',
    from: 'CONNECTING',
    to: 'CONNECTEDREADONLY',
    d: `M${left},${CENTRE - 9}L${readOnly - 2},${TOP + 8}`,
  },
  {
    name: 'connected',
    from: 'CONNECTEDREADONLY',
    to: 'CONNECTED',
    d: `M${RIGHT},${TOP + half}V${CENTRE - half - 2}`,
  },
  {
    name: 'auth',
    from: 'CONNECTING',
    to: 'AUTH_FAILED',
    d: `M${LEFT},${CENTRE + half}V${BOTTOM - half - 2}`,
  },
  {
    name: 'end',
    from: 'CONNECTED',
    to: 'CLOSED',
    d: `M${RIGHT},${CENTRE + half}V${BOTTOM - half - 2}`,
  },
  {
    name: 'end',
    from: 'CONNECTING',
    to: 'CLOSED',
    d: `M${left},${CENTRE + 9}L${closed - 2},${BOTTOM - 4}`,
  },
];

/** Where one gets from there. */
export function arrowsFrom(state: ClientState): readonly StateArrow[] {
  return STATE_ARROWS.filter(({ from }) => from === state);
}
