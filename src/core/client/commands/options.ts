/**
 * Splits what was typed, and tells options from arguments.
 *
 * Source: ZooKeeperMain.MyCommandOptions (3.9) for words and quotes; DefaultParser of Apache
 * Commons CLI, which zkCli uses, for options: they may stand anywhere, be run together (`-se`)
 * and carry their value (`-v5`, `-v=5`); `--` ends them.
 */

export interface OptionSpec {
  /** A letter, or (reconfig has such) a word; without its dash. */
  readonly name: string;
  readonly takesValue: boolean;
  readonly description: string;
}

/** How many of its options a command takes: at most one, exactly one, or any. */
export type Choice = 'one' | 'oneNeeded' | 'any';

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
  readonly choice: Choice;
  readonly args: string[];
  readonly options: Map<string, string>;
  /** The option whose value is to come. */
  open: string | null;
}

export function parseOptions(
  words: readonly string[],
  specs: readonly OptionSpec[],
  choice: Choice = 'any',
): ParseResult {
  const parser: Parser = { specs, choice, args: [], options: new Map(), open: null };
  let plain = false;
  for (const word of words) {
    const error = plain || word === '--' ? null : takeWord(parser, word);
    if (plain) parser.args.push(word);
    if (word === '--') plain = true;
    if (error !== null) return { ok: false, error };
  }
  if (parser.open !== null) return { ok: false, error: missing(parser.open) };
  if (choice === 'oneNeeded' && parser.options.size === 0) {
    return { ok: false, error: missingChoice(specs) };
  }
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
  const spec = find(parser, word.slice(1));
  if (spec !== undefined) return takeOption(parser, spec);
  if (word.includes('=')) return takeAssigned(parser, word);
  return takeLetters(parser, word);
}

/** A negative number is a value, unless it looks like an option. */
function isValue(parser: Parser, word: string): boolean {
  if (!word.startsWith('-') || word.length === 1) return true;
  if (/^-\d*\.?\d+$/.test(word)) return true;
  const name = word.slice(1).split('=', 1)[0] ?? '';
  return find(parser, name) === undefined && find(parser, name.charAt(0)) === undefined;
}

/** Only of options of one letter: `-v=5`. */
function takeAssigned(parser: Parser, word: string): string | null {
  const spec = word.charAt(2) === '=' ? find(parser, word.charAt(1)) : undefined;
  if (spec?.takesValue !== true) return unrecognized(word);
  const error = takeOption(parser, spec);
  if (error !== null) return error;
  setOption(parser, spec.name, word.slice(3));
  parser.open = null;
  return null;
}

function takeLetters(parser: Parser, word: string): string | null {
  for (let i = 1; i < word.length; i++) {
    const spec = find(parser, word.charAt(i));
    if (spec === undefined) return unrecognized(word);
    const error = takeOption(parser, spec);
    if (error !== null) return error;
    if (parser.open === null || i + 1 === word.length) continue;
    setOption(parser, spec.name, word.slice(i + 1));
    parser.open = null;
    return null;
  }
  return null;
}

/** One that takes a value is open until it has it. */
function takeOption(parser: Parser, spec: OptionSpec): string | null {
  if (parser.open !== null) return missing(parser.open);
  const other = [...parser.options.keys()].find((name) => name !== spec.name);
  if (parser.choice !== 'any' && other !== undefined) return alreadySelected(spec.name, other);
  if (spec.takesValue) parser.open = spec.name;
  else setOption(parser, spec.name, '');
  return null;
}

/** Of an option given twice the first value counts. */
function setOption(parser: Parser, name: string, value: string): void {
  if (!parser.options.has(name)) parser.options.set(name, value);
}

function find(parser: Parser, name: string): OptionSpec | undefined {
  return parser.specs.find((spec) => spec.name === name);
}

const PACKAGE = 'org.apache.commons.cli';

function unrecognized(word: string): string {
  return `${PACKAGE}.UnrecognizedOptionException: Unrecognized option: ${word}`;
}

function missing(name: string): string {
  return `${PACKAGE}.MissingArgumentException: Missing argument for option: ${name}`;
}

function missingChoice(specs: readonly OptionSpec[]): string {
  const all = specs.map((spec) => `-${spec.name} ${spec.description}`).join(', ');
  return `${PACKAGE}.MissingOptionException: Missing required option: [${all}]`;
}

function alreadySelected(name: string, other: string): string {
  return (
    `${PACKAGE}.AlreadySelectedException: The option '${name}' was specified but an option from ` +
    `this group has already been selected: '${other}'`
  );
}

/** A table of options, as Commons CLI lays it out: sorted, with the descriptions aligned. */
export function optionTable(specs: readonly OptionSpec[]): string[] {
  const rows = specs.map((spec) => ({
    name: ` -${spec.name}${spec.takesValue ? ' <arg>' : ''}`,
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
