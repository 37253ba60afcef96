/**
 * What the console says when a request fails: first zkCli's own sentence, then one in plain words.
 *
 * Source: org.apache.zookeeper.cli.CliWrapperException and KeeperException.getMessage (3.9).
 */
import { ErrorCode } from '../../error-code.ts';
import type { Request } from '../../jute/proto.ts';
import type { Answer } from '../client-state.ts';
import { parentOf } from '../../data-tree/path.ts';
import { reject } from './task.ts';
import type { Resume, Shell, Task } from './task.ts';

/** KeeperException.getCodeMessage, for the codes that zkCli words no better. */
const CODE_MESSAGES = new Map<number, string>([
  [ErrorCode.SYSTEMERROR, 'SystemError'],
  [ErrorCode.RUNTIMEINCONSISTENCY, 'RuntimeInconsistency'],
  [ErrorCode.DATAINCONSISTENCY, 'DataInconsistency'],
  [ErrorCode.CONNECTIONLOSS, 'ConnectionLoss'],
  [ErrorCode.MARSHALLINGERROR, 'MarshallingError'],
  [ErrorCode.UNIMPLEMENTED, 'Unimplemented'],
  [ErrorCode.OPERATIONTIMEOUT, 'OperationTimeout'],
  [ErrorCode.APIERROR, 'APIError'],
  [ErrorCode.SESSIONEXPIRED, 'Session expired'],
  [ErrorCode.INVALIDCALLBACK, 'Invalid callback'],
  [ErrorCode.INVALIDACL, 'InvalidACL'],
  [ErrorCode.AUTHFAILED, 'AuthFailed'],
  [ErrorCode.SESSIONMOVED, 'Session moved'],
  [ErrorCode.EPHEMERALONLOCALSESSION, 'Ephemeral node on local session'],
  [ErrorCode.NOWATCHER, 'No such watcher'],
  [ErrorCode.RECONFIGDISABLED, 'Reconfig is disabled'],
  [ErrorCode.THROTTLEDOP, 'Op throttled due to high load'],
]);

/** The same, where zkCli has a sentence of its own. */
const SENTENCES = new Map<number, string>([
  [ErrorCode.NONODE, 'Node does not exist: '],
  [ErrorCode.NOCHILDRENFOREPHEMERALS, 'Ephemerals cannot have children: '],
  [ErrorCode.NODEEXISTS, 'Node already exists: '],
  [ErrorCode.NOTEMPTY, 'Node not empty: '],
  [ErrorCode.NOTREADONLY, 'Not a read-only call: '],
  [ErrorCode.INVALIDACL, 'Acl is not valid : '],
  [ErrorCode.NOAUTH, 'Insufficient permission : '],
  [ErrorCode.BADARGUMENTS, 'Arguments are not valid : '],
  [ErrorCode.BADVERSION, 'version No is not valid : '],
  [ErrorCode.QUOTAEXCEEDED, 'Quota has exceeded : '],
]);

export function keeperMessage(err: number, path: string | null): string {
  const what = CODE_MESSAGES.get(err) ?? `Unknown error ${err}`;
  return `KeeperErrorCode = ${what}${path === null ? '' : ` for ${path}`}`;
}

export function failureMessage(err: number, path: string): string {
  const sentence = SENTENCES.get(err);
  return sentence === undefined ? keeperMessage(err, path) : sentence + path;
}

/** Says why a request failed; after BADVERSION it asks for the version first. */
export function failed(request: Request, path: string, answer: Answer, shell: Shell): Task | null {
  if (answer.oversize > 0) {
    return reject(shell, oversizeMessage(answer.oversize, shell), OVERSIZE_HINT);
  }
  shell.print('error', failureMessage(answer.err, path));
  const said = versionOf(request);
  if (answer.err === ErrorCode.BADVERSION && said !== null) {
    shell.send({ op: 'exists', path, watch: false });
    return { kind: 'explainVersion', path, said };
  }
  const hint = hintFor(request, path, answer);
  if (hint !== null) shell.print('hint', hint);
  return null;
}

/** Differs: zkCli would send it, and lose its connection. */
export function oversizeMessage(length: number, shell: Shell): string {
  const limit = `jute.maxbuffer (${shell.maxBuffer} bytes)`;
  return `Request of ${length} bytes is larger than ${limit}: not sent`;
}

const OVERSIZE_HINT =
  'Nothing was changed. A real ZooKeeper server would close the connection on it ' +
  '("Len error"), and every request in flight would end in ConnectionLoss. Keep data small: ' +
  'store a reference to what is large.';

export const resumeExplainVersion: Resume<'explainVersion'> = (task, answer, shell) => {
  const now = answer.body.stat?.version;
  const said = `You said version ${task.said}`;
  let hint = `${said}, and the znode is at another: somebody changed it since you read it.`;
  if (answer.err === ErrorCode.NONODE) {
    hint = `${said}; by now the znode is gone altogether.`;
  } else if (answer.err === ErrorCode.OK && now !== undefined) {
    if (task.said < now) {
      hint = `${said}, the znode is at ${now}: somebody changed it since you read it.`;
    } else if (task.said > now) {
      hint = `${said}, the znode is only at ${now}: look at dataVersion in the output of stat.`;
    }
  }
  shell.print('hint', hint);
  return null;
};

function versionOf(request: Request): number | null {
  return request.op === 'setData' || request.op === 'delete' ? request.version : null;
}

/** One sentence, or none where zkCli's own says it all. */
function hintFor(request: Request, path: string, answer: Answer): string | null {
  switch (answer.err) {
    case ErrorCode.NONODE:
      return noNodeHint(request, path);
    case ErrorCode.NODEEXISTS:
      return (
        'set changes the data of a znode that is there; create -s makes one with a number of its ' +
        'own behind its name.'
      );
    case ErrorCode.NOTEMPTY:
      return (
        'Only a znode without children can be deleted. ' +
        `deleteall ${path} deletes it with all that is below.`
      );
    case ErrorCode.NOCHILDRENFOREPHEMERALS:
      return (
        `${parentOf(path)} is ephemeral: it goes away with its session, ` +
        'so it may have no children.'
      );
    case ErrorCode.BADARGUMENTS:
      return request.op === 'delete'
        ? 'The root, and what ZooKeeper keeps under /zookeeper, cannot be deleted.'
        : 'The server does not take this request as it is.';
    case ErrorCode.INVALIDACL:
      return 'An ACL is scheme:id:permissions with permissions out of cdrwa: world:anyone:cdrwa.';
    case ErrorCode.NOAUTH:
      return (
        'The ACL of the znode does not allow you this. ' +
        'To create or delete, the ACL of its parent counts.'
      );
    case ErrorCode.CONNECTIONLOSS:
      return connectionLossHint(request, answer);
    case ErrorCode.SESSIONMOVED:
      return 'The session is at another server by now; this request came over its old connection.';
    case ErrorCode.UNIMPLEMENTED:
      return request.op === 'createTTL'
        ? 'Znodes with a TTL must be switched on at the servers: extendedTypesEnabled.'
        : 'The server does not know this request.';
    default:
      return null; // Of the end of a session its event tells.
  }
}

function noNodeHint(request: Request, path: string): string {
  const parent = parentOf(path);
  switch (request.op) {
    case 'create':
    case 'create2':
    case 'createContainer':
    case 'createTTL':
      return (
        'It is the parent that is missing: ZooKeeper makes none by itself. ' +
        `Create ${parent} first.`
      );
    case 'exists':
      if (!request.watch) break;
      return `The watch is set all the same: it fires when somebody creates ${path}.`;
    default:
      break;
  }
  return isRead(request)
    ? 'The server you are attached to has no such znode. If it was created just now elsewhere, ' +
        `sync ${path} lets this server catch up.`
    : `ls ${parent} shows what there is.`;
}

function connectionLossHint(request: Request, answer: Answer): string {
  if (!answer.sent) {
    return (
      'It was never sent: no server could be reached. ' +
      'Try again once the prompt says CONNECTED.'
    );
  }
  return isRead(request)
    ? 'The connection broke before the answer came. Ask again once the prompt says CONNECTED.'
    : 'The connection broke before the answer came: it may or may not have been done. ' +
        'Look before you try again.';
}

function isRead(request: Request): boolean {
  return ['exists', 'getData', 'getChildren', 'getChildren2', 'sync'].includes(request.op);
}
