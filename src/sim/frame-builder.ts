/** Frames: the world, and what its hosts show of themselves, as one immutable picture. */
import { defined } from '../core/assert.ts';
import type { ClientStatus } from '../core/client/client-io.ts';
import type { ProcessId, Sid } from '../core/units.ts';
import type { TreeView } from '../core/view.ts';
import { propertyViews } from './check/checker.ts';
import type { ClientView, Frame, LinkView, LogLine, MemberView, TranscriptLine } from './frame.ts';
import type { HostView } from './member-view.ts';
import { viewPackets } from './packet-view.ts';
import { hashText } from './trace-hash.ts';
import { rowOf } from './trace-text.ts';
import { latestEntries } from './trace.ts';
import { LOG_LINES_MAX, TRANSCRIPT_MAX } from './turn.ts';
import type { World } from './world-state.ts';

/** What the driver knows beside the world. */
export interface FrameParts {
  readonly running: boolean;
  readonly speed: number;
  /** The latest of every member: of one that is down, its disk alone. */
  readonly members: ReadonlyMap<Sid, HostView>;
  readonly clients: ReadonlyMap<ProcessId, ClientStatus>;
  readonly focus: Sid | null;
  readonly tree: TreeView | null;
  readonly failure: string | null;
}

/** How many rows of the trace a frame carries. */
const TRACE_ROWS = 200;

export function buildFrame(world: World, parts: FrameParts): Frame {
  const focus = parts.focus === null ? undefined : world.byId.get(asProcess(parts.focus));
  return {
    now: world.now,
    running: parts.running,
    speed: parts.speed,
    world: world.config,
    events: world.events,
    actions: world.actions.length,
    traceHash: world.hash === null ? '' : hashText(world.hash),
    members: membersOf(world, parts),
    clients: clientsOf(world, parts),
    packets: viewPackets(world),
    links: linksOf(world),
    trace: latestEntries(world.trace, TRACE_ROWS).map((entry) => rowOf(world, entry)),
    logLines: focus === undefined ? [] : focus.log.slice(-LOG_LINES_MAX),
    transcripts: transcriptsOf(world),
    properties: world.checker === null ? [] : propertyViews(world.checker, world.now),
    tree: parts.tree,
    failure: parts.failure,
    beyondTcp: world.beyondTcp,
  };
}

/** The end of a server's log, oldest first. */
export function logLinesOf(world: World, sid: Sid): readonly LogLine[] {
  return world.byId.get(asProcess(sid))?.log.slice(-LOG_LINES_MAX) ?? [];
}

function membersOf(world: World, parts: FrameParts): readonly MemberView[] {
  return world.config.ensemble.servers.map(({ sid, type }) => {
    const process = defined(world.byId.get(asProcess(sid)), 'the process of a server');
    const view = defined(parts.members.get(sid), 'the view of a member');
    const { status, since, reason, skew } = process;
    const down = status === 'down';
    const { faults } = process;
    return {
      sid,
      type,
      status,
      since,
      reason,
      server: down ? null : view.server,
      disk: { ...view.disk, faults, busyWith: down ? null : view.disk.busyWith },
      log: view.log,
      skew,
    };
  });
}

function clientsOf(world: World, parts: FrameParts): readonly ClientView[] {
  const views: ClientView[] = [];
  for (const { id, kind, name, status, console } of world.processes) {
    if (kind !== 'client') continue;
    const client = parts.clients.get(id);
    if (client !== undefined) views.push({ ...client, process: id, name, status, console });
  }
  return views;
}

function linksOf(world: World): readonly LinkView[] {
  const views: LinkView[] = [];
  for (const { from, to, cut, latency } of world.links.byKey.values()) {
    if (cut || latency !== null) views.push({ from, to, cut, latency });
  }
  return views;
}

function transcriptsOf(world: World): ReadonlyMap<ProcessId, readonly TranscriptLine[]> {
  const transcripts = new Map<ProcessId, readonly TranscriptLine[]>();
  for (const { id, console, transcript } of world.processes) {
    if (console) transcripts.set(id, transcript.slice(-TRANSCRIPT_MAX));
  }
  return transcripts;
}

function asProcess(sid: Sid): ProcessId {
  return sid as number as ProcessId;
}
