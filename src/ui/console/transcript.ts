/** A console's lines, read: commands for the history, and the things in them to point at. */
import type { TranscriptLine } from '../../sim/frame.ts';

/** zkCli's prompt, `[zk: localhost:2181(CONNECTED) 3] `, before the command it was given. */
const PROMPT = /^(\[zk: [^\]]*\] ?)(.*)$/s;

export function splitPrompt(text: string): { readonly prompt: string; readonly command: string } {
  const parts = PROMPT.exec(text);
  return { prompt: parts?.[1] ?? '', command: parts?.[2] ?? text };
}

/** Oldest first, without blanks and immediate repetitions. */
export function historyOf(lines: readonly TranscriptLine[]): readonly string[] {
  const commands: string[] = [];
  for (const line of lines) {
    if (line.kind !== 'prompt') continue;
    const command = splitPrompt(line.text).command.trim();
    if (command !== '' && command !== commands.at(-1)) commands.push(command);
  }
  return commands;
}

export interface Piece {
  readonly kind: 'text' | 'path' | 'zxid';
  readonly text: string;
}

/**
 * A zxid of epoch 1 or more has 9 to 12 hexadecimal digits here, a session id 15 or 16; a path
 * begins after white space or punctuation.
 */
const POINTABLE = /(?<![\w/])0x[0-9a-f]{9,12}(?![0-9a-f])|(?<![\w/.:])\/[\w.$@+~-][^\s,'"()[\]]*/g;

/** Cuts a line at the paths and zxids in it. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(POINTABLE)) {
    if (match.index > from) pieces.push({ kind: 'text', text: text.slice(from, match.index) });
    const [found] = match;
    pieces.push({ kind: found.startsWith('/') ? 'path' : 'zxid', text: found });
    from = match.index + found.length;
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
  return pieces;
}
