/**
 * The Markdown of lessons, as plain data: what texts of lessons use, and no more. Nothing of it
 * becomes HTML but through the components that draw it.
 */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  /** A line for the console. */
  | { readonly kind: 'command'; readonly line: string }
  | { readonly kind: 'strong'; readonly of: readonly Inline[] }
  | { readonly kind: 'em'; readonly of: readonly Inline[] }
  /** Only of another lesson, or of the web. */
  | { readonly kind: 'link'; readonly href: string; readonly of: readonly Inline[] }
  /** A word of the glossary. */
  | { readonly kind: 'term'; readonly term: string; readonly text: string };

export type Block =
  | { readonly kind: 'paragraph'; readonly of: readonly Inline[] }
  | { readonly kind: 'heading'; readonly of: readonly Inline[] }
  | { readonly kind: 'quote'; readonly of: readonly Block[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly Item[] }
  /** `language`: the word behind the fence; '' where there is none. */
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'table'; readonly head: Row; readonly rows: readonly Row[] };

export type Item = readonly Block[];
export type Row = readonly (readonly Inline[])[];

const FENCE = /^\s*```/;
const BULLET = /^(\s*)([-*]|\d+[.)])\s+/;
const HEADING = /^#{3,6}\s+/;
const TABLE_RULE = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

export function parseMarkdown(source: string): readonly Block[] {
  const lines = source.replaceAll('\r\n', '\n').split('\n');
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length;) {
    if ((lines[at] ?? '').trim() === '') {
      at += 1;
      continue;
    }
    const { block, next } = readBlock(lines, at);
    blocks.push(block);
    at = next;
  }
  return blocks;
}

interface Read {
  readonly block: Block;
  readonly next: number;
}

function readBlock(lines: readonly string[], at: number): Read {
  const line = lines[at] ?? '';
  if (FENCE.test(line)) return readFence(lines, at);
  if (BULLET.test(line)) return readList(lines, at);
  if (line.startsWith('>')) return readQuote(lines, at);
  if (line.includes('|') && TABLE_RULE.test(lines[at + 1] ?? '')) return readTable(lines, at);
  if (HEADING.test(line)) {
    const of = parseInline(line.replace(HEADING, ''));
    return { block: { kind: 'heading', of }, next: at + 1 };
  }
  const next = endOf(lines, at + 1, (one) => startsBlock(one));
  return { block: { kind: 'paragraph', of: parseInline(join(lines.slice(at, next))) }, next };
}

const startsBlock = (line: string): boolean =>
  line.trim() === '' ||
  FENCE.test(line) ||
  BULLET.test(line) ||
  HEADING.test(line) ||
  line.startsWith('>');

/** The first line from there on that ends it. */
function endOf(lines: readonly string[], from: number, ends: (line: string) => boolean): number {
  const found = lines.findIndex((line, index) => index >= from && ends(line));
  return found === -1 ? lines.length : found;
}

function readFence(lines: readonly string[], at: number): Read {
  const end = endOf(lines, at + 1, (line) => FENCE.test(line));
  const language = (lines[at] ?? '').replace(FENCE, '').trim();
  const text = lines.slice(at + 1, end).join('\n');
  return { block: { kind: 'code', language, text }, next: end + 1 };
}

function readQuote(lines: readonly string[], at: number): Read {
  const next = endOf(lines, at, (line) => !line.startsWith('>'));
  const inside = lines.slice(at, next).map((line) => line.replace(/^>\s?/, ''));
  return { block: { kind: 'quote', of: parseMarkdown(inside.join('\n')) }, next };
}

/** What is indented under an item belongs to it. */
function readList(lines: readonly string[], at: number): Read {
  const indent = indentOf(lines[at] ?? '');
  const ordered = isOrdered(lines[at] ?? '');
  const items: Item[] = [];
  let next = at;
  while (next < lines.length) {
    const line = lines[next] ?? '';
    const bullet = BULLET.exec(line);
    if (bullet === null || indentOf(line) !== indent || isOrdered(line) !== ordered) break;
    const width = bullet[0].length;
    const end = endOf(lines, next + 1, (one) =>
      one.trim() === '' ? false : indentOf(one) <= indent && !isLazy(one),
    );
    const own = [line.slice(width), ...lines.slice(next + 1, end).map((one) => dedent(one, width))];
    items.push(parseMarkdown(own.join('\n')));
    next = end;
  }
  return { block: { kind: 'list', ordered, items }, next };
}

/** A line of text right under an item goes on with it only where it is indented. */
const isLazy = (line: string): boolean => line.startsWith(' ') && !BULLET.test(line);
const indentOf = (line: string): number => line.length - line.trimStart().length;
const isOrdered = (line: string): boolean => /^\s*\d/.test(line);
const dedent = (line: string, by: number): string => line.slice(Math.min(by, indentOf(line)));

function readTable(lines: readonly string[], at: number): Read {
  const next = endOf(lines, at + 2, (line) => !line.includes('|'));
  const [head, , ...rows] = lines.slice(at, next).map(cellsOf);
  return { block: { kind: 'table', head: head ?? [], rows }, next };
}

/** Bars in code or behind a backslash part nothing. */
function cellsOf(line: string): Row {
  const inside = line.trim().replace(/^\|/, '').replace(/\|$/, '');
  const cells = inside.match(/(?:`[^`]*`|\\.|[^|])+/g) ?? [];
  return cells.map((cell) => parseInline(cell.trim()));
}

const CJK = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]/;
const WIDE_MARK = /[\u3000-\u303f\uff00-\uffef“”‘’…—]/;

/** Lines of one paragraph. Chinese is written without spaces, so none comes of a line's end. */
function join(lines: readonly string[]): string {
  return lines
    .map((line) => line.trim())
    .reduce((text, line) => {
      const before = text.at(-1) ?? '';
      const behind = line.at(0) ?? '';
      const close =
        WIDE_MARK.test(before) || WIDE_MARK.test(behind) || (CJK.test(before) && CJK.test(behind));
      return text + (close || text === '' ? '' : ' ') + line;
    }, '');
}

const INLINE = new RegExp(
  [
    '\\\\([\\\\`*_[\\]|#<>~.!-])',
    '(`+)(.+?)\\2',
    '\\*\\*(.+?)\\*\\*',
    '\\*([^*]+?)\\*',
    '(?<![\\p{L}\\p{N}_])_([^_]+?)_(?![\\p{L}\\p{N}_])',
    '\\[\\[([^\\]|]+)(?:\\|([^\\]]+))?\\]\\]',
    '\\[([^\\]]+)\\]\\(([^)\\s]+)\\)',
  ].join('|'),
  'gu',
);

const COMMAND = 'zk> ';

export function parseInline(source: string): readonly Inline[] {
  const found: Inline[] = [];
  let at = 0;
  const plain = (text: string): void => {
    const last = found.at(-1);
    if (text === '') return;
    if (last?.kind === 'text') found[found.length - 1] = { kind: 'text', text: last.text + text };
    else found.push({ kind: 'text', text });
  };
  for (const match of source.matchAll(INLINE)) {
    plain(source.slice(at, match.index));
    at = match.index + match[0].length;
    const one = inlineOf(match);
    if (one.kind === 'text') plain(one.text);
    else found.push(one);
  }
  plain(source.slice(at));
  return found;
}

function inlineOf(match: RegExpExecArray): Inline {
  const [whole, escaped, , code, strong, star, line, term, shown, text, href] = match;
  if (escaped !== undefined) return { kind: 'text', text: escaped };
  if (code !== undefined) return codeOf(code);
  if (strong !== undefined) return { kind: 'strong', of: parseInline(strong) };
  const em = star ?? line;
  if (em !== undefined) return { kind: 'em', of: parseInline(em) };
  if (term !== undefined) return { kind: 'term', term, text: shown ?? term };
  if (text !== undefined && href !== undefined && isSafe(href)) {
    return { kind: 'link', href, of: parseInline(text) };
  }
  return { kind: 'text', text: text ?? whole };
}

function codeOf(code: string): Inline {
  if (code.startsWith(COMMAND)) return { kind: 'command', line: code.slice(COMMAND.length) };
  return { kind: 'code', text: code };
}

const isSafe = (href: string): boolean =>
  href.startsWith('https://') || href.startsWith('http://') || href.startsWith('#lesson=');
