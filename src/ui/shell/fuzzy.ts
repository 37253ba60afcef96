/** How well a text answers to what somebody types: letters in their order, words in any. */

export interface Match {
  /** More is better; for comparing only. */
  readonly score: number;
  /** Places of the letters that were found, ascending. */
  readonly marks: readonly number[];
}

const AT_WORD = 8;
const IN_A_ROW = 5;
const WHOLE_TERM = 12;
const FOUND = 1;

const isWordStart = (text: string, at: number): boolean =>
  at === 0 || /[^\p{L}\p{N}]/u.test(text.charAt(at - 1));

/** Letters of a term from `from` on, as early as they come; null where one is missing. */
function inOrder(text: string, term: string, from: number): number[] | null {
  const marks: number[] = [];
  let at = from;
  for (const letter of term) {
    const found = text.indexOf(letter, at);
    if (found === -1) return null;
    marks.push(found);
    at = found + letter.length;
  }
  return marks;
}

function scoreOf(text: string, marks: readonly number[]): number {
  let score = 0;
  marks.forEach((at, i) => {
    score += FOUND;
    if (isWordStart(text, at)) score += AT_WORD;
    if (i > 0 && marks[i - 1] === at - 1) score += IN_A_ROW;
  });
  const first = marks[0] ?? 0;
  const last = marks.at(-1) ?? 0;
  // Letters that lie far apart were hardly meant.
  return score - (last - first - marks.length + 1) * 0.5 - first * 0.05;
}

/** A term wherever it stands whole, preferably at a word's start; else its letters in order. */
function matchTerm(text: string, term: string): Match | null {
  let best: Match | null = null;
  for (let at = text.indexOf(term); at !== -1; at = text.indexOf(term, at + 1)) {
    const marks = Array.from({ length: term.length }, (_, i) => at + i);
    const score = scoreOf(text, marks) + WHOLE_TERM;
    if (best === null || score > best.score) best = { score, marks };
  }
  if (best !== null) return best;
  for (
    let at = text.indexOf(term.charAt(0));
    at !== -1;
    at = text.indexOf(term.charAt(0), at + 1)
  ) {
    const marks = inOrder(text, term, at);
    if (marks === null) break;
    const score = scoreOf(text, marks);
    if (best === null || score > best.score) best = { score, marks };
  }
  // Scattered letters of a long text answer to anything.
  return best !== null && best.score >= term.length * 2 ? best : null;
}

/** Null where a term of the query is not in the text. An empty query is in every text. */
export function fuzzy(query: string, text: string): Match | null {
  const lower = text.toLowerCase();
  const terms = query.toLowerCase().split(/\s+/).filter(Boolean);
  let score = 0;
  const marks = new Set<number>();
  for (const term of terms) {
    const match = matchTerm(lower, term);
    if (match === null) return null;
    score += match.score;
    match.marks.forEach((at) => marks.add(at));
  }
  return { score: score - text.length * 0.02, marks: [...marks].sort((a, b) => a - b) };
}

/** The text in pieces, those that were found and those between. */
export function pieces(
  text: string,
  marks: readonly number[],
): readonly { readonly text: string; readonly hit: boolean }[] {
  const found = new Set(marks);
  const cut: { text: string; hit: boolean }[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const hit = found.has(at);
    const last = cut.at(-1);
    if (last?.hit === hit) last.text += text.charAt(at);
    else cut.push({ text: text.charAt(at), hit });
  }
  return cut;
}
