/**
 * TypeOK (A.14): the variables of a server have the shapes that its state allows: a cheap net for
 * whatever went wrong before anything else shows.
 */
import type { Server } from '../../../core/server-context.ts';
import type { Property } from '../ghosts.ts';
import { text } from '../text.ts';
import { find, type Findings } from './findings.ts';

export const TYPE_OK: Property = {
  name: 'TypeOK',
  title: 'State, phase, epochs and votes of every server have values that fit together',
};

/** Its state, or its phase, has changed. */
export function checkTypes(findings: Findings, server: Server): void {
  const fact = wrongRole(server) ?? wrongNumber(server) ?? wrongVote(server) ?? stranger(server);
  if (fact !== null) find(findings, TYPE_OK, text`Server ${findings.sid} ${fact}.`);
}

function wrongRole({ state, zabState, role }: Server): string | null {
  const said = text`says that it is ${state} in ${zabState}`;
  switch (role.name) {
    case 'looking':
      return state === 'LOOKING' && zabState === 'election'
        ? null
        : text`${said}, but looks for a leader`;
    case 'leading':
      return state === 'LEADING' && zabState !== 'election' ? null : text`${said}, but leads`;
    case 'learning': {
      const isLearner = state === 'FOLLOWING' || state === 'OBSERVING';
      return isLearner && zabState !== 'election'
        ? null
        : text`${said}, but learns from server ${role.learner.leader}`;
    }
    case 'standalone':
      return state === 'LEADING' && zabState === 'broadcast'
        ? null
        : text`${said}, but stands alone`;
    case 'leaving':
      return null;
    default:
      return null;
  }
}

function wrongNumber({ acceptedEpoch, currentEpoch, db, election }: Server): string | null {
  if (!isCount(acceptedEpoch)) return text`has the acceptedEpoch ${acceptedEpoch}`;
  if (!isCount(currentEpoch)) return text`has the currentEpoch ${currentEpoch}`;
  // -1 comes from a leader that a reconfiguration has named: its vote belongs to no round.
  const { logicalclock } = election;
  if (logicalclock !== -1 && !isCount(logicalclock)) return text`is in round ${logicalclock}`;
  const { lastProcessedZxid } = db.tree;
  if (lastProcessedZxid < 0n) return text`has a tree at ${String(lastProcessedZxid)}, no zxid`;
  return null;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function wrongVote({ currentVote, settings }: Server): string | null {
  const { leader } = currentVote;
  if (leader < 0 || settings.config.servers.some(({ sid }) => sid === leader)) return null;
  return text`votes for server ${leader}, which does not exist`;
}

function stranger({ role, settings }: Server): string | null {
  if (role.name !== 'leading') return null;
  for (const { sid } of role.leader.handlers.values()) {
    if (sid === null || settings.config.servers.some((one) => one.sid === sid)) continue;
    return text`has a learner ${sid}, which does not exist`;
  }
  return null;
}
