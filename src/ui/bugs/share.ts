/** Copies a link to a run, and opens the run of a link. */
import type { HuntDictionary } from '../../i18n/hunt.en.ts';
import { formatBytes } from '../parts/format.ts';
import type { Failing, Hunter } from './hunter.svelte.ts';
import type { Seeing } from '../share/share.ts';
import { messageOf } from './reasons.ts';

export const RUN_HASH = '#run=';

export async function copyLink(
  hunter: Hunter,
  { record, found, settles }: Failing,
  t: HuntDictionary['run'],
): Promise<void> {
  const { playground } = hunter;
  try {
    const { fragmentOf } = await import('./link.ts');
    const breaks = found === null ? null : { name: found.name, settles };
    const fragment = fragmentOf({ record, breaks });
    const link = location.origin + location.pathname + location.search + fragment;
    try {
      await navigator.clipboard.writeText(link);
      playground.notify('info', t.copied(formatBytes(link.length)));
    } catch {
      history.replaceState(null, '', fragment);
      playground.notify('info', t.inAddress);
    }
  } catch (reason) {
    playground.notify('error', t.linkFailed(messageOf(reason)));
  }
}

/** True where the address names a run that could be opened. */
export async function openLink(seeing: Seeing, hash: string): Promise<boolean> {
  const { hunter } = seeing;
  const [{ LinkError, runOfFragment }, { openSeen }] = await Promise.all([
    import('./link.ts'),
    import('../share/share.ts'),
  ]);
  hunter.linkTrouble = null;
  try {
    return await openSeen(seeing, runOfFragment(hash));
  } catch (reason) {
    const why = reason instanceof LinkError ? reason.why : 'text';
    hunter.linkTrouble = why === 'text' ? { text: messageOf(reason) } : why;
    return false;
  }
}
