/** What branches are called, and the moments that can be compared. */
import type { TimelineDictionary } from '../../i18n/timeline.en.ts';
import type { BranchView, Place } from '../../sim/chronicle/model.ts';
import { formatMoment } from '../parts/format.ts';
import type { Bookmark } from '../state/timeline.svelte.ts';

export function branchName(t: TimelineDictionary, branch: BranchView): string {
  if (branch.name !== '') return branch.name;
  return branch.parent === null ? t.first : t.branch(branch.id);
}

export interface NamedPlace {
  readonly key: string;
  readonly name: string;
  readonly place: Place;
}

/** The moment in sight first, then where every branch ends, then the bookmarks. */
export function placesOf(
  t: TimelineDictionary,
  here: Place | null,
  branches: readonly BranchView[],
  bookmarks: readonly Bookmark[],
): readonly NamedPlace[] {
  const named = (key: string, name: string, place: Place): NamedPlace => ({
    key,
    name: `${name} · ${formatMoment(place.moment.at)} s`,
    place,
  });
  return [
    ...(here === null ? [] : [named('here', t.comparing.here, here)]),
    ...branches.map((branch) =>
      named(`branch ${String(branch.id)}`, branchName(t, branch), {
        branch: branch.id,
        moment: branch.end,
      }),
    ),
    ...bookmarks.map((mark) => named(`bookmark ${String(mark.id)}`, mark.name, mark.place)),
  ];
}
