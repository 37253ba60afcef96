/** What the looks at single members tell the checkers of the whole run; see local/inspect.ts. */
import type { Ghosts, MemberGhost } from './ghosts.ts';
import { report } from './ghosts.ts';
import type { Look } from './local/look.ts';
import { checkSynchronizedDisk } from './new-leader-ack-durable.ts';
import { propertyNamed } from './properties.ts';
import { checkStarted, checkTrialStart } from './recovery.ts';
import { recordPrint } from './tree-digest.ts';
import { keyOf } from './zxid-key.ts';

export function onLook(ghosts: Ghosts, m: MemberGhost, look: Look): void {
  switch (look.what) {
    case 'broken':
      return report(ghosts, propertyNamed(look.property), look.fact);
    case 'tree':
      return recordPrint(ghosts, m, keyOf(look.zxid), look.print);
    case 'started':
      return checkStarted(ghosts, m, look.print, look.fuzzy);
    case 'recovery':
      return checkTrialStart(ghosts, m, look);
    case 'acknowledged':
      return checkSynchronizedDisk(ghosts, m, keyOf(look.onDisk));
  }
}
