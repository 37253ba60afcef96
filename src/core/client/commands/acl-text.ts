/**
 * ACLs as they are typed, and as they are shown.
 *
 * Source: org.apache.zookeeper.cli.AclParser, ZKUtil.getPermString, jute's ToStringOutputArchive
 * (3.9).
 */
import { Perms } from '../../jute/data.ts';
import type { Acl } from '../../jute/data.ts';
import type { Shell } from './task.ts';

const PERMS = new Map<string, number>([
  ['r', Perms.READ],
  ['w', Perms.WRITE],
  ['c', Perms.CREATE],
  ['d', Perms.DELETE],
  ['a', Perms.ADMIN],
]);

/** How an ACL may begin, or what it may be as a whole. */
export const ACL_FORMS: readonly string[] = [
  'auth::cdrwa',
  'digest:',
  'ip:',
  'world:anyone:cdrwa',
  'world:anyone:r',
];

/** Entries that are none are named and left out, as are letters that name no permission. */
export function parseAcl(text: string, shell: Pick<Shell, 'print'>): readonly Acl[] {
  const acl: Acl[] = [];
  for (const entry of text.split(',')) {
    const first = entry.indexOf(':');
    const last = entry.lastIndexOf(':');
    if (first === last) {
      shell.print('error', `${entry} does not have the form scheme:id:perm`);
      continue;
    }
    const id = { scheme: entry.slice(0, first), id: entry.slice(first + 1, last) };
    acl.push({ perms: parsePerms(entry.slice(last + 1), shell), id });
  }
  return acl;
}

function parsePerms(letters: string, shell: Pick<Shell, 'print'>): number {
  let perms = 0;
  for (const letter of letters) {
    const perm = PERMS.get(letter);
    if (perm === undefined) shell.print('error', `Unknown perm type: ${letter}`);
    else perms |= perm;
  }
  return perms;
}

/** Two lines per entry: an Id's own text ends one. */
export function aclLines(acl: readonly Acl[]): string[] {
  return acl.flatMap(({ perms, id }) => [
    `${quoted(id.scheme)},${quoted(id.id)}`,
    `: ${permsText(perms)}`,
  ]);
}

export function permsText(perms: number): string {
  return ['c', 'd', 'r', 'w', 'a'].filter((p) => (perms & (PERMS.get(p) ?? 0)) !== 0).join('');
}

const ESCAPES = new Map([
  ['\0', '%00'],
  ['\n', '%0A'],
  ['\r', '%0D'],
  [',', '%2C'],
  ['}', '%7D'],
  ['%', '%25'],
]);

function quoted(text: string): string {
  return `'${Array.from(text, (char) => ESCAPES.get(char) ?? char).join('')}`;
}
