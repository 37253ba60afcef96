/**
 * Who may run a command: the header `Authorization` says who asks, and the ACL of a znode what
 * they may do. `digest user:password` is what a client would add; `ip` is the address that the
 * request comes from.
 *
 * Source: server.admin.Commands.handleAuthentication, handleAuthorization (3.9).
 */
import { authenticate } from '../auth/digest-auth.ts';
import { isPermitted } from '../data-tree/acl.ts';
import { getNode } from '../data-tree/data-tree.ts';
import { ROOT } from '../data-tree/path.ts';
import type { Id } from '../jute/data.ts';
import { configOf, type Server } from '../server-context.ts';

/** A request's header, and where it came from. */
export interface AdminCredentials {
  /** Null where there is no such header. */
  readonly authorization: string | null;
  /** Without a port. */
  readonly address: string;
}

export interface AdminRefusal {
  readonly status: number;
  readonly error: string;
}

/** READ, WRITE, CREATE, DELETE and ADMIN: every one must be granted. */
const PERMISSIONS = [1, 2, 4, 8, 16];

/** @returns null where all is permitted on the root. */
export function refuseAdmin(server: Server, credentials: AdminCredentials): AdminRefusal | null {
  if (credentials.authorization === null) {
    return { status: 401, error: 'Auth info is missing for the command' };
  }
  const ids = identify(server, credentials.authorization, credentials.address);
  if (ids === null) return { status: 401, error: 'Not authenticated' };
  const acl = getNode(server.db.tree, ROOT)?.acl ?? [];
  const all = PERMISSIONS.every((permission) => isPermitted(acl, permission, ids));
  return all ? null : { status: 403, error: 'Not authorized' };
}

/** A scheme and, for digest, a name with its password; one space between them. */
function identify(server: Server, authorization: string, address: string): readonly Id[] | null {
  const parts = authorization.split(' ');
  while (parts.at(-1) === '') parts.pop();
  const [scheme = '', secret] = parts;
  if (parts.length > 2) return null;
  if (scheme === 'ip') return [{ scheme, id: address }];
  if (secret === undefined) return null;
  const auth = new TextEncoder().encode(secret);
  return authenticate(configOf(server), { op: 'auth', type: 0, scheme, auth });
}
