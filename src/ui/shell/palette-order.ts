/** Which commands the palette lists, and in what order. */
import { COMMAND_GROUPS, type CommandGroup, type PaletteCommand } from './commands.ts';
import { fuzzy } from './fuzzy.ts';

export interface Found {
  readonly command: PaletteCommand;
  readonly score: number;
  /** Places in the title. */
  readonly marks: readonly number[];
}

/** More are of no use to a person: they type on. */
const FOUND_MAX = 60;

/** A word that is not shown counts for less than one that is. */
const UNSEEN = 0.5;

/** Best first; in their own order where nothing is typed. */
export function ranked(all: readonly PaletteCommand[], query: string): readonly Found[] {
  if (query === '') return all.map((command) => ({ command, score: 0, marks: [] }));
  return all
    .flatMap((command): Found[] => {
      const shown = fuzzy(query, command.title);
      if (shown !== null) return [{ command, ...shown }];
      const unseen = fuzzy(query, `${command.title} ${command.note ?? ''} ${command.also ?? ''}`);
      if (unseen === null) return [];
      return [{ command, score: unseen.score * UNSEEN, marks: [] }];
    })
    .toSorted((a, b) => b.score - a.score)
    .slice(0, FOUND_MAX);
}

/** A first look shows a few of each group. */
const FIRST_LOOK = 6;

/** In groups, the group of the best first; without a query in the groups' own order. */
export function grouped(
  found: readonly Found[],
  firstLook: boolean,
): readonly { readonly group: CommandGroup; readonly items: readonly Found[] }[] {
  const order = firstLook ? COMMAND_GROUPS : [...new Set(found.map((one) => one.command.group))];
  return order
    .map((group) => {
      const items = found.filter((one) => one.command.group === group);
      return { group, items: firstLook ? items.slice(0, FIRST_LOOK) : items };
    })
    .filter(({ items }) => items.length > 0);
}
