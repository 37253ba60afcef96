/** create: all kinds of znodes. Source: org.apache.zookeeper.cli.CreateCommand (3.9). */
import { ErrorCode } from '../../error-code.ts';
import { OPEN_ACL_UNSAFE } from '../../jute/data.ts';
import { CreateMode } from '../../jute/proto.ts';
import type { CreateRequest } from '../../jute/proto.ts';
import { ACL_FORMS, parseAcl } from './acl-text.ts';
import { encodeText } from './data-text.ts';
import { failed, failureMessage, keeperMessage } from './failure.ts';
import type { ParsedLine } from './options.ts';
import { argument, checkPath, flag, valued } from './spec.ts';
import type { CommandSpec } from './spec.ts';
import { reject } from './task.ts';
import type { Resume, Shell, Task } from './task.ts';

/** Milliseconds; 40 bits of a znode's ephemeralOwner hold it. */
const TTL_MAX = 2 ** 40 - 1;

export const createCommand: CommandSpec = {
  name: 'create',
  usage: '[-s] [-e] [-c] [-t ttl] path [data] [acl]',
  options: [
    flag('e', 'ephemeral'),
    flag('s', 'sequential'),
    flag('c', 'container'),
    valued('t', 'ttl'),
  ],
  listsOptions: false,
  needs: 1,
  oldWatchForm: null,
  words: new Map([[3, ACL_FORMS]]),
  start: startCreate,
};

function startCreate(line: ParsedLine, shell: Shell): Task | null {
  const conflict = findConflict(line);
  if (conflict !== null) return reject(shell, conflict, null);
  const ttlText = line.options.get('t');
  const ttl = ttlText === undefined ? 0 : Number(ttlText);
  const path = argument(line, 1);
  const sequential = line.options.has('s');
  const aclText = line.args[3];
  const acl = aclText === undefined ? OPEN_ACL_UNSAFE : parseAcl(aclText, shell);
  if (!checkPath(path, sequential, shell)) return null;
  if (acl.length === 0) {
    shell.print('error', keeperMessage(ErrorCode.INVALIDACL, null));
    return reject(
      shell,
      'Acl is not valid : null',
      'The third argument is an ACL. Data with spaces in it needs quotes: create /a "two words".',
    );
  }
  const data = line.args[2];
  const request: CreateRequest = {
    op: opFor(line),
    path,
    data: data === undefined ? null : encodeText(data),
    acl,
    flags: modeFor(line),
    ttl,
  };
  shell.send(request);
  return { kind: 'create', request, path };
}

function findConflict(line: ParsedLine): string | null {
  const has = (letter: string): boolean => line.options.has(letter);
  if (has('c') && (has('e') || has('s'))) {
    return '-c cannot be combined with -s or -e. Containers cannot be ephemeral or sequential.';
  }
  const ttl = line.options.get('t');
  if (ttl === undefined) return null;
  if (!/^[+-]?\d+$/.test(ttl)) return '-t argument must be a long value';
  if (has('e')) return 'TTLs cannot be used with Ephemeral znodes';
  if (has('c')) return 'TTLs cannot be used with Container znodes';
  const value = Number(ttl);
  if (value > 0 && value <= TTL_MAX) return null;
  return `ttl must be positive and cannot be larger than: ${TTL_MAX}`;
}

function modeFor(line: ParsedLine): CreateMode {
  const sequential = line.options.has('s');
  if (line.options.has('e')) {
    return sequential ? CreateMode.EPHEMERAL_SEQUENTIAL : CreateMode.EPHEMERAL;
  }
  if (line.options.has('c')) return CreateMode.CONTAINER;
  if (line.options.has('t')) {
    return sequential ? CreateMode.PERSISTENT_SEQUENTIAL_WITH_TTL : CreateMode.PERSISTENT_WITH_TTL;
  }
  return sequential ? CreateMode.PERSISTENT_SEQUENTIAL : CreateMode.PERSISTENT;
}

function opFor(line: ParsedLine): CreateRequest['op'] {
  if (line.options.has('c')) return 'createContainer';
  return line.options.has('t') ? 'createTTL' : 'create';
}

export const resumeCreate: Resume<'create'> = (task, answer, shell) => {
  if (answer.err === ErrorCode.OK) {
    shell.print('output', `Created ${answer.body.path ?? task.path}`);
    return null;
  }
  if (answer.err === ErrorCode.INVALIDACL) {
    shell.print('error', keeperMessage(answer.err, task.path));
  } else if (answer.err === ErrorCode.EPHEMERALONLOCALSESSION) {
    shell.print('error', 'Unable to create ephemeral node on a local session');
    return reject(shell, failureMessage(answer.err, task.path), null);
  }
  return failed(task.request, task.path, answer, shell);
};
