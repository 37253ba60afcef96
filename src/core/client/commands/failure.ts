/**
 * What the console says when a request fails: first zkCli's own sentence, then one in plain words.
 *
 * Source: org.apache.zookeeper.cli.CliWrapperException and KeeperException.getMessage (3.9).
 */
import { ErrorCode, errorName } from '../../error-code.ts';
import type { Request } from '../../jute/proto.ts';
import type { Answer } from '../client-state.ts';
import { parentOf } from '../../data-tree/path.ts';
import { reject } from './task.ts';
import type { Resume, Shell, Task } from './task.ts';

/** KeeperException.getCodeMessage. */
const CODE_MESSAGES = new Map<number, string>([
  [ErrorCode.SYSTEMERROR, 'SystemError'],
  [ErrorCode.RUNTIMEINCONSISTENCY, 'RuntimeInconsistency'],
  [ErrorCode.DATAINCONSISTENCY, 'DataInconsistency'],
  [ErrorCode.CONNECTIONLOSS, 'ConnectionLoss'],
  [ErrorCode.MARSHALLINGERROR, 'MarshallingError'],
  [ErrorCode.NEWCONFIGNOQUORUM, 'NewConfigNoQuorum'],
  [ErrorCode.RECONFIGINPROGRESS, 'ReconfigInProgress'],
  [ErrorCode.UNIMPLEMENTED, 'Unimplemented'],
  [ErrorCode.OPERATIONTIMEOUT, 'OperationTimeout'],
  [ErrorCode.BADARGUMENTS, 'BadArguments'],
  [ErrorCode.APIERROR, 'APIError'],
  [ErrorCode.NONODE, 'NoNode'],
  [ErrorCode.NOAUTH, 'NoAuth'],
  [ErrorCode.BADVERSION, 'BadVersion'],
  [ErrorCode.NOCHILDRENFOREPHEMERALS, 'NoChildrenForEphemerals'],
  [ErrorCode.NODEEXISTS, 'NodeExists'],
  [ErrorCode.INVALIDACL, 'InvalidACL'],
  [ErrorCode.AUTHFAILED, 'AuthFailed'],
  [ErrorCode.NOTEMPTY, 'Directory not empty'],
  [ErrorCode.SESSIONEXPIRED, 'Session expired'],
  [ErrorCode.INVALIDCALLBACK, 'Invalid callback'],
  [ErrorCode.SESSIONMOVED, 'Session moved'],
  [ErrorCode.NOTREADONLY, 'Not a read-only call'],
  [ErrorCode.EPHEMERALONLOCALSESSION, 'Ephemeral node on local session'],
  [ErrorCode.NOWATCHER, 'No such watcher'],
  [ErrorCode.RECONFIGDISABLED, 'Reconfig is disabled'],
  [ErrorCode.SESSIONCLOSEDREQUIRESASLAUTH, 'Session closed because client failed to authenticate'],
  [ErrorCode.QUOTAEXCEEDED, 'Quota has exceeded'],
  [ErrorCode.THROTTLEDOP, 'Op throttled due to high load'],
]);

/** The same, where zkCli has a sentence of its own, which the path ends. */
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

/** Those of a reconfiguration, which is about no path. */
const WHOLE_SENTENCES = new Map<number, string>([
  [
    ErrorCode.RECONFIGINPROGRESS,
    'Another reconfiguration is in progress -- concurrent reconfigs not supported (yet)',
  ],
  [
    ErrorCode.NEWCONFIGNOQUORUM,
    'No quorum of new config is connected and up-to-date with the leader of last committed ' +
      'config - try invoking reconfiguration after new servers are connected and synced',
  ],
]);

export function keeperMessage(err: number, path: string | null): string {
  const what = CODE_MESSAGES.get(err) ?? `Unknown error ${errorName(err)}`;
  return `KeeperErrorCode = ${what}${path === null || path === '' ? '' : ` for ${path}`}`;
}

/** @param path null where the request names none: Java then says so. */
export function failureMessage(err: number, path: string | null): string {
  const sentence = SENTENCES.get(err);
  if (sentence !== undefined) return sentence + String(path);
  return WHOLE_SENTENCES.get(err) ?? keeperMessage(err, path);
}

/** Says why a request failed; after BADVERSION it asks for the version first. */
export function failed(
  request: Request,
  path: string | null,
  answer: Answer,
  shell: Shell,
): Task | null {
  if (answer.oversize > 0) {
    return reject(shell, oversizeMessage(answer.oversize, shell), OVERSIZE_HINT);
  }
  shell.print('error', failureMessage(answer.err, path));
  const said = versionOf(request);
  if (answer.err === ErrorCode.BADVERSION && said !== null && path !== null) {
    shell.send({ op: 'exists', path, watch: false });
    const field = request.op === 'setACL' ? 'aclVersion' : 'dataVersion';
    return { kind: 'explainVersion', path, said, field };
  }
  const hint = hintFor(request, path ?? '', answer);
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
  const { stat } = answer.body;
  const now = task.field === 'aclVersion' ? stat?.aversion : stat?.version;
  const said = `You said version ${task.said}`;
  let hint = `${said}, and the znode is at another: somebody changed it since you read it.`;
  if (answer.err === ErrorCode.NONODE) {
    hint = `${said}; by now the znode is gone altogether.`;
  } else if (answer.err === ErrorCode.OK && now !== undefined) {
    if (task.said < now) {
      hint = `${said}, the znode is at ${now}: somebody changed it since you read it.`;
    } else if (task.said > now) {
      hint = `${said}, the znode is only at ${now}: look at ${task.field} in the output of stat.`;
    }
  }
  shell.print('hint', hint);
  return null;
};

function versionOf(request: Request): number | null {
  const { op } = request;
  return op === 'setData' || op === 'delete' || op === 'setACL' ? request.version : null;
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
      return badArgumentsHint(request);
    case ErrorCode.INVALIDACL:
      return 'An ACL is scheme:id:permissions with permissions out of cdrwa: world:anyone:cdrwa.';
    case ErrorCode.NOAUTH:
      return noAuthHint(request);
    case ErrorCode.CONNECTIONLOSS:
      return connectionLossHint(request, answer);
    case ErrorCode.SESSIONMOVED:
      return 'The session is at another server by now; this request came over its old connection.';
    case ErrorCode.UNIMPLEMENTED:
      return request.op === 'createTTL'
        ? 'Znodes with a TTL must be switched on at the servers: extendedTypesEnabled.'
        : 'The server does not know this request.';
    case ErrorCode.NOWATCHER:
      return 'This client has no such watch here; one that fired is gone, unless it is persistent.';
    case ErrorCode.NOTREADONLY:
      return 'The server has lost its quorum and takes no writes; it answers from what it knows.';
    case ErrorCode.QUOTAEXCEEDED:
      return 'A hard quota of the znode, or of one above it, is used up: see listquota.';
    case ErrorCode.RECONFIGDISABLED:
      return 'Reconfiguration must be switched on at the servers: reconfigEnabled=true.';
    default:
      return null; // Of the end of a session its event tells.
  }
}

function badArgumentsHint(request: Request): string {
  switch (request.op) {
    case 'delete':
      return 'The root, and what ZooKeeper keeps under /zookeeper, cannot be deleted.';
    case 'reconfig':
      return 'A server is written as 4=host:2888:3888:participant;2181. config shows those there are.';
    default:
      return 'The server does not take this request as it is.';
  }
}

function noAuthHint(request: Request): string {
  switch (request.op) {
    case 'reconfig':
      return (
        'A reconfiguration needs WRITE on /zookeeper/config, which nobody has at first but the ' +
        'super user: addauth digest super:password.'
      );
    case 'getACL':
    case 'setACL':
      return 'Seeing an ACL takes r or a in it, changing it takes a; addauth says who you are.';
    default:
      return (
        'The ACL of the znode does not allow you this; addauth says who you are. ' +
        'To create or delete, the ACL of its parent counts.'
      );
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

const READS: readonly Request['op'][] = [
  'exists',
  'getData',
  'getChildren',
  'getChildren2',
  'getACL',
  'getAllChildrenNumber',
  'getEphemerals',
  'sync',
];

function isRead(request: Request): boolean {
  return READS.includes(request.op);
}
