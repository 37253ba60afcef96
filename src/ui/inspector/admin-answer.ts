/** The answers of four-letter words as lines, with what they mean and what changed in them. */

/** Those that show something; the first is the one that is asked most. */
export const ADMIN_WORDS = [
  ...['mntr', 'stat', 'srvr', 'cons', 'dump', 'conf', 'wchs', 'wchc', 'wchp'],
  ...['ruok', 'isro', 'dirs', 'hash', 'envi', 'gtmk', 'crst', 'srst'],
] as const;

export interface AdminLine {
  readonly text: string;
  /** It was not in the answer before. */
  readonly changed: boolean;
}

/** Without the empty lines at the end. @param before null for no earlier answer. */
export function linesOf(answer: string, before: string | null): readonly AdminLine[] {
  const known = before === null ? null : new Set(before.split('\n'));
  return answer
    .trimEnd()
    .split('\n')
    .map((text) => ({ text, changed: known !== null && !known.has(text) }));
}

export interface Figure {
  /** With its `zk_`. */
  readonly name: string;
  readonly value: string;
  readonly changed: boolean;
}

/** The lines of `mntr`; null where the answer is a sentence. */
export function figuresOf(lines: readonly AdminLine[]): readonly Figure[] | null {
  const figures: Figure[] = [];
  for (const { text, changed } of lines) {
    const [, name, value] = /^(zk_\w+)\t(.*)$/.exec(text) ?? [];
    if (name === undefined || value === undefined) return null;
    figures.push({ name, value, changed });
  }
  return figures.length === 0 ? null : figures;
}

export interface MeaningTexts {
  readonly meanings: Readonly<Record<string, string>>;
  readonly sums: Readonly<Record<string, string>>;
}

/** What a figure of `mntr` says: by its name, or by what is summed up in it. Null if unknown. */
export function meaningOf(name: string, { meanings, sums }: MeaningTexts): string | null {
  const bare = name.replace(/^zk_/, '');
  const whole = meanings[bare];
  if (whole !== undefined) return whole;
  const [, sum, of] = /^(avg|min|max|cnt|sum|p\d+)_(.+)$/.exec(bare) ?? [];
  const meaning = meanings[of ?? ''];
  const way = sums[sum ?? ''];
  return meaning === undefined || way === undefined ? null : `${meaning} (${way})`;
}
