/** What can be done to a znode, and the line that does it in zkCli. */
import type { TranscriptLine } from '../../sim/frame.ts';
import { splitPrompt } from '../console/transcript.ts';

export type DeedKind = 'create' | 'set' | 'remove' | 'watch';

export type CreateKind = 'persistent' | 'ephemeral' | 'container' | 'ttl';

export const WATCH_KINDS = ['data', 'children', 'exists', 'persistent', 'recursive'] as const;
export type WatchWish = (typeof WATCH_KINDS)[number];

export type Deed =
  | {
      readonly kind: 'create';
      readonly parent: string;
      readonly name: string;
      readonly data: string;
      readonly as: CreateKind;
      readonly sequential: boolean;
      /** Milliseconds, of a TTL znode. */
      readonly ttl: number;
    }
  /** `version` null: whatever it is by then. */
  | {
      readonly kind: 'set';
      readonly path: string;
      readonly data: string;
      readonly version: number | null;
    }
  | { readonly kind: 'remove'; readonly path: string; readonly below: boolean }
  | { readonly kind: 'watch'; readonly path: string; readonly wish: WatchWish };

/**
 * A word as zkCli reads it: it splits at white space, and a quote at a word's beginning reaches to
 * the next one like it. Null where no writing of it reads back.
 */
export function wordOf(text: string): string | null {
  if (/[\r\n]/.test(text)) return null;
  if (text !== '' && !/\s/.test(text) && !/^["']/.test(text)) return text;
  if (!text.includes('"')) return `"${text}"`;
  return text.includes("'") ? null : `'${text}'`;
}

/** Null where it cannot be written as one line. */
export function lineOf(deed: Deed): string | null {
  switch (deed.kind) {
    case 'create':
      return createLine(deed);
    case 'set': {
      const guard = deed.version === null ? [] : ['-v', String(deed.version)];
      return joined(['set', ...guard, wordOf(deed.path), wordOf(deed.data)]);
    }
    case 'remove':
      return joined([deed.below ? 'deleteall' : 'delete', wordOf(deed.path)]);
    case 'watch':
      return joined([...WATCHING[deed.wish], wordOf(deed.path)]);
  }
}

const WATCHING: Readonly<Record<WatchWish, readonly string[]>> = {
  data: ['get', '-w'],
  children: ['ls', '-w'],
  exists: ['stat', '-w'],
  persistent: ['addWatch', '-m', 'PERSISTENT'],
  recursive: ['addWatch'],
};

function createLine(deed: Extract<Deed, { kind: 'create' }>): string | null {
  const { parent, name, data, as, sequential, ttl } = deed;
  // Only a sequential znode needs no name of its own.
  if ((name === '' && !sequential) || name.includes('/')) return null;
  const flags = [
    ...(sequential && as !== 'container' ? ['-s'] : []),
    ...(as === 'ephemeral' ? ['-e'] : as === 'container' ? ['-c'] : []),
    ...(as === 'ttl' ? ['-t', String(ttl)] : []),
  ];
  const path = wordOf(`${parent === '/' ? '' : parent}/${name}`);
  return joined(['create', ...flags, path, ...(data === '' ? [] : [wordOf(data)])]);
}

function joined(words: readonly (string | null)[]): string | null {
  return words.includes(null) ? null : words.join(' ');
}

export interface Answer {
  readonly text: string;
  readonly isError: boolean;
}

/** What the console printed under that command, which was typed at `since` or later. */
export function answerTo(
  lines: readonly TranscriptLine[],
  command: string,
  since: number,
): Answer | null {
  const from = lines.findLastIndex(
    ({ kind, text, at }) =>
      kind === 'prompt' && at >= since && splitPrompt(text).command.trim() === command.trim(),
  );
  if (from < 0) return null;
  const printed: TranscriptLine[] = [];
  for (const line of lines.slice(from + 1)) {
    if (line.kind === 'prompt') break;
    if (line.kind === 'output' || line.kind === 'error') printed.push(line);
  }
  return {
    text: printed.map(({ text }) => text).join('\n'),
    isError: printed.some(({ kind }) => kind === 'error'),
  };
}
