/** Copies a link to a run, and opens the run of a link. */
import type { HuntDictionary } from '../../i18n/hunt.en.ts';
import type { RunRecord } from '../../sim/actions.ts';
import { formatBytes } from '../parts/format.ts';
import { messageOf, type Hunter } from './hunter.svelte.ts';

export const RUN_HASH = '#run=';

export async function copyLink(
  hunter: Hunter,
  record: RunRecord,
  t: HuntDictionary['run'],
): Promise<void> {
  const { playground } = hunter;
  try {
    const { fragmentOf } = await import('./link.ts');
    const fragment = fragmentOf(record);
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
export async function openLink(hunter: Hunter, hash: string): Promise<boolean> {
  const { LinkError, recordOfFragment } = await import('./link.ts');
  hunter.linkTrouble = null;
  try {
    const record = recordOfFragment(hash);
    await hunter.openRecord(record, 'link');
    return true;
  } catch (reason) {
    const why = reason instanceof LinkError ? reason.why : 'text';
    hunter.linkTrouble = why === 'text' ? { text: messageOf(reason) } : why;
    return false;
  }
}
