/**
 * What the checkers say, in the page's language. They say it in English, in sentences that are put
 * together of templates; here a sentence is taken apart again by those templates, from the longest
 * on, and put together in the other language. What nobody has words for stays as it is.
 */

/** By the English template, with holes `{0}`; in the translation `{0!}` is taken as it is. */
export type FactTable = Readonly<Record<string, string>>;

interface Rule {
  /** What stands before, between and behind the holes. */
  readonly literals: readonly string[];
  readonly translation: string;
}

export type Translator = (sentence: string) => string;

/** A sentence of a checker has so many characters at most. */
const SENTENCE_MAX = 2000;

/** Names that are the same everywhere: states, packets, operations, files, phases. */
const NAMES =
  /^(?:[A-Z]\w*|[a-z]+[A-Z]\w*|create2?|delete|exists|sync|multi|check|error|reconfig|election|discovery|synchronization|broadcast|[cmp]zxid|[ca]?version|[cm]time)$/;

/** Numbers, zxids, quantities, paths, and an operation on a path. */
const VALUES = /^(?:-?(?:0x)?[\da-f]+(?:\.\d+)?(?: m?s)?|(?:[a-z]\w* )?\/\S*)$/i;

/** Servers, epochs and rounds go by number, and nothing else stands there. */
const BEFORE_NUMBERS = /(?:\bservers?|\bepoch|\bround) $/i;
const NUMBERS = /^-?\d+(?:(?:, | and )\d+)*$/;

/** Between several servers, each with what it does. */
const BETWEEN_SERVERS = /(?:, | and )(?=server \d+ )/;

export function translatorOf(table: FactTable): Translator {
  const rules = Object.entries(table)
    .map(([english, translation]) => ({ literals: english.split(/\{\d\}/), translation }))
    .sort((a, b) => weightOf(b) - weightOf(a));
  const known = new Map<string, string | null>();
  return (sentence) => {
    if (sentence.length > SENTENCE_MAX) return sentence;
    known.clear();
    return translate(rules, known, sentence) ?? sentence;
  };
}

/** What two facts hang on comes first, then the longest. */
function weightOf({ literals }: Rule): number {
  const words = literals.join('');
  return words.length + (words.includes(', but ') ? SENTENCE_MAX : 0);
}

type Known = Map<string, string | null>;

/** Null where nobody has words for it. */
function translate(rules: readonly Rule[], known: Known, text: string): string | null {
  const before = known.get(text);
  if (before !== undefined) return before;
  known.set(text, null);
  const clauses = text.startsWith('server ') ? asList(rules, known, text, BETWEEN_SERVERS) : null;
  const result =
    clauses ??
    byRule(rules, known, text) ??
    asIs(text) ??
    asList(rules, known, text, ', ') ??
    asList(rules, known, text, ' and ');
  known.set(text, result);
  return result;
}

function asIs(text: string): string | null {
  return NAMES.test(text) || VALUES.test(text) ? text : null;
}

function asList(
  rules: readonly Rule[],
  known: Known,
  text: string,
  between: RegExp | string,
): string | null {
  const parts = text.split(between);
  if (parts.length < 2) return null;
  const said = parts.map((part) => translate(rules, known, part));
  return said.every((part) => part !== null) ? said.join('、') : null;
}

function byRule(rules: readonly Rule[], known: Known, text: string): string | null {
  for (const rule of rules) {
    // A part of a sentence has no full stop.
    if (text.endsWith('.') && rule.literals.at(-1)?.endsWith('.') !== true) continue;
    for (const values of waysToFill(rule.literals, text)) {
      if (!areNumbers(rule, values)) continue;
      const result = fill(rules, known, rule.translation, values);
      if (result !== null) return result;
    }
  }
  return null;
}

function areNumbers({ literals }: Rule, values: readonly string[]): boolean {
  return values.every((value, i) => !BEFORE_NUMBERS.test(literals[i] ?? '') || NUMBERS.test(value));
}

function fill(
  rules: readonly Rule[],
  known: Known,
  translation: string,
  values: readonly string[],
): string | null {
  const missing: string[] = [];
  const filled = translation.replace(/\{(\d)(!?)\}/g, (_, index: string, raw: string) => {
    const value = values[Number(index)] ?? '';
    const said = raw === '!' ? value : translate(rules, known, value);
    if (said === null) missing.push(value);
    return said ?? '';
  });
  return missing.length === 0 ? filled : null;
}

/** All ways to fill the holes so that the text comes out. A first letter may be a capital. */
function* waysToFill(literals: readonly string[], text: string): Generator<readonly string[]> {
  const [first = '', ...rest] = literals;
  const head = text.slice(0, first.length);
  if (head !== first && lowered(head) !== lowered(first)) return;
  yield* fillRest(rest, text.slice(first.length));
}

function* fillRest(literals: readonly string[], text: string): Generator<readonly string[]> {
  const [literal, ...rest] = literals;
  if (literal === undefined) {
    if (text === '') yield [];
    return;
  }
  if (rest.length === 0) {
    // The last hole takes all that is left.
    if (text.length > literal.length && text.endsWith(literal)) {
      yield [text.slice(0, text.length - literal.length)];
    }
    return;
  }
  if (literal === '') return;
  for (let at = text.indexOf(literal, 1); at !== -1; at = text.indexOf(literal, at + 1)) {
    for (const more of fillRest(rest, text.slice(at + literal.length))) {
      yield [text.slice(0, at), ...more];
    }
  }
}

function lowered(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
