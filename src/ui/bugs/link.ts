/**
 * A run as a link: `#run=`, a checksum, a dot, and the text of its record, of what it breaks and of
 * how it was seen, deflated, in base64url. Links of before have no checksum.
 */
import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import { adler32 } from '../../core/txn-log/adler32.ts';
import { RunTextError, sharedFromText, sharedToText, type SharedRun } from '../../sim/run-text.ts';

export const RUN_PREFIX = '#run=';

/** Characters that a link may have, and bytes that it may unfold to. */
const LINK_MAX = 2_000_000;
const TEXT_MAX = 8_000_000;

/** Why a link is of no use; `text` where the record itself says it in a sentence. */
export class LinkError extends Error {
  override readonly name = 'LinkError';
  readonly why: 'cut' | 'tooLong' | 'text';

  constructor(why: 'cut' | 'tooLong' | 'text', message: string = why) {
    super(message);
    this.why = why;
  }
}

export function fragmentOf(run: SharedRun): string {
  return RUN_PREFIX + packText(sharedToText(run));
}

/** A text as a link carries it: a checksum, a dot, and the deflated text in base64url. */
export function packText(text: string): string {
  const bytes = deflateSync(strToU8(text), { level: 9 });
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  const base64 = btoa(binary);
  const code = base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  return `${adler32(bytes).toString(36)}.${code}`;
}

/** @throws LinkError */
export function runOfFragment(fragment: string): SharedRun {
  return unpackText(fragment.slice(RUN_PREFIX.length), sharedFromText);
}

/** @param read throws a RunTextError where the text is of no use. @throws LinkError */
export function unpackText<T>(whole: string, read: (text: string) => T): T {
  if (whole.length > LINK_MAX) throw new LinkError('tooLong');
  const dot = whole.indexOf('.');
  try {
    const bytes = bytesOf(whole.slice(dot + 1));
    if (dot !== -1 && adler32(bytes).toString(36) !== whole.slice(0, dot)) {
      throw new LinkError('cut');
    }
    return read(strFromU8(inflate(bytes)));
  } catch (reason) {
    if (reason instanceof LinkError) throw reason;
    if (reason instanceof RunTextError) throw new LinkError('text', reason.message);
    throw new LinkError('cut');
  }
}

function bytesOf(code: string): Uint8Array {
  if (!/^[\w-]+$/.test(code)) throw new LinkError('cut');
  const binary = atob(code.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}

/** Bytes that go into the inflater at once: what comes out of them stays within bounds. */
const PIECE = 4096;

/** A few characters can unfold to gigabytes: it stops before they do. */
function inflate(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  const out = { size: 0, ended: false };
  const inflater = new Inflate((part, last) => {
    parts.push(part);
    out.size += part.length;
    out.ended = last;
    if (out.size > TEXT_MAX) throw new LinkError('tooLong');
  });
  for (let at = 0; at < bytes.length; at += PIECE) {
    inflater.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length);
  }
  if (!out.ended) throw new LinkError('cut');
  const whole = new Uint8Array(out.size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
