/** What a person has made of the diagram; it outlives the pane, which goes when its tab does. */
import { PLAIN_ORDER, type LaneOrder } from './lanes.ts';
import type { MotifName } from './motifs.ts';
import { EVERYTHING, type Filter } from './scene.ts';
import { atEnd, SPAN_FIRST, wholeRun, type Axis, type Viewport } from './viewport.ts';

class SpaceTimeState {
  axis: Axis = $state('time');
  view: Viewport = $state.raw({ from: 0, to: SPAN_FIRST.time });
  /** The end of the run stays at the right edge. */
  follows: boolean = $state(true);
  order: LaneOrder = $state.raw(PLAIN_ORDER);
  filter: Filter = $state.raw(EVERYTHING);
  /** The event that is looked at. */
  event: number | null = $state(null);
  cone: boolean = $state(false);
  motif: MotifName | null = $state(null);
  /** The events in sight as a table. */
  asList: boolean = $state(false);

  /** Another axis shows the end of the run, or all that was looked at. */
  setAxis(axis: Axis, start: number, end: number): void {
    if (axis === this.axis) return;
    this.axis = axis;
    this.view = this.follows ? atEnd(SPAN_FIRST[axis], start, end) : wholeRun(axis, start, end);
  }
}

export const spaceTime = new SpaceTimeState();
