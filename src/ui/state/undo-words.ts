/** What a notice says when an action was taken back. It comes when it is first needed. */
import { deedsEn } from '../../i18n/deeds.en.ts';
import { deedsZhCN } from '../../i18n/deeds.zh-CN.ts';
import { undoEn, type UndoDictionary } from '../../i18n/undo.en.ts';
import { undoZhCN } from '../../i18n/undo.zh-CN.ts';
import type { Action } from '../../sim/actions.ts';
import { actionWords, namerOf, type NamedClient } from '../bugs/words.ts';
import type { LocaleName } from './locale.svelte.ts';

export function undoTexts(locale: LocaleName): UndoDictionary {
  return locale === 'en' ? undoEn : undoZhCN;
}

/**
 * @param before all actions of the run, for the names of clients.
 * @param clients those that were there when the run began: nothing of it adds them.
 */
export function actionText(
  locale: LocaleName,
  action: Action,
  before: readonly Action[],
  clients: readonly NamedClient[] = [],
): string {
  const t = locale === 'en' ? deedsEn : deedsZhCN;
  return actionWords(t, namerOf(t, [...before, action], clients), action);
}
