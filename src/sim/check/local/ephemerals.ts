/**
 * C.12: an ephemeral znode belongs to a session that its tree knows, the index of them by session
 * lists exactly those, and closing a session leaves none of them.
 */
import { ownerKind } from '../../../core/data-tree/data-node.ts';
import type { ZkDatabase } from '../../../core/txn-log/zk-database.ts';
import { formatSessionId, NO_SESSION, type SessionId } from '../../../core/units.ts';
import { formatZxid, type Zxid } from '../../../core/zxid.ts';
import type { Property } from '../ghosts.ts';
import { text } from '../text.ts';
import { find, type Findings } from './findings.ts';

export const EPHEMERALS: Property = {
  name: 'C.12',
  title: 'Every ephemeral znode belongs to a living session of the same tree',
};

/** @param where Whose database it is: `server 3`, or what a restart of it would find. */
export function checkEphemerals(findings: Findings, db: ZkDatabase, where: string): void {
  const { tree, sessions } = db;
  let owned = 0;
  for (const [owner, paths] of tree.ephemerals) {
    owned += paths.size;
    const [path = ''] = paths;
    if (!sessions.has(owner)) {
      const who = formatSessionId(owner);
      const why = text`In the tree of ${where} ${path} is an ephemeral znode of session ${who},
        but the same server knows no such session.`;
      find(findings, EPHEMERALS, why);
      return;
    }
    for (const one of paths) {
      if (tree.nodes.get(one)?.ephemeralOwner === owner) continue;
      const why = text`The tree of ${where} counts ${one} among the ephemeral znodes of session
        ${formatSessionId(owner)}, but no znode there says so itself.`;
      find(findings, EPHEMERALS, why);
      return;
    }
  }
  checkAllListed(findings, db, owned, where);
}

/** Each one listed is there; so all are listed where there are no more of them. */
function checkAllListed(findings: Findings, db: ZkDatabase, owned: number, where: string): void {
  let found = 0;
  for (const [path, { ephemeralOwner: owner }] of db.tree.nodes) {
    if (owner === NO_SESSION || ownerKind(owner) !== 'ephemeral') continue;
    found += 1;
    if (db.tree.ephemerals.get(owner)?.has(path) === true) continue;
    const why = text`${path} in the tree of ${where} is an ephemeral znode of session
      ${formatSessionId(owner)}, but is missing from the list of what that session owns.`;
    find(findings, EPHEMERALS, why);
    return;
  }
  if (found === owned) return;
  const why = text`The tree of ${where} lists ${owned} ephemeral znodes, but holds ${found}.`;
  find(findings, EPHEMERALS, why);
}

/** A closeSession was applied last. */
export function checkClosedSession(
  findings: Findings,
  db: ZkDatabase,
  session: SessionId,
  zxid: Zxid,
): void {
  const [left] = db.tree.ephemerals.get(session) ?? [];
  const isThere = db.sessions.has(session);
  if (left === undefined && !isThere) return;
  const what = left === undefined ? 'the session is still among its sessions' : `${left} is still`;
  const why = text`Server ${findings.sid} closed session ${formatSessionId(session)} with
    ${formatZxid(zxid)}, but ${what}${left === undefined ? '' : ' in its tree'}.`;
  find(findings, EPHEMERALS, why);
}
