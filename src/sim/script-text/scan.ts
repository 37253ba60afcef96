/** Reading one line, word by word. What does not fit ends the line with a `Mistake`. */
import { nearest } from '../../core/client/near-miss.ts';
import type { Problem, Wanted } from './model.ts';

/** Why a line cannot be read. Columns from 0, `to` behind its end. */
export class Mistake extends Error {
  override readonly name = 'Mistake';
  readonly from: number;
  readonly to: number;
  readonly problem: Problem;

  constructor(from: number, to: number, problem: Problem) {
    super(problem.kind);
    this.from = from;
    this.to = to;
    this.problem = problem;
  }
}

export interface Scanner {
  readonly text: string;
  /** What is not read yet begins here. */
  at: number;
}

export interface Token {
  readonly kind: 'word' | 'string' | 'mark' | 'end';
  /** Of a string: what it says. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const MARK = /<->|->|[,|:=]/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;

/** The next one, which stays to be read. */
export function peek(scanner: Scanner): Token {
  const { text } = scanner;
  let from = scanner.at;
  while (/\s/.test(text[from] ?? '')) from++;
  // A `#` at the end of a word begins no comment: clients may be called `#1001`.
  const begins = text[from];
  if (begins === undefined) return { kind: 'end', text: '', from, to: from };
  if (begins === '#' && !/\d/.test(text[from + 1] ?? '')) {
    return { kind: 'end', text: '', from, to: from };
  }
  if (begins === '"') return readString(text, from);
  MARK.lastIndex = from;
  const mark = MARK.exec(text)?.[0];
  if (mark !== undefined) return { kind: 'mark', text: mark, from, to: from + mark.length };
  return readWord(text, from);
}

function readWord(text: string, from: number): Token {
  let to = from + 1;
  while (to < text.length && !/[\s,|"#:=<>]/.test(text[to] ?? '')) {
    if (text.startsWith('->', to)) break;
    to++;
  }
  return { kind: 'word', text: text.slice(from, to), from, to };
}

function readString(text: string, from: number): Token {
  STRING.lastIndex = from;
  const found = STRING.exec(text)?.[0];
  if (found === undefined) throw new Mistake(from, text.length, { kind: 'string' });
  const to = from + found.length;
  try {
    const value: unknown = JSON.parse(found);
    if (typeof value === 'string') return { kind: 'string', text: value, from, to };
  } catch {
    // Told below.
  }
  throw new Mistake(from, to, { kind: 'string' });
}

export function next(scanner: Scanner): Token {
  const token = peek(scanner);
  scanner.at = token.to;
  return token;
}

/** Reads this word or mark if it comes next. */
export function took(scanner: Scanner, text: string): boolean {
  const token = peek(scanner);
  if (token.kind === 'string' || token.text !== text || token.kind === 'end') return false;
  scanner.at = token.to;
  return true;
}

export function fail(token: Token, what: Wanted, candidates: readonly string[] = []): never {
  const { from, text, kind } = token;
  const near = kind === 'word' ? nearest(text, candidates) : null;
  const found = kind === 'end' ? '' : text;
  throw new Mistake(from, Math.max(token.to, from + 1), { kind: 'expected', what, found, near });
}

export function word(scanner: Scanner, what: Wanted): Token {
  const token = next(scanner);
  return token.kind === 'word' ? token : fail(token, what);
}

export function wordOf<T extends string>(scanner: Scanner, ...words: readonly T[]): T {
  const token = next(scanner);
  const found = words.find((one) => one === token.text && token.kind === 'word');
  return found ?? fail(token, { oneOf: words }, words);
}

export function expectWord(scanner: Scanner, text: string): void {
  if (!took(scanner, text)) fail(peek(scanner), { word: text }, [text]);
}

export function expectEnd(scanner: Scanner): void {
  const token = peek(scanner);
  if (token.kind === 'end') return;
  const rest = scanner.text.slice(token.from).trimEnd();
  const found = rest.length > 40 ? `${rest.slice(0, 39)}…` : rest;
  throw new Mistake(token.from, token.from + rest.length, { kind: 'leftOver', found });
}

export function outOfRange(token: Token, min: string, max: string): never {
  const { from, to, text } = token;
  throw new Mistake(from, to, { kind: 'outOfRange', found: text, min, max });
}

export function whole(scanner: Scanner, min: number, max: number): number {
  const token = word(scanner, 'number');
  if (!/^-?\d+$/.test(token.text)) fail(token, 'number');
  const value = Number(token.text);
  if (value < min || value > max || !Number.isSafeInteger(value)) {
    outOfRange(token, String(min), String(max));
  }
  return value === 0 ? 0 : value;
}
