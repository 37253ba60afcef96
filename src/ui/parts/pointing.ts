/** What a sentence names that can be pointed at: servers, sessions, zxids and paths. */
export interface Piece {
  readonly kind: 'text' | 'path' | 'zxid' | 'session' | 'server';
  readonly text: string;
}

/**
 * A zxid of epoch 1 or more has 9 to 12 hexadecimal digits here, a session id 15 or 16; a path
 * begins after white space or punctuation; servers are named by number, several in one list.
 */
const POINTABLE =
  /(?<![\w/])0x[0-9a-f]{9,16}(?![0-9a-f])|(?<=^|[\s:,'"“([=（，。；：、])\/[\w.$@+~-][^\s,'"”()[\]（），。；：、]*|(?:\b[Ss]ervers?|服务器) \d+(?:(?:, | and |, and |、)\d+(?![\w.]))*/g;

const SESSION_CHARS = '0x'.length + 15;

/** Cuts a text at what can be pointed at in it. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(POINTABLE)) {
    if (match.index > from) pieces.push({ kind: 'text', text: text.slice(from, match.index) });
    const [found] = match;
    if (found.startsWith('/')) pieces.push({ kind: 'path', text: found });
    else if (!found.startsWith('0x')) pieces.push(...serversIn(found));
    else pieces.push({ kind: found.length >= SESSION_CHARS ? 'session' : 'zxid', text: found });
    from = match.index + found.length;
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
  return pieces;
}

/** `server 3` is one piece; of `servers 1 and 2` each number is. */
function serversIn(text: string): readonly Piece[] {
  if (/^(?:server|服务器) \d+$/i.test(text)) return [{ kind: 'server', text }];
  return text
    .split(/(\d+)/)
    .filter((part) => part !== '')
    .map((part) => ({ kind: /^\d/.test(part) ? 'server' : 'text', text: part }));
}

/** The number in `server 3` or `3`. */
export function sidIn(text: string): number {
  return Number(/\d+$/.exec(text)?.[0] ?? 0);
}
