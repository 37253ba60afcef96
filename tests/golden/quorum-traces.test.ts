/**
 * What our servers say to each other, held against what servers of Apache ZooKeeper 3.8.0 said in
 * the same twelve scenarios. On the quorum port: packet for packet, by connection and direction.
 * On the election port: vote for vote, as sets, since timing decides how often a vote is said.
 *
 * Every difference stands in one of the two tables below, with its reason; any other fails, and
 * so does one that is no longer there. quorum-traces/*.txt shows our packets of each scenario;
 * UPDATE_GOLDEN=1 writes them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstViolation } from '../../src/sim/check/checker.ts';
import { capture, namer, rowOf, rowsOf } from './quorum-rows.ts';
import type { CapturedPacket, CapturedScenario, Directions } from './quorum-rows.ts';
import { stageAll } from './quorum-staging.ts';

const real = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/wire/quorum-traces.json'), 'utf8'),
) as readonly CapturedScenario[];

interface QuorumDifference {
  readonly scenario: string;
  readonly direction: string;
  /** Rows of the capture that ours does not send. */
  readonly dropped?: readonly string[];
  /** In the capture, and what ours has in its place. */
  readonly reworded?: readonly (readonly [string, string])[];
  readonly why: string;
}

const LOGGED_BEFORE_ACK =
  'In 3.8.0 a follower logs the committed proposals of a DIFF after UPTODATE (or beside it) and ' +
  'acknowledges each. Since ZOOKEEPER-4785 they are logged and synced before the ACK of ' +
  'NEWLEADER, which covers them all; ours follows 3.9.5.';

const CXID_GOES_ON =
  "The capture's client counts its requests from 1 again on its second connection, and pings " +
  'without a number; ours goes on counting, as ZooKeeper’s own client does, and has asked five ' +
  'times whether /mv exists.';

const QUORUM_DIFFERENCES: readonly QuorumDifference[] = [
  {
    scenario: '5',
    direction: '2>3',
    dropped: [
      'ACK zxid=0x100000010',
      'ACK zxid=0x100000011',
      'ACK zxid=0x100000012',
      'ACK zxid=0x100000013',
      'ACK zxid=0x100000014',
    ],
    why: LOGGED_BEFORE_ACK,
  },
  {
    scenario: '10',
    direction: '1>2',
    dropped: ['ACK zxid=0x400000008'],
    why: LOGGED_BEFORE_ACK,
  },
  ...['2>1', '2>3'].map((direction) => ({
    scenario: '11',
    direction,
    reworded: [
      ['txn=setData session=S1 cxid=1', 'txn=setData session=S1 cxid=7'],
      ['txn=closeSession session=S1 cxid=2', 'txn=closeSession session=S1 cxid=8'],
    ] as const,
    why: CXID_GOES_ON,
  })),
  {
    scenario: '11',
    direction: '3>2',
    reworded: [
      ['request=setData session=S1 cxid=1', 'request=setData session=S1 cxid=7'],
      ['request=closeSession session=S1 cxid=2', 'request=closeSession session=S1 cxid=8'],
    ],
    why: CXID_GOES_ON,
  },
];

interface ElectionDifference {
  readonly scenario: string;
  readonly direction: string;
  /** Said in the capture only, or by ours only. */
  readonly missing?: readonly string[];
  readonly extra?: readonly string[];
  readonly why: string;
}

const DIALS_FIRST =
  'Our servers listen and begin to vote at one moment, so the smaller one dials before the larger ' +
  'has; it says HELLO and hangs up, and the larger dials back, as in scenarios 5 and 8.';

const FIRST_VOTE_REPLACED =
  'A queue to a peer holds one vote, and a newer one replaces it: the first vote, for itself, had ' +
  'no connection yet when server 3 was heard of. (Real servers had theirs before they voted.)';

const firstVote = (sid: number): string =>
  `NOTIFICATION zxid=0x0 state=LOOKING vote=${String(sid)} electionEpoch=1 peerEpoch=0`;

const ELECTION_DIFFERENCES: readonly ElectionDifference[] = [
  {
    scenario: '1',
    direction: '1>2',
    missing: [firstVote(1)],
    extra: ['HELLO'],
    why: `${DIALS_FIRST} ${FIRST_VOTE_REPLACED}`,
  },
  {
    scenario: '1',
    direction: '1>3',
    missing: [firstVote(1)],
    extra: ['HELLO'],
    why: `${DIALS_FIRST} ${FIRST_VOTE_REPLACED}`,
  },
  {
    scenario: '1',
    direction: '2>3',
    missing: [firstVote(2)],
    extra: ['HELLO'],
    why: `${DIALS_FIRST} ${FIRST_VOTE_REPLACED}`,
  },
  { scenario: '10', direction: '1>2', extra: ['HELLO'], why: DIALS_FIRST },
];

const { staged, stage } = stageAll();

const scenarios = real.map((scenario) => {
  const key = scenario.name.split(' ')[0] ?? '';
  const ours = capture(staged.get(key) ?? []).filter(
    (packet) => packet.type !== 'PING' || key === '11',
  );
  return { key, name: scenario.name, scenario, ours };
});

describe.each(scenarios)('$name', ({ key, scenario, ours }) => {
  it('says the same on the quorum port', () => {
    const expected = adapt(key, rowsOf(scenario.packets, 'quorum'));
    expect(Object.fromEntries(rowsOf(ours, 'quorum'))).toEqual(expected);
  });

  it('says the same votes on the election port', () => {
    const theirs = rowsOf(scenario.packets, 'election');
    const differences = votesApart(theirs, rowsOf(ours, 'election'));
    const known = ELECTION_DIFFERENCES.filter((d) => d.scenario === key).map(
      ({ direction, missing = [], extra = [] }) => ({ direction, missing, extra }),
    );
    expect(differences).toEqual(known);
  });

  it('is the golden text', () => {
    const file = join(import.meta.dirname, 'quorum-traces', `${slugOf(scenario.name)}.txt`);
    const text = goldenText(key, scenario, ours);
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text);
    expect(text).toBe(readFileSync(file, 'utf8'));
  });
});

it('breaks no invariant', () => {
  const { checker } = stage.run.world;
  expect(checker).not.toBeNull();
  expect(checker === null ? null : firstViolation(checker)).toBeNull();
});

/** The capture's rows with our known differences in them; each of them must have been there. */
function adapt(key: string, rows: Directions): Record<string, readonly string[]> {
  const adapted = new Map([...rows].map(([direction, list]) => [direction, [...list]]));
  for (const { scenario, direction, dropped, reworded } of QUORUM_DIFFERENCES) {
    if (scenario !== key) continue;
    const list = adapted.get(direction) ?? [];
    for (const row of dropped ?? []) {
      const index = list.indexOf(row);
      if (index < 0) throw new Error(`${row} is not in the capture: ${scenario}, ${direction}`);
      list.splice(index, 1);
    }
    for (const [from, to] of reworded ?? []) {
      const index = list.findIndex((row) => row.includes(from));
      if (index < 0) throw new Error(`${from} is not in the capture: ${scenario}, ${direction}`);
      list[index] = (list[index] ?? '').replace(from, to);
    }
  }
  return Object.fromEntries(adapted);
}

function votesApart(theirs: Directions, ours: Directions) {
  const directions = [...new Set([...theirs.keys(), ...ours.keys()])].sort();
  return directions
    .map((direction) => {
      const a = new Set(theirs.get(direction));
      const b = new Set(ours.get(direction));
      const missing = [...a].filter((row) => !b.has(row));
      const extra = [...b].filter((row) => !a.has(row));
      return { direction, missing, extra };
    })
    .filter(({ missing, extra }) => missing.length + extra.length > 0);
}

function slugOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

function goldenText(
  key: string,
  { name, about }: CapturedScenario,
  ours: readonly CapturedPacket[],
): string {
  const reasons = [...QUORUM_DIFFERENCES, ...ELECTION_DIFFERENCES].filter(
    (d) => d.scenario === key,
  );
  const why = [...new Set(reasons.map((d) => d.why))];
  const sessions = namer();
  return [
    `# ${name}: ${about}.`,
    ...(why.length === 0 ? ['# As captured.'] : why.map((text) => `# Differs: ${text}`)),
    '',
    ...ours.map((packet) => {
      const way = `s${String(packet.from)}→s${String(packet.to)}`;
      return `${way}  ${rowOf(packet, sessions)}`;
    }),
    '',
  ].join('\n');
}
