/**
 * Who may do what with a znode. An ACL is not inherited: creating and deleting are judged by the
 * parent's list, everything else by the node's own.
 *
 * Source: ZooKeeperServer.checkACL, PrepRequestProcessor.fixupACL, auth.ProviderRegistry (3.9).
 * Differs: the providers are those that a server has without any setting: digest and ip. x509 and
 * sasl are unknown schemes here.
 */
import { ipMatches, isIpExpression } from '../auth/ip-auth.ts';
import type { Acl, Id } from '../jute/data.ts';

/** @param ids what the client has proved to be; a `super` among them may do everything. */
export function isPermitted(acl: readonly Acl[], perm: number, ids: readonly Id[]): boolean {
  if (acl.length === 0 || ids.some((id) => id.scheme === 'super')) return true;
  return acl.some((entry) => (entry.perms & perm) !== 0 && covers(entry.id, ids));
}

function covers(granted: Id, ids: readonly Id[]): boolean {
  switch (granted.scheme) {
    case 'world':
      return granted.id === 'anyone';
    case 'digest':
      return ids.some((id) => id.scheme === 'digest' && id.id === granted.id);
    case 'ip':
      return ids.some((id) => id.scheme === 'ip' && ipMatches(id.id, granted.id));
    default:
      return false;
  }
}

/**
 * The list as it is stored: without duplicates, and with `auth` replaced by what the client has
 * proved. A `super` id is never put in its place, because no list can name it.
 *
 * @param release 3.8.0 knows no IPv6 in a list.
 * @returns null where the list is empty or one of its entries is not allowed: INVALIDACL.
 */
export function fixupAcl(
  acl: readonly Acl[],
  ids: readonly Id[],
  release: '3.8.0' | '3.9' = '3.9',
): readonly Acl[] | null {
  const fixed: Acl[] = [];
  for (const entry of withoutDuplicates(acl)) {
    const { scheme, id } = entry.id;
    if (scheme === 'auth') {
      const proved = ids.filter((known) => known.scheme === 'digest');
      if (proved.length === 0) return null;
      for (const known of proved) fixed.push({ perms: entry.perms, id: known });
    } else if (isValidId(scheme, id, release)) {
      fixed.push(entry);
    } else {
      return null;
    }
  }
  return fixed.length === 0 ? null : fixed;
}

function isValidId(scheme: string, id: string, release: '3.8.0' | '3.9'): boolean {
  switch (scheme) {
    case 'world':
      return id === 'anyone';
    case 'digest':
      return isUserAndHash(id);
    case 'ip':
      return isIpExpression(id) && (release !== '3.8.0' || !id.includes(':'));
    default:
      return false;
  }
}

/** Two parts around a colon, where Java's split drops empty ones at the end. */
function isUserAndHash(id: string): boolean {
  const parts = id.split(':');
  while (parts.length > 0 && parts.at(-1) === '') parts.pop();
  return parts.length === 2;
}

function withoutDuplicates(acl: readonly Acl[]): Acl[] {
  const unique: Acl[] = [];
  for (const entry of acl) {
    if (!unique.some((other) => isSame(entry, other))) unique.push(entry);
  }
  return unique;
}

function isSame(a: Acl, b: Acl): boolean {
  return a.perms === b.perms && a.id.scheme === b.id.scheme && a.id.id === b.id.id;
}
