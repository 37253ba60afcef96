/** Programs as the browser keeps them. What is stored may be old, or not ours. */

export interface StoredProgram {
  readonly name: string;
  readonly text: string;
  readonly copies: number;
  /** The id of the sample that it was made from. */
  readonly sample: string | null;
}

/** As many as have a place in the ring. */
export const COPIES_MAX = 9;

const PROGRAMS_MAX = 20;
const TEXT_MAX = 100_000;
const NAME_MAX = 60;

export function writePrograms(
  programs: readonly (Omit<StoredProgram, 'sample'> & { readonly sample: { id: string } | null })[],
): string {
  return JSON.stringify(
    programs.slice(0, PROGRAMS_MAX).map(({ name, text, copies, sample }) => ({
      ...{ name, text: text.slice(0, TEXT_MAX), copies },
      sample: sample?.id ?? null,
    })),
  );
}

/** Null where nothing was stored that can be read. */
export function readPrograms(stored: string | null): readonly StoredProgram[] | null {
  if (stored === null) return null;
  try {
    const value: unknown = JSON.parse(stored);
    if (!Array.isArray(value)) return null;
    return value.slice(0, PROGRAMS_MAX).flatMap(readProgram);
  } catch {
    return null;
  }
}

function readProgram(value: unknown): StoredProgram[] {
  if (typeof value !== 'object' || value === null) return [];
  const { name, text, copies, sample } = value as Readonly<Record<keyof StoredProgram, unknown>>;
  if (typeof name !== 'string' || typeof text !== 'string') return [];
  const count = typeof copies === 'number' && Number.isInteger(copies) ? copies : 1;
  return [
    {
      name: name.slice(0, NAME_MAX),
      text: text.slice(0, TEXT_MAX),
      copies: Math.min(COPIES_MAX, Math.max(1, count)),
      sample: typeof sample === 'string' ? sample : null,
    },
  ];
}
