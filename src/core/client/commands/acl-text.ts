/** ACLs as they are typed. Source: org.apache.zookeeper.cli.AclParser (3.9). */
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

/** Entries that are none are named and left out, as are letters that name no permission. */
export function parseAcl(text: string, shell: Shell): readonly Acl[] {
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

function parsePerms(letters: string, shell: Shell): number {
  let perms = 0;
  for (const letter of letters) {
    const perm = PERMS.get(letter);
    if (perm === undefined) shell.print('error', `Unknown perm type: ${letter}`);
    else perms |= perm;
  }
  return perms;
}
