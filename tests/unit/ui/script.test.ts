/** The script pane's logic apart from the page: completion, search, sentences. */
import { describe, expect, test } from 'vitest';
import { SCENARIOS } from '../../../src/lessons/scenarios/scenarios.ts';
import { parseScript } from '../../../src/sim/script-text/parse.ts';
import { optionsAt } from '../../../src/ui/script/completing.ts';
import { findScenarios, shelvesOf } from '../../../src/ui/script/finding.ts';
import { scriptTexts } from '../../../src/ui/script/texts.ts';
import { failureWords, problemWords } from '../../../src/ui/script/words.ts';

const cast = { sids: [1, 2, 3], clients: ['A'] };
const labels = (before: string): readonly string[] =>
  optionsAt(before, cast)?.options.map(({ label }) => label) ?? [];

describe('what could come next', () => {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['', ['at', 'when', 'wait until', 'crash', 'partition', 'A: ']],
    ['cra', ['crash']],
    ['when ', ['leader', 'znode', '3', 'A']],
    ['when leader ', ['serves']],
    ['when A is ', ['connected', 'LOOKING']],
    ['when leader serves: ', ['crash', 'restart']],
    ['wait until znode /a ', ['exists', 'gone']],
    ['after 2s crash ', ['1', '2', '3', 'leader', 'last']],
    ['crash 3 ', ['silent', 'tail=torn']],
    ['cut 1 -> ', ['2', '3', 'A']],
    ['kill ', ['A']],
    ['hold ', ['PROPOSAL', 'ACK']],
    ['hold PROPOSAL 3 ', ['->']],
  ];
  test.each(rows)('behind %j', (before, some) => {
    expect(labels(before)).toEqual(expect.arrayContaining([...some]));
  });

  test.each(['# cr', 'A: cre', 'at '])('nothing behind %j', (before) => {
    expect(optionsAt(before, cast)).toBeNull();
  });

  test('begins where the word begins', () => {
    expect(optionsAt('when leader serves: cra', cast)?.from).toBe('when leader serves: '.length);
  });
});

describe('scenarios are found', () => {
  test('by the words of either language, by their script, by all of the words', () => {
    const ids = (query: string): readonly string[] =>
      findScenarios(SCENARIOS, query).map(({ id }) => id);
    expect(ids('')).toHaveLength(SCENARIOS.length);
    expect(ids('HERD')).toEqual(['herd']);
    expect(ids('羊群')).toEqual(['herd']);
    expect(ids('snap follower')).toContain('behind-by-snap');
    expect(ids('reconfig -remove')).toEqual(['reconfig-remove']);
    expect(ids('no such thing')).toEqual([]);
  });

  test('each stands on one shelf', () => {
    const placed = shelvesOf(SCENARIOS).flatMap(({ scenarios }) => scenarios);
    expect(new Set(placed).size).toBe(SCENARIOS.length);
    expect(placed).toHaveLength(SCENARIOS.length);
  });
});

describe('sentences', () => {
  const en = scriptTexts('en');
  const wrong = [
    'crahs 3',
    'crash 3 quickly',
    'A: ls /',
    'crash 900',
    'at 2s heal\nat 1s heal',
    'A types "x',
    'new client A\nA asks 1 {"op":"nothing"}',
    'when leader serves crash 3',
    'latency 1 -> 2 5us',
    'wait',
  ];
  test.each(wrong)('%j has one that says what and what to do', (text) => {
    const [error] = parseScript(text).errors;
    expect(error).toBeDefined();
    if (error === undefined) return;
    const said = problemWords(en, error.problem);
    expect(said).toMatch(/^.{20,300}$/);
    expect(problemWords(scriptTexts('zh-CN'), error.problem)).toMatch(/\p{Script=Han}/u);
  });

  test('a near miss names the word that was meant', () => {
    const [error] = parseScript('crahs 3').errors;
    if (error !== undefined)
      expect(problemWords(en, error.problem)).toMatch(/Did you mean “crash”\?$/);
    expect(error).toMatchObject({ line: 1, from: 1, to: 6 });
  });

  test('failures, too', () => {
    for (const why of [
      { kind: 'refused', reason: 'server 3 is down already' },
      { kind: 'never', micros: 600_000_000 },
      { kind: 'past', now: 7 as never },
      { kind: 'nobody', who: 'last' },
      { kind: 'nobody', who: 'leader' },
      { kind: 'noPacket' },
    ] as const) {
      expect(failureWords(en, why).length).toBeGreaterThan(20);
    }
  });
});
