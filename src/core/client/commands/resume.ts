/** Which file goes on with which command. */
import type { Answer } from '../client-state.ts';
import { resumeGetAcl, resumeSetAcl, resumeSetAclTree } from './acl.ts';
import { resumeWhoAmI } from './auth.ts';
import { resumeConfig, resumeReconfig } from './config.ts';
import { resumeCount, resumeEphemerals } from './count.ts';
import { resumeCreate } from './create.ts';
import { resumeDeleteBatch, resumeDeleteEach, resumeListTree } from './delete-all.ts';
import { resumeExplainVersion } from './failure.ts';
import { resumeLs, resumeLsTree } from './ls.ts';
import { resumeDelQuota, resumeListQuota } from './quota.ts';
import { resumeGet, resumeStat } from './read.ts';
import { resumeSetQuota } from './set-quota.ts';
import { resumeSync } from './sync.ts';
import type { Resume, Shell, Task } from './task.ts';
import { resumeAddWatch, resumeRemoveWatches } from './watches.ts';
import { resumeDelete, resumeSet } from './write.ts';

/** The end of a session is not an answer: the console itself sees to it. */
type Answered = Exclude<Task['kind'], 'close' | 'connect'>;

const RESUMES: { readonly [Kind in Answered]: Resume<Kind> } = {
  addWatch: resumeAddWatch,
  config: resumeConfig,
  count: resumeCount,
  create: resumeCreate,
  delete: resumeDelete,
  deleteBatch: resumeDeleteBatch,
  deleteEach: resumeDeleteEach,
  delQuota: resumeDelQuota,
  ephemerals: resumeEphemerals,
  explainVersion: resumeExplainVersion,
  get: resumeGet,
  getAcl: resumeGetAcl,
  listQuota: resumeListQuota,
  listTree: resumeListTree,
  ls: resumeLs,
  lsTree: resumeLsTree,
  reconfig: resumeReconfig,
  removeWatches: resumeRemoveWatches,
  set: resumeSet,
  setAcl: resumeSetAcl,
  setAclTree: resumeSetAclTree,
  setQuota: resumeSetQuota,
  stat: resumeStat,
  sync: resumeSync,
  whoAmI: resumeWhoAmI,
};

/** An answer to the request of a command. */
export function resumeTask(task: Task, answer: Answer, shell: Shell): Task | null {
  if (task.kind === 'close' || task.kind === 'connect') return task;
  return resumeOne(task.kind, task, answer, shell);
}

function resumeOne<Kind extends Answered>(
  kind: Kind,
  task: { readonly [K in Answered]: Extract<Task, { kind: K }> }[Kind],
  answer: Answer,
  shell: Shell,
): Task | null {
  return RESUMES[kind](task, answer, shell);
}
