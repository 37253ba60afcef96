/**
 * Splits what was typed, and tells options from arguments.
 *
 * Source: ZooKeeperMain.MyCommandOptions (3.9) for words and quotes; DefaultParser of Apache
 * Commons CLI, which zkCli uses, for options: they may stand anywhere, be run together (`-se`)
 * and carry their value (`-v5`, `-v=5`); `--` ends them.
 */

export interface OptionSpec {
  readonly letter: string;
  readonly takesValue: boolean;
  readonly description: string;
}

/** A command line in its parts. `args[0]` is the command itself. */
export interface ParsedLine {
  readonly args: readonly string[];
  /** The value of each option given; `''` for one that takes none. */
  readonly options: ReadonlyMap<string, string>;
}

export type ParseResult =
  { readonly ok: true; readonly line: ParsedLine } | { readonly ok: false; readonly error: string };

const QUOTES = ['"', "'"];

/**
 * Words are parted by white space; a word that begins with a quote reaches to the next such quote.
 * A quote without a partner is skipped, and a quote inside a word means nothing.
 */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  let at = 0;
  for (;;) {
    while (at < line.length && isSpace(line, at)) at++;
    const first = line[at];
    if (first === undefined) return words;
    if (QUOTES.includes(first)) {
      const end = line.indexOf(first, at + 1);
      if (end !== -1) words.push(line.slice(at + 1, end));
      at = end === -1 ? at + 1 : end + 1;
      continue;
    }
    const start = at;
    while (at < line.length && !isSpace(line, at)) at++;
    words.push(line.slice(start, at));
  }
}

function isSpace(line: string, at: number): boolean {
  return ' \t\n\v\f\r'.includes(line.charAt(at));
}

interface Parser {
  readonly specs: readonly OptionSpec[];
  readonly args: string[];
  readonly options: Map<string, string>;
  /** The option whose value is to come. */
  open: string | null;
}

export function parseOptions(words: readonly string[], specs: readonly OptionSpec[]): ParseResult {
  const parser: Parser = { specs, args: [], options: new Map(), open: null };
  let plain = false;
  for (const word of words) {
    const error = plain || word === '--' ? null : takeWord(parser, word);
    if (plain) parser.args.push(word);
    if (word === '--') plain = true;
    if (error !== null) return { ok: false, error };
  }
  if (parser.open !== null) return { ok: false, error: missing(parser.open) };
  return { ok: true, line: { args: parser.args, options: parser.options } };
}

/** @returns What is wrong, or null. */
function takeWord(parser: Parser, word: string): string | null {
  if (parser.open !== null && isValue(parser, word)) {
    setOption(parser, parser.open, word);
    parser.open = null;
    return null;
  }
  if (!word.startsWith('-') || word === '-') {
    parser.args.push(word);
    return null;
  }
  if (word.startsWith('--')) return unrecognized(word);
  if (word.charAt(2) === '=') return takeAssigned(parser, word);
  return takeLetters(parser, word);
}

/** A negative number is a value, unless it looks like an option. */
function isValue(parser: Parser, word: string): boolean {
  if (!word.startsWith('-') || word.length === 1) return true;
  if (/^-\d*\.?\d+$/.test(word)) return true;
  return find(parser, word.charAt(1)) === undefined;
}

function takeAssigned(parser: Parser, word: string): string | null {
  const spec = find(parser, word.charAt(1));
  if (spec?.takesValue !== true) return unrecognized(word);
  if (parser.open !== null) return missing(parser.open);
  setOption(parser, spec.letter, word.slice(3));
  return null;
}

function takeLetters(parser: Parser, word: string): string | null {
  for (let i = 1; i < word.length; i++) {
    const spec = find(parser, word.charAt(i));
    if (spec === undefined) return unrecognized(word);
    if (parser.open !== null) return missing(parser.open);
    if (!spec.takesValue) {
      setOption(parser, spec.letter, '');
      continue;
    }
    if (i + 1 < word.length) setOption(parser, spec.letter, word.slice(i + 1));
    else parser.open = spec.letter;
    return null;
  }
  return null;
}

/** Of an option given twice the first value counts. */
function setOption(parser: Parser, letter: string, value: string): void {
  if (!parser.options.has(letter)) parser.options.set(letter, value);
}

function find(parser: Parser, letter: string): OptionSpec | undefined {
  return parser.specs.find((spec) => spec.letter === letter);
}

function unrecognized(word: string): string {
  return `org.apache.commons.cli.UnrecognizedOptionException: Unrecognized option: ${word}`;
}

function missing(letter: string): string {
  return `org.apache.commons.cli.MissingArgumentException: Missing argument for option: ${letter}`;
}

/** A table of options, as Commons CLI lays it out: sorted, with the descriptions aligned. */
export function optionTable(specs: readonly OptionSpec[]): string[] {
  const rows = specs.map((spec) => ({
    name: ` -${spec.letter}${spec.takesValue ? ' <arg>' : ''}`,
    description: spec.description,
  }));
  rows.sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
  const width = Math.max(...rows.map((row) => row.name.length));
  return rows.map((row) => `${row.name.padEnd(width)}   ${row.description}`);
}

/** A whole number of 32 bits, as Integer.parseInt takes it; null if it is none. */
export function parseInt32(text: string): number | null {
  if (!/^[+-]?\d+$/.test(text)) return null;
  const value = Number(text);
  return value >= -(2 ** 31) && value < 2 ** 31 ? value : null;
}
