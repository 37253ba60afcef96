/**
 * Frames are complete for whoever draws them, but most of one is as in the one before. Only what
 * changed crosses to the page; what did not keeps its identity there, so nothing draws it again.
 */
import type { ProcessId } from '../core/units.ts';
import type { Frame, TranscriptLine } from '../sim/frame.ts';

export type FrameDelta = Partial<Frame>;

/** The fields of `next` that are other values than those of `previous`. */
export function frameDelta(previous: Frame | null, next: Frame): FrameDelta {
  if (previous === null) return next;
  const names = Object.keys(next) as (keyof Frame)[];
  return Object.fromEntries(
    names.filter((name) => next[name] !== previous[name]).map((name) => [name, next[name]]),
  );
}

/** @param previous null before the first delta of a run, which is a whole frame. */
export function applyDelta(previous: Frame | null, delta: FrameDelta): Frame {
  return { ...previous, ...delta } as Frame;
}

/** `next`, with the very lists of `previous` where they say the same. */
export function reuse(previous: Frame | null, next: Frame): Frame {
  if (previous === null) return next;
  const { trace, logLines, transcripts, properties, links } = previous;
  const rowOf = (row: Frame['trace'][number] | undefined): number | undefined => row?.index;
  const sameTrace =
    rowOf(trace[0]) === rowOf(next.trace[0]) && rowOf(trace.at(-1)) === rowOf(next.trace.at(-1));
  return {
    ...next,
    trace: sameTrace ? trace : next.trace,
    logLines: sameItems(logLines, next.logLines) ? logLines : next.logLines,
    transcripts: sameTranscripts(transcripts, next.transcripts) ? transcripts : next.transcripts,
    properties: sameProperties(properties, next.properties) ? properties : next.properties,
    links: sameFields(links, next.links) ? links : next.links,
  };
}

function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}

type Transcripts = ReadonlyMap<ProcessId, readonly TranscriptLine[]>;

function sameTranscripts(a: Transcripts, b: Transcripts): boolean {
  if (a.size !== b.size) return false;
  return [...a].every(([process, lines]) => sameItems(lines, b.get(process) ?? []));
}

/** What holds was true a moment ago: that this moment moves on with time is no news. */
function sameProperties(a: Frame['properties'], b: Frame['properties']): boolean {
  return (
    a.length === b.length &&
    a.every((one, i) => {
      const other = b[i];
      return one.name === other?.name && one.holds === other.holds && one.event === other.event;
    })
  );
}

/** Of small flat objects. */
function sameFields<T extends object>(a: readonly T[], b: readonly T[]): boolean {
  return (
    a.length === b.length &&
    a.every((item, i) => {
      const other = b[i];
      return other !== undefined && sameItems(Object.values(item), Object.values(other));
    })
  );
}
