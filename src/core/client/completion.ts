/**
 * What the console could go on with: commands, their options, and paths.
 *
 * Source: org.apache.zookeeper.JLineZNodeCompleter (3.9). Differs: options, and what follows
 * `printwatches`, are completed too.
 */
import type { Completion } from './client-io.ts';
import { commandNames, COMMANDS } from './commands/index.ts';
import { sortNames } from './commands/ls.ts';
import { joinPath } from '../data-tree/path.ts';

const NOTHING: readonly string[] = [];

/** @param childrenOf The names of a znode's children; null where there is no such znode. */
export function completeLine(
  line: string,
  childrenOf: (path: string) => readonly string[] | null,
): Completion {
  const from = lastWordStart(line);
  const word = line.slice(from);
  const command = /^\s*(\S+)\s/.exec(line.slice(0, from))?.[1];
  if (command === undefined) return { from, options: startingWith(commandNames(), word) };
  if (word.startsWith('/')) return { from, options: completePath(word, childrenOf) };
  if (word.startsWith('-')) {
    const flags = (COMMANDS.get(command)?.options ?? []).map((option) => `-${option.letter}`);
    return { from, options: startingWith(sortNames(flags), word) };
  }
  const words = command === 'printwatches' ? ['off', 'on'] : NOTHING;
  return { from, options: startingWith(words, word) };
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
