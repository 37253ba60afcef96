/**
 * Data-driven stories: a text file of stanzas, each a comment that says why, a command, a line of
 * `----`, and what the command must print. UPDATE_GOLDEN=1 writes what it prints now; the
 * difference is to be read against what ZooKeeper does before it is committed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';

const RULE = '----';

export interface Stanza {
  readonly comment: readonly string[];
  readonly command: string;
  readonly output: string;
  /** Of the command, for whoever looks for it. */
  readonly line: number;
}

/** Runs one command of a story and returns what it prints, without blank lines. */
export type Teller = (command: string) => readonly string[];

export function parseStory(text: string): readonly Stanza[] {
  const stanzas: Stanza[] = [];
  let comment: string[] = [];
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (line === '') continue;
    if (line.startsWith('#')) {
      comment.push(line);
      continue;
    }
    if (lines[i + 1] !== RULE) throw new Error(`line ${String(i + 1)}: ${RULE} is due after it`);
    const at = i + 1;
    const output: string[] = [];
    for (i += 2; i < lines.length && lines[i] !== ''; i++) output.push(lines[i] ?? '');
    stanzas.push({ comment, command: line, output: output.join('\n'), line: at });
    comment = [];
  }
  return stanzas;
}

export function checkStory(file: string, teller: Teller): void {
  const update = process.env['UPDATE_GOLDEN'] === '1';
  const told: string[] = [];
  for (const { comment, command, output, line } of parseStory(readFileSync(file, 'utf8'))) {
    const now = teller(command).join('\n');
    if (!update) expect(now, `line ${String(line)}: ${command}`).toBe(output);
    const parts = [...comment, command, RULE, ...(now === '' ? [] : [now])];
    told.push(parts.join('\n'));
  }
  if (update) writeFileSync(file, `${told.join('\n\n')}\n`);
}
