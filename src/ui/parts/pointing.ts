/** The paths and zxids in a text, which can be pointed at. */
export interface Piece {
  readonly kind: 'text' | 'path' | 'zxid';
  readonly text: string;
}

/**
 * A zxid of epoch 1 or more has 9 to 12 hexadecimal digits here, a session id 15 or 16; a path
 * begins after white space or punctuation.
 */
const POINTABLE =
  /(?<![\w/])0x[0-9a-f]{9,12}(?![0-9a-f])|(?<=^|[\s:,'"([=])\/[\w.$@+~-][^\s,'"()[\]]*/g;

/** Cuts a text at the paths and zxids in it. */
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
