/**
 * Monotonic reads (C.21): a session never goes back in time, not even to another server. The zxids
 * in the headers of its replies never decrease.
 *
 * Answers to pings and events are counted on their own connection only: a client that reconnects
 * goes by replies to requests. Source: ClientCnxn.SendThread.readResponse.
 */
import type { Property } from '../ghosts.ts';
import { text } from '../text.ts';
import type { ZxidKey } from '../zxid-key.ts';
import { find, type ClientHistory, type Conn } from './history.ts';
import { where, zxid as say } from './words.ts';

export const MONOTONIC_READS: Property = {
  name: 'C.21',
  title: 'What a session has seen it never sees undone, whichever server it asks',
};

/** Something on the connection shows `z`. @param counts a reply to a request. */
export function checkMonotonic(
  history: ClientHistory,
  conn: Conn,
  z: ZxidKey,
  shownBy: string,
  counts: boolean,
): void {
  const { session } = conn;
  if (z < conn.lastZxid) {
    const why = text`On one connection of ${where(conn)}, ${shownBy} shows ${say(z)} after
      ${say(conn.lastZxid)} had been shown.`;
    find(history, MONOTONIC_READS, why);
  } else {
    conn.lastZxid = z;
  }
  if (!counts || session === null) return;
  if (z < session.lastZxid) {
    const why = text`The last answer to ${where(conn)} showed ${say(z)}, but server
      ${session.lastServer} had shown ${say(session.lastZxid)} to the same session before.`;
    find(history, MONOTONIC_READS, why);
    return;
  }
  session.lastZxid = z;
  session.lastServer = conn.server;
}
