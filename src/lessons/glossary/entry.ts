import type { Words } from '../engine/lesson.ts';

/** A word of the glossary, and what it means in one to three sentences. */
export interface Entry {
  readonly term: Words;
  readonly meaning: Words;
}

/** By the id that lessons link to: `[[id]]`, or `[[id|as it reads there]]`. */
export type Entries = Readonly<Record<string, Entry>>;
