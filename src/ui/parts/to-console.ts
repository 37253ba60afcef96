/** Puts a command into the console's input line for a person to look at, change and run. */
import { flushSync } from 'svelte';
import type { Dictionary } from '../../i18n/en.ts';
import type { Playground } from '../state/playground.svelte.ts';
import { revealPane } from './reveal.ts';

/** The id of the console's input line, which is focused when a command arrives in it. */
export const CONSOLE_INPUT_ID = 'console-input';

/** @param command as it is to stand there: a trailing space leaves room to go on. */
export function toConsole(playground: Playground, t: Dictionary, command: string): void {
  playground.consoleDraft = command;
  revealPane('console');
  // At once, so that the line is there to be focused.
  flushSync();
  const input = document.getElementById(CONSOLE_INPUT_ID);
  if (input instanceof HTMLInputElement) {
    input.focus();
    return;
  }
  const remedy = { label: t.panes.console.newSession, run: () => void playground.addClient() };
  playground.notify('info', t.panes.common.noConsole, remedy);
}
