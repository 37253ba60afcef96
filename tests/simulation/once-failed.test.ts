/** Runs that once failed, as records: they stay what they were, whatever becomes of the swarm. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { judge } from '../../src/sim/explore/judge.ts';
import { recordFromText } from '../../src/sim/run-text.ts';

const rows: readonly (readonly [name: string, why: string])[] = [
  ['five-93', 'a tree received while an epoch began was compared too early'],
  ['five-1046', 'a connection that was lost in a cut never told its other end'],
  ['five-1053', 'the same, between other servers'],
  ['five-1141', 'a server that proposed an epoch to nobody may not follow a lower'],
  ['reconfig-34', 'a reconfiguration while an observer is brought up to date'],
  ['reconfig-43', 'TRUNC at what the only voter commits meanwhile'],
  ['sync-5010386', 'a new client came to a server that may not join'],
  ['reconfig-5007940', 'a voter to be acknowledged a history that it had not logged'],
  ['reconfig-5012980', 'a voter that has missed a reconfiguration says that it observes'],
  ['handover-7200809', 'TRUNC to before a SNAP with which the epoch had begun'],
  ['handover-7202744', 'SNAP to before a snapshot, and to before a record that lay behind it'],
  ['handover-8000755', 'TRUNC to the beginning of an epoch, which no log holds, and a crash'],
  [
    'reconfig-9106115',
    'TRUNC to before a SNAP with which an epoch had begun, by a leader that has lost it',
  ],
  [
    'reconfig-9200472',
    'a voter-to-be that is ahead by its sid alone keeps an election from ending',
  ],
  [
    'disks-9215384',
    'an emptied server promises an epoch again that it had promised to another leader',
  ],
  ['disks-9112117', 'an emptied server votes for itself with what others tell it that it had'],
  [
    'handover-9218359',
    'an ack of an earlier connection comes after the learner was cut back on the later one',
  ],
  ['sync-7100011', 'a follower of the new epoch ends the wait for better votes, again and again'],
  ['sync-9307463', 'TRUNC into what had come by SNAP, and so was in no log'],
  ['disks-5007467', 'a server that waits for its disk before it leaves its role serves nobody'],
];

describe('runs that once failed', () => {
  test.each(rows)('%s: %s', { timeout: 60_000 }, (name) => {
    const text = readFileSync(new URL(`../fixtures/swarm/${name}.txt`, import.meta.url), 'utf8');
    expect(judge(recordFromText(text), true)).toBeNull();
  });
});
