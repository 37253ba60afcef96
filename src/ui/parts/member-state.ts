/** What a member is, in one word of the dictionary: its role while it runs, else why not. */
import type { MemberView } from '../../sim/frame.ts';

export type MemberState =
  'leading' | 'following' | 'observing' | 'looking' | 'down' | 'paused' | 'starting';

const roles = {
  LEADING: 'leading',
  FOLLOWING: 'following',
  OBSERVING: 'observing',
  LOOKING: 'looking',
} as const;

export function memberState(member: MemberView): MemberState {
  if (member.status !== 'running') return member.status;
  return member.server === null ? 'starting' : roles[member.server.state];
}

/** The letter of a role or state, the same in every picture. */
export const STATE_LETTERS: Readonly<Record<MemberState, string>> = {
  leading: 'L',
  following: 'F',
  observing: 'O',
  looking: '?',
  down: '×',
  paused: '‖',
  starting: '…',
};
