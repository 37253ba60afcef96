/** What stands on the strip: each with its moment and its name, in the order of time. */
import type { TimelineDictionary } from '../../i18n/timeline.en.ts';
import type { Story } from '../../sim/chronicle/model.ts';
import type { Micros } from '../../core/units.ts';
import type { NamedClient } from '../bugs/words.ts';
import { formatMoment } from '../parts/format.ts';
import type { LocaleName } from '../state/locale.svelte.ts';
import type { Bookmark } from '../state/timeline.svelte.ts';
import { isOfProgram, programsOf } from '../state/last-deed.ts';
import { actionText } from '../state/undo-words.ts';

export interface Mark {
  readonly kind: 'action' | 'fault' | 'violation' | 'bookmark';
  readonly at: Micros;
  readonly text: string;
}

/** Of older actions the marks are left out: nobody could tell them apart. */
const ACTIONS_MAX = 300;

/** @param nameOf a process, as the page calls it. */
export function marksOf(
  t: TimelineDictionary,
  locale: LocaleName,
  story: Story | null,
  bookmarks: readonly Bookmark[],
  nameOf: (process: number) => string,
  clients: readonly NamedClient[] = [],
): readonly Mark[] {
  const { actions = [], faults = [], violations = [] } = story ?? {};
  const done = actions.map(({ timed }) => timed.action);
  // Programs of clients act by the hundred: the marks are a person's.
  const programs = programsOf(done);
  const deeds = actions.filter(({ timed }) => !isOfProgram(timed.action, programs));
  const marks: Mark[] = [
    ...deeds.slice(-ACTIONS_MAX).map(({ timed: { at, action } }) => ({
      kind: 'action' as const,
      at,
      text: actionText(locale, action, done, clients),
    })),
    ...faults.map(({ kind, from, processes, detail }) => ({
      kind: 'fault' as const,
      at: from,
      text: t.fault(t.faults[kind], processes.map(nameOf).join(' – '), detail),
    })),
    ...violations.map(({ name, at }) => ({
      kind: 'violation' as const,
      at,
      text: t.violated(name, formatMoment(at)),
    })),
    ...bookmarks.map(({ name, place }) => ({
      kind: 'bookmark' as const,
      at: place.moment.at,
      text: `${t.bookmarkShort}: ${name}`,
    })),
  ];
  return marks.toSorted((a, b) => a.at - b.at);
}

/**
 * The next mark, or the one before; null at the end of them. Several may stand at one moment: then
 * the one that was gone to last says which comes now.
 */
export function neighbourOf(
  marks: readonly Mark[],
  here: number,
  last: Mark | null,
  by: 1 | -1,
): Mark | null {
  const index = marks.findIndex((mark) => isSame(mark, last));
  if (index >= 0 && marks[index]?.at === here) return marks[index + by] ?? null;
  return by === 1
    ? (marks.find(({ at }) => at > here) ?? null)
    : (marks.findLast(({ at }) => at < here) ?? null);
}

/** Marks are made anew with every story. */
export function isSame(a: Mark, b: Mark | null): boolean {
  return a.kind === b?.kind && a.at === b.at && a.text === b.text;
}
