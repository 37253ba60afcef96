/**
 * Commands under way. A command that needs more than one request is a small state machine: its
 * state is here, as plain data, and its file says what an answer makes of it.
 */
import type { Acl } from '../../jute/data.ts';
import type { MultiOp, Request } from '../../jute/proto.ts';
import type { Sid } from '../../units.ts';
import type { LineKind } from '../client-io.ts';
import type { Answer } from '../client-state.ts';
import type { WalkStep } from './walk.ts';

/** How `get` shows data. */
export type DataFormat = 'text' | 'base64' | 'hex';

/** A command that ends with the answer to its one request. */
interface Asked<Kind extends string> {
  readonly kind: Kind;
  readonly request: Request;
  readonly path: string;
}

interface AskedWithStat<Kind extends string> extends Asked<Kind> {
  readonly withStat: boolean;
}

export type Task =
  | Asked<'addWatch'>
  | Asked<'count'>
  | Asked<'create'>
  | Asked<'delete'>
  | Asked<'removeWatches'>
  | Asked<'stat'>
  | AskedWithStat<'getAcl'>
  | AskedWithStat<'ls'>
  | AskedWithStat<'set'>
  | AskedWithStat<'setAcl'>
  | (AskedWithStat<'get'> & { readonly format: DataFormat })
  | { readonly kind: 'sync' }
  /** `ls -R`: `left` are the znodes whose children are still to be listed, the next one last. */
  | {
      readonly kind: 'lsTree';
      request: Request;
      path: string;
      readonly watch: boolean;
      readonly left: string[];
    }
  /** `deleteall` first lists the tree, breadth first: those before `next` are listed. */
  | {
      readonly kind: 'listTree';
      request: Request;
      readonly tree: string[];
      next: number;
      readonly batchSize: number;
    }
  /** … then deletes it from its end, in batches, */
  | {
      readonly kind: 'deleteBatch';
      readonly left: string[];
      ops: readonly MultiOp[];
      readonly batchSize: number;
    }
  /** … or one by one. */
  | { readonly kind: 'deleteEach'; readonly left: string[]; request: Request; path: string }
  /** `setAcl -R`: what is under way is a getData (of the root), a setACL or a getChildren2. */
  | {
      readonly kind: 'setAclTree';
      request: Request;
      path: string;
      readonly acl: readonly Acl[];
      readonly version: number;
      readonly left: WalkStep[];
    }
  | { readonly kind: 'ephemerals'; readonly request: Request }
  | { readonly kind: 'whoAmI' }
  | {
      readonly kind: 'config';
      readonly request: Request;
      readonly asString: boolean;
      readonly withStat: boolean;
    }
  | { readonly kind: 'reconfig'; readonly request: Request; readonly withStat: boolean }
  /** `limits`: their text, once it is read. */
  | {
      readonly kind: 'listQuota';
      readonly request: Request;
      readonly path: string;
      readonly limits: string | null;
    }
  /** `at`: the node of the quota tree whose children are looked at; `left`: those to delete. */
  | {
      readonly kind: 'delQuota';
      readonly request: Request;
      readonly path: string;
      /** The limit that is to go; null for all, and the quota with them. */
      readonly key: string | null;
      readonly at: string;
      readonly left: string[];
      readonly trimming: boolean;
    }
  | {
      readonly kind: 'setQuota';
      readonly request: Request;
      readonly path: string;
      readonly key: string;
      readonly value: number;
      readonly stage: 'path' | 'below' | 'above' | 'reserved' | 'nodes' | 'limits';
      /** Of the walk below. */
      readonly left: WalkStep[];
      /** How many names of the path are under way, above it or towards it. */
      readonly depth: number;
      /** The quota was not there before. */
      readonly fresh: boolean;
      /** The limits as text, as they are or will be. */
      readonly limits: string;
    }
  /** After BADVERSION: how is the version now? */
  | {
      readonly kind: 'explainVersion';
      readonly path: string;
      readonly said: number;
      readonly field: 'dataVersion' | 'aclVersion';
    }
  /** Waits for the end of the session. */
  | { readonly kind: 'close'; readonly quit: boolean }
  | { readonly kind: 'connect'; readonly servers: readonly Sid[]; readonly readOnly: boolean };

/** What a command can do. Made anew for each step; a task keeps none of it. */
export interface Shell {
  readonly maxBuffer: number;
  print(line: LineKind, text: string): void;
  /** The answer resumes the task. @param local Of removeWatches: forget them in any case. */
  send(request: Request, local?: boolean): void;
  /** There is no answer: a refusal ends the session. */
  addAuth(scheme: string, auth: Uint8Array | null): void;
}

/** Goes on with a command, or ends it: null. */
export type Resume<Kind extends Task['kind']> = (
  task: Extract<Task, { kind: Kind }>,
  answer: Answer,
  shell: Shell,
) => Task | null;

/** Ends a command that cannot be done: zkCli's sentence and, in plain words, what to do. */
export function reject(shell: Shell, text: string, hint: string | null): null {
  shell.print('error', text);
  if (hint !== null) shell.print('hint', hint);
  return null;
}
