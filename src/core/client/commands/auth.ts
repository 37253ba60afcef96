/**
 * addauth and whoami. Source: AddAuthCommand and WhoAmICommand of org.apache.zookeeper.cli (3.9).
 */
import { ErrorCode, errorName } from '../../error-code.ts';
import { encodeText } from './data-text.ts';
import { argument } from './spec.ts';
import type { CommandSpec } from './spec.ts';
import type { Resume } from './task.ts';

/** It waits for no answer: what is refused ends the session, and its event tells of it. */
export const addAuthCommand: CommandSpec = {
  name: 'addauth',
  usage: 'scheme auth',
  options: [],
  listsOptions: false,
  needs: 1,
  oldWatchForm: null,
  words: new Map([[1, ['digest', 'ip']]]),
  start(line, shell) {
    const auth = line.args[2];
    shell.addAuth(argument(line, 1), auth === undefined ? null : encodeText(auth));
    return null;
  },
};

export const whoAmICommand: CommandSpec = {
  name: 'whoami',
  usage: '',
  options: [],
  listsOptions: false,
  needs: 0,
  oldWatchForm: null,
  start(_line, shell) {
    shell.send({ op: 'whoAmI' });
    return { kind: 'whoAmI' };
  },
};

/** zkCli does not look at the error: without an answer it shows the heading alone. */
export const resumeWhoAmI: Resume<'whoAmI'> = (_task, answer, shell) => {
  shell.print('output', 'Auth scheme: User');
  for (const { authScheme, user } of answer.body.clientInfo ?? []) {
    shell.print('output', `${authScheme}: ${user}`);
  }
  if (answer.err !== ErrorCode.OK) {
    shell.print('hint', `The server did not say: ${errorName(answer.err)}.`);
  }
  return null;
};
