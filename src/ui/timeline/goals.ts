/** What a person fills in to say until when time runs, and the goal that it means. */
import type { ServerState } from '../../core/quorum/vote.ts';
import type { Micros, ProcessId, Sid } from '../../core/units.ts';
import type { Goal } from '../../worker/api.ts';

export const GOAL_KINDS = [
  'serves',
  'leaderless',
  'znode',
  'expires',
  'packet',
  'role',
  'violated',
  'moment',
] as const satisfies readonly Goal['kind'][];

export const ROLES = ['LEADING', 'FOLLOWING', 'LOOKING'] as const satisfies readonly ServerState[];

/** Kinds of packets that are worth waiting for, as `PacketView.type` says them. */
export const PACKET_TYPES = [
  'NOTIFICATION',
  'FOLLOWERINFO',
  'LEADERINFO',
  'ACKEPOCH',
  'DIFF',
  'TRUNC',
  'SNAP',
  'NEWLEADER',
  'UPTODATE',
  'REQUEST',
  'PROPOSAL',
  'ACK',
  'COMMIT',
  'INFORM',
  'SYNC',
  'PING',
] as const;

/** Everything that the dialog holds, also of goals that are not chosen. */
export interface GoalForm {
  readonly kind: Goal['kind'];
  readonly path: string;
  readonly exists: boolean;
  /** 0 = any. */
  readonly process: number;
  readonly type: string;
  readonly sid: number;
  readonly state: ServerState;
  readonly seconds: number;
}

export type GoalProblem = 'badPath' | 'badMoment';

/** @param now the present, in microseconds. @returns the goal, or why it is none. */
export function goalOf(form: GoalForm, now: number): Goal | GoalProblem {
  switch (form.kind) {
    case 'serves':
    case 'leaderless':
    case 'violated':
      return { kind: form.kind };
    case 'znode': {
      const path = form.path.trim();
      const isPath = path === '/' || /^(\/[^/]+)+$/.test(path);
      return isPath ? { kind: 'znode', path, exists: form.exists } : 'badPath';
    }
    case 'expires':
      return { kind: 'expires', process: form.process === 0 ? null : (form.process as ProcessId) };
    case 'packet':
      return { kind: 'packet', type: form.type };
    case 'role':
      return { kind: 'role', sid: form.sid as Sid, state: form.state };
    case 'moment': {
      const at = Math.round(form.seconds * 1_000_000);
      return at > now ? { kind: 'moment', at: at as Micros } : 'badMoment';
    }
  }
}
