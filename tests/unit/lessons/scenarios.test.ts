/** Every scenario keeps its promise, whatever the seed. */
import { describe, expect, test } from 'vitest';
import { SCENARIOS } from '../../../src/lessons/scenarios/scenarios.ts';
import { parseScript } from '../../../src/sim/script-text/parse.ts';
import {
  epochs,
  everywhere,
  play,
  roles,
  serving,
  stateNotes,
  syncsAfter,
  type Played,
} from './scenario-stage.ts';

const FOUR = [1, 2, 3, 4];
const ALL_HAVE = [true, true, true];

/** The number of the first action that is `kind`, from number `from` on. */
function actionOf(played: Played, kind: string, from = 0): number {
  return played.script.actions.findIndex(({ action }, n) => n >= from && action.kind === kind);
}

const timeOf = (played: Played, kind: string): number =>
  played.script.actions[actionOf(played, kind)]?.at ?? Infinity;

const expiries = ({ notes }: Played): number =>
  notes.filter(({ note }) => note.note === 'sessionExpired').length;

/** What each of them shows, by its id. */
const PROMISES: Readonly<Record<string, (played: Played) => void>> = {
  'cold-start': ({ run, printed }) => {
    expect(roles(run)).toEqual(serving(5, FOUR));
    expect(epochs(run)).toEqual([1]);
    expect(printed).toContain('A: Created /hello');
  },
  'leader-crash': ({ run, printed }) => {
    expect(roles(run)).toEqual(serving(4, [1, 2, 3, 5]));
    expect(epochs(run)).toEqual([2]);
    expect(printed).toContain('A: two');
  },
  'newest-log-wins': ({ run }) => {
    expect(roles(run)).toEqual(['1: LEADING*', '3: FOLLOWING*']);
    expect(everywhere(run, '/newer')).toEqual([true, true]);
  },
  'late-favourite': (played) => {
    expect(roles(played.run)).toEqual(serving(4, [1, 2, 3, 5]));
    expect(epochs(played.run)).toEqual([1]);
    // The one that leads has never stopped to.
    expect(stateNotes(played, 4).filter((state) => state === 'LOOKING').length).toBeLessThan(3);
    expect(stateNotes(played, 5)).not.toContain('LEADING');
  },
  'split-votes': (played) => {
    const led = played.notes.find(({ note }) => note.note === 'state' && note.state === 'LEADING');
    expect(led?.at).toBeGreaterThan(timeOf(played, 'healAll'));
    expect(roles(played.run)).toEqual(serving(4, [1, 2, 3]));
  },
  'quorum-lost': (played) => {
    const { run, printed, script } = played;
    const [down, back] = [script.actions[4]?.at ?? 0, timeOf(played, 'restart')];
    const committed = played.notes.filter(
      ({ at, note }) => note.note === 'committed' && at > down + 500_000 && at < back,
    );
    expect(committed).toEqual([]);
    expect(roles(run)).toHaveLength(3);
    expect(everywhere(run, '/app')).toEqual(ALL_HAVE);
    expect(printed.some((line) => /^A: (one|two)$/.test(line))).toBe(true);
  },
  'minority-cut-off': (played) => {
    const { run, printed } = played;
    expect(epochs(run)).toEqual([1]);
    expect(roles(run)).toEqual(serving(5, FOUR));
    expect(stateNotes(played, 1)).toContain('LOOKING');
    expect(printed).toContain('B: two');
  },
  'leader-in-minority': (played) => {
    expect(roles(played.run)).toEqual(serving(4, [1, 2, 3, 5]));
    expect(epochs(played.run)).toEqual([2]);
    const founded = played.notes.find(
      ({ note }) => note.note === 'established' && note.epoch === 2,
    );
    expect(founded?.at).toBeLessThan(timeOf(played, 'healAll'));
  },
  'one-way-cut': (played) => {
    expect(epochs(played.run)).toEqual([1]);
    expect(roles(played.run)).toEqual(serving(3, [1, 2]));
    const cut = timeOf(played, 'cut');
    const lost = played.notes.filter(
      ({ at, by, note }) => at > cut && by === 1 && note.note === 'state',
    );
    expect(lost[0]?.note).toMatchObject({ state: 'LOOKING' });
  },
  'leader-gc-pause': (played) => {
    expect(epochs(played.run)).toEqual([2]);
    expect(roles(played.run)).toEqual(serving(4, [1, 2, 3, 5]));
    const founded = played.notes.find(
      ({ note }) => note.note === 'established' && note.epoch === 2,
    );
    expect(founded?.at).toBeLessThan(timeOf(played, 'resume'));
  },
  'behind-by-diff': (played) => {
    expect(syncsAfter(played, actionOf(played, 'restart'))).toEqual(['DIFF']);
    expect(everywhere(played.run, '/c')).toEqual(ALL_HAVE);
  },
  'behind-by-snap': (played) => {
    expect(syncsAfter(played, actionOf(played, 'restart'))).toEqual(['SNAP']);
    expect(everywhere(played.run, '/d')).toEqual(ALL_HAVE);
  },
  'proposal-truncated': (played) => {
    const { run, script } = played;
    expect(syncsAfter(played, actionOf(played, 'restart'))).toEqual(['TRUNC']);
    const crash = script.actions[actionOf(played, 'crash')]?.at ?? 0;
    const ghost = played.notes.filter(
      ({ at, by, note }) => note.note === 'logged' && by === 3 && at <= crash,
    );
    expect(ghost.at(-1)?.note).toMatchObject({ zxid: 0x100000003n });
    expect(everywhere(run, '/ghost')).toEqual([false, false, false]);
    expect(everywhere(run, '/real')).toEqual(ALL_HAVE);
  },
  'proposal-survives': (played) => {
    const { run, notes, printed } = played;
    const commits = notes.filter(({ note }) => note.note === 'committed');
    // Its own leader never committed it.
    expect(
      commits.some(({ by, note }) => by === 3 && 'zxid' in note && note.zxid === 0x100000002n),
    ).toBe(false);
    expect(printed).not.toContain('A: Created /survivor');
    expect(everywhere(run, '/survivor')).toEqual(ALL_HAVE);
    expect(epochs(run)).toEqual([2]);
  },
  'observer-joins': ({ run, notes, printed }) => {
    expect(roles(run)).toContain('4: OBSERVING*');
    expect(printed).toEqual(expect.arrayContaining(['B: x', 'B: y']));
    const acks = notes.flatMap(({ note }) => (note.note === 'committed' ? note.acks : []));
    expect(acks.length).toBeGreaterThan(0);
    expect(acks.filter((sid) => sid > 3)).toEqual([]);
  },
  'session-expires': (played) => {
    expect(expiries(played)).toBeGreaterThan(0);
    expect(played.printed).toContain('B: Created /lock');
    expect(played.printed.some((line) => /^A: .*expired/i.test(line))).toBe(true);
  },
  'session-moves': (played) => {
    expect(expiries(played)).toBe(0);
    expect(played.sent.filter(({ type }) => type === 'REVALIDATE').length).toBeGreaterThan(1);
    expect(everywhere(played.run, '/mine')).toEqual(ALL_HAVE);
  },
  herd: ({ printed }) => {
    const woken = printed.filter((line) => line.includes('NodeDeleted'));
    expect(woken).toHaveLength(5);
    const won = printed.filter((line) => /^[B-F]: Created \/lock$/.test(line));
    expect(won).toHaveLength(1);
    expect(
      printed.filter((line) => /^[B-F]: Node already exists: \/lock$/.test(line)),
    ).toHaveLength(4);
  },
  'slow-disk-leader': (played) => {
    const committed = played.notes.find(
      ({ by, note }) => by === 3 && note.note === 'committed' && note.zxid === 0x100000002n,
    );
    const acks = committed?.note.note === 'committed' ? committed.note.acks : [];
    expect([...acks].sort()).toEqual([1, 2]);
    const synced = played.notes.find(
      ({ by, note }) => by === 3 && note.note === 'synced' && note.zxid >= 0x100000002n,
    );
    expect(synced?.at ?? Infinity).toBeGreaterThan(committed?.at ?? Infinity);
  },
  'torn-tail': (played) => {
    const recovered = played.notes.findLast(
      ({ by, note }) => by === 1 && note.note === 'recovered' && note.cause === 'boot',
    );
    expect(recovered?.at).toBeGreaterThanOrEqual(timeOf(played, 'restart'));
    expect(syncsAfter(played, actionOf(played, 'restart'))).toEqual(['DIFF']);
    expect(everywhere(played.run, '/b')).toEqual(ALL_HAVE);
  },
  'disk-full': (played) => {
    const { run, script, notes } = played;
    const full = script.actions[actionOf(played, 'disk')]?.at ?? 0;
    const back = timeOf(played, 'restart');
    const acked = notes.filter(
      ({ at, note }) =>
        note.note === 'committed' && at > full && at < back && note.acks.includes(1 as never),
    );
    expect(acked).toEqual([]);
    expect(everywhere(run, '/a')).toEqual(ALL_HAVE);
  },
  'rolling-restart': (played) => {
    expect(epochs(played.run)).toEqual([2]);
    expect(roles(played.run)).toEqual(serving(2, [1, 3]));
    expect(expiries(played)).toBe(0);
    expect(played.printed).toContain('A: one');
  },
  'reconfig-remove': ({ run, printed }) => {
    expect(roles(run)).toEqual(['4: FOLLOWING*', '5: LEADING*']);
    expect(everywhere(run, '/still')).toEqual([true, true]);
    const last = printed.findLastIndex((line) => line.startsWith('A: server.3='));
    expect(printed.slice(last - 1, last + 3).join('\n')).not.toMatch(/server\.[12]=/);
  },
};

test('there are at least fifteen, each with a promise, an id of its own and both languages', () => {
  const ids = SCENARIOS.map(({ id }) => id);
  expect(ids.length).toBeGreaterThanOrEqual(15);
  expect(new Set(ids).size).toBe(ids.length);
  expect(Object.keys(PROMISES).sort()).toEqual([...ids].sort());
  for (const { words } of SCENARIOS) {
    for (const { title, summary, see } of [words.en, words['zh-CN']]) {
      expect([title, summary, ...see].every((text) => text.trim().length > 1)).toBe(true);
      expect(see.length).toBeGreaterThan(1);
    }
    expect(words['zh-CN'].summary).toMatch(/\p{Script=Han}/u);
  }
});

test.each(SCENARIOS)('$id is written without a mistake', ({ script }) => {
  const { steps, errors } = parseScript(script);
  expect(errors).toEqual([]);
  expect(steps.length).toBeGreaterThan(1);
});

describe.each(SCENARIOS)('$id', (scenario) => {
  test.each([1, 2, 3])('seed %i', (seed) => {
    const played = play(scenario, seed);
    expect(played.script.failure).toBeNull();
    expect([...(played.run.world.checker?.violations.keys() ?? [])]).toEqual([]);
    PROMISES[scenario.id]?.(played);
  });
});
