/** Four-letter words on the client port. */
import type { Server } from '../core/server.ts';

/** Null where it is no word. */
export function answerWord(_server: Server, word: string, _tail: Uint8Array): string | null {
  return word === 'ruok' ? 'imok' : null;
}
