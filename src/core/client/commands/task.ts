/**
 * Commands under way. A command that needs more than one request is a small state machine: its
 * state is here, as plain data, and its file says what an answer makes of it.
 */
import type { MultiOp, Request } from '../../jute/proto.ts';
import type { Sid } from '../../units.ts';
import type { LineKind } from '../client-io.ts';
import type { Answer } from '../client-state.ts';

/** How `get` shows data. */
export type DataFormat = 'text' | 'base64' | 'hex';

export type Task =
  | { readonly kind: 'create'; readonly request: Request; readonly path: string }
  | {
      readonly kind: 'get';
      readonly request: Request;
      readonly path: string;
      readonly withStat: boolean;
      readonly format: DataFormat;
    }
  | { readonly kind: 'stat'; readonly request: Request; readonly path: string }
  | {
      readonly kind: 'set';
      readonly request: Request;
      readonly path: string;
      readonly withStat: boolean;
    }
  | { readonly kind: 'delete'; readonly request: Request; readonly path: string }
  | { readonly kind: 'sync' }
  | {
      readonly kind: 'ls';
      readonly request: Request;
      readonly path: string;
      readonly withStat: boolean;
    }
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
  /** After BADVERSION: how is the version now? */
  | { readonly kind: 'explainVersion'; readonly path: string; readonly said: number }
  /** Waits for the end of the session. */
  | { readonly kind: 'close'; readonly quit: boolean }
  | { readonly kind: 'connect'; readonly servers: readonly Sid[] };

/** What a command can do. Made anew for each step; a task keeps none of it. */
export interface Shell {
  readonly maxBuffer: number;
  print(line: LineKind, text: string): void;
  /** The answer resumes the task. */
  send(request: Request): void;
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
