/**
 * What the console could go on with: commands, their options, what these take, and paths.
 *
 * Source: org.apache.zookeeper.JLineZNodeCompleter (3.9). Differs: it knows commands and paths only.
 */
import type { Completion } from './client-io.ts';
import { commandNames, COMMANDS } from './commands/index.ts';
import { sortNames } from './commands/names.ts';
import { parseOptions, splitWords } from './commands/options.ts';
import { WATCH_MODES } from './commands/watches.ts';
import { joinPath } from '../data-tree/path.ts';

const NOTHING: readonly string[] = [];

/** @param childrenOf The names of a znode's children; null where there is no such znode. */
export function completeLine(
  line: string,
  childrenOf: (path: string) => readonly string[] | null,
): Completion {
  const from = lastWordStart(line);
  const word = line.slice(from);
  const before = splitWords(line.slice(0, from));
  if (before.length === 0) return { from, options: startingWith(commandNames(), word) };
  if (word.startsWith('/')) return { from, options: completePath(word, childrenOf) };
  return { from, options: startingWith(wordsFor(before, word), word) };
}

/** @param before The words so far, the command first. */
function wordsFor(before: readonly string[], word: string): readonly string[] {
  const [name = ''] = before;
  if (name === 'printwatches') return ['off', 'on'];
  const spec = COMMANDS.get(name);
  if (spec === undefined) return NOTHING;
  if (word.startsWith('-')) return sortNames(spec.options.map((option) => `-${option.name}`));
  if (name === 'addWatch' && before.at(-1) === '-m') return WATCH_MODES;
  const parsed = parseOptions(before, spec.options);
  return parsed.ok ? (spec.words?.get(parsed.line.args.length) ?? NOTHING) : NOTHING;
}

/** White space parts words, but not inside quotes. */
function lastWordStart(line: string): number {
  let start = 0;
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const char = line.charAt(i);
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (/\s/.test(char)) {
      start = i + 1;
    } else if (i === start && (char === '"' || char === "'")) {
      quote = char;
    }
  }
  return start;
}

function completePath(
  word: string,
  childrenOf: (path: string) => readonly string[] | null,
): readonly string[] {
  const slash = word.lastIndexOf('/');
  const parent = slash === 0 ? '/' : word.slice(0, slash);
  const children = sortNames(childrenOf(parent) ?? []);
  return startingWith(
    children.map((name) => joinPath(parent, name)),
    word,
  );
}

function startingWith(words: readonly string[], prefix: string): readonly string[] {
  return words.filter((word) => word.startsWith(prefix));
}
