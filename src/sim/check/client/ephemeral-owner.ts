/** Ephemerals (C.26): nobody sees an ephemeral znode at a zxid at which its session is closed. */
import type { SessionId } from '../../../core/units.ts';
import { NO_SESSION } from '../../../core/units.ts';
import type { Property } from '../ghosts.ts';
import { text } from '../text.ts';
import type { ZxidKey } from '../zxid-key.ts';
import { find, type ClientHistory, type Conn } from './history.ts';
import { session, where, zxid as say } from './words.ts';

export const EPHEMERAL_OWNER: Property = {
  name: 'C.26',
  title: 'An ephemeral znode is never seen after its session has been closed',
};

/** A read shows this node at `z`. @returns whether its owner lived then, as far as is known. */
export function checkOwner(
  history: ClientHistory,
  conn: Conn,
  path: string,
  owner: SessionId,
  z: ZxidKey,
): boolean {
  if (owner === NO_SESSION) return true;
  const closed = history.closed.get(owner);
  if (closed === undefined || closed > z) return true;
  const why = text`A read of ${where(conn)} at ${say(z)} shows the ephemeral ${path} of
    ${session(owner)}, which was closed at ${say(closed)}.`;
  find(history, EPHEMERAL_OWNER, why);
  return false;
}
