/** The word that was probably meant. */
import { defined } from '../assert.ts';

/** One that is at most two letters off, and the first of those that are nearest; null if none. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  let best: string | null = null;
  let least = Math.min(3, word.length);
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < least) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}

/** Letters to insert, delete or replace (Levenshtein), by one row of the table at a time. */
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = defined(row[j - 1], 'a cell') + (a[i - 1] === b[j - 1] ? 0 : 1);
      const shifted = Math.min(defined(row[j], 'a cell'), defined(next[j - 1], 'a cell')) + 1;
      next.push(Math.min(replaced, shifted));
    }
    row = next;
  }
  return defined(row[b.length], 'a cell');
}
