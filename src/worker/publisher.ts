/**
 * Sends frames to the page: at most one every 16 ms, and none while the page has not taken the one
 * before. What is not sent is not lost: every frame is complete.
 */
import { defined } from '../core/assert.ts';
import type { ClientStatus } from '../core/client/client-io.ts';
import type { ProcessId, Sid } from '../core/units.ts';
import type { TreeView } from '../core/view.ts';
import { viewClientHost } from '../sim/client-host.ts';
import { buildFrame } from '../sim/frame-builder.ts';
import type { Frame } from '../sim/frame.ts';
import type { HostView } from '../sim/member-view.ts';
import type { FrameSink } from './bus-api.ts';
import { refreshPictures } from './ensemble.ts';
import { frameDelta, reuse } from './frame-delta.ts';
import type { Run } from './run.ts';

/** Milliseconds between two frames, at least. */
export const FRAME_EVERY = 16;

/** So many times the time that a frame took passes between two: most of it is for the run. */
const FRAME_SHARE = 5;

/** Milliseconds between two pictures of a tree that keeps changing: they may be large. */
const TREE_EVERY = 100;

export interface Publisher {
  readonly sink: FrameSink;
  /** What the page has. */
  last: Frame | null;
  /** The page has not answered yet. */
  sending: boolean;
  /** When the last one was begun, on the wall's clock, and the milliseconds that it took. */
  sentAt: number;
  took: number;
  /** Something happened since the last frame. */
  dirty: boolean;
  tree: FocusTree | null;
}

interface FocusTree {
  readonly sid: Sid;
  readonly incarnation: number;
  readonly takenAt: number;
  readonly view: TreeView;
}

export function createPublisher(sink: FrameSink): Publisher {
  return { sink, last: null, sending: false, sentAt: -Infinity, took: 0, dirty: true, tree: null };
}

/** @param taken called when the page has taken the frame and could take another. */
export async function publish(run: Run, changed: boolean, taken: () => void): Promise<void> {
  const { publisher, ground } = run;
  if (changed) publisher.dirty = true;
  if (!publisher.dirty || publisher.sending) return;
  const wall = ground.wall();
  const pause = Math.max(FRAME_EVERY, publisher.took * FRAME_SHARE);
  if (run.running && wall - publisher.sentAt < pause) return;
  publisher.dirty = false;
  // Members that failed may not answer any more; their last pictures do.
  if (run.failure === null) await refreshPictures(run.ensemble);
  const tree = await treeInFocus(run, wall);
  const picture = buildFrame(run.world, partsOf(run, tree));
  const frame = reuse(publisher.last, { ...picture, ...dutiesOf(run) });
  const delta = frameDelta(publisher.last, frame);
  publisher.last = frame;
  publisher.sentAt = wall;
  publisher.took = ground.wall() - wall;
  publisher.sending = true;
  void Promise.resolve(publisher.sink(delta))
    .catch(() => undefined)
    .then(() => {
      publisher.sending = false;
      taken();
    });
}

function dutiesOf({ duties }: Run): Pick<Frame, 'replayed' | 'monkey'> {
  return {
    replayed: duties.record === null ? null : duties.replayed,
    monkey: duties.monkeyPlays ? (duties.monkey?.intensity ?? null) : null,
  };
}

function partsOf(run: Run, tree: TreeView | null): Parameters<typeof buildFrame>[1] {
  const { ensemble, running, pace, focus, failure } = run;
  const members = new Map<Sid, HostView>();
  for (const seat of ensemble.seats.values()) members.set(seat.sid, seat.picture);
  const clients = new Map<ProcessId, ClientStatus>();
  for (const [process, host] of ensemble.clients) clients.set(process, viewClientHost(host));
  return { running, speed: pace.speed, members, clients, focus, tree, failure };
}

async function treeInFocus(run: Run, wall: number): Promise<TreeView | null> {
  const { focus, ensemble, world, publisher } = run;
  const seat = focus === null ? undefined : ensemble.seats.get(focus);
  const server = seat?.picture.server ?? null;
  if (focus === null || seat === undefined || seat.port === null || server === null) return null;
  const process = defined(world.byId.get(focus as number as ProcessId), 'the process in focus');
  const { incarnation } = process;
  const known = publisher.tree;
  if (known !== null && known.sid === focus && known.incarnation === incarnation) {
    if (known.view.treeVersion === server.treeVersion) return known.view;
    if (run.running && wall - known.takenAt < TREE_EVERY) {
      publisher.dirty = true;
      return known.view;
    }
  }
  if (run.failure !== null) return null;
  const view = await seat.port.tree();
  publisher.tree = view === null ? null : { sid: focus, incarnation, takenAt: wall, view };
  return view;
}
