/** Read your writes (C.22): what a session wrote, and was told of, its later reads show. */
import type { Property } from '../ghosts.ts';
import { text } from '../text.ts';
import type { ZxidKey } from '../zxid-key.ts';
import { find, type ClientHistory, type Conn, type Invoked } from './history.ts';
import { asked, where, write, zxid as say } from './words.ts';

export const READ_YOUR_WRITES: Property = {
  name: 'C.22',
  title: 'A session reads what it has written itself, or something newer',
};

/** A reply shows the state at `z`. @returns whether it shows every write of the session. */
export function checkOwnWrites(
  history: ClientHistory,
  conn: Conn,
  invoked: Invoked,
  z: ZxidKey,
): boolean {
  const last = conn.session?.lastWrite ?? null;
  if (last === null || z >= last.zxid) return true;
  const why = text`The answer to ${asked(invoked)} of ${where(conn)} shows ${say(z)}, but the
    session had been told before that its own write was done: ${write(last)}.`;
  find(history, READ_YOUR_WRITES, why);
  return false;
}
