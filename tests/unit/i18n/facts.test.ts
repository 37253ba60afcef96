/** Every sentence of every checker can be said in Chinese. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { translatorOf } from '../../../src/i18n/facts.ts';
import { factInZhCN, factsZhCN } from '../../../src/i18n/facts.zh-CN.ts';
import { piecesOf, sidIn } from '../../../src/ui/parts/pointing.ts';
import { templatesOf } from '../../support/checker-sentences.ts';
import { harvest, LOCAL_PLANTS } from '../check/local-plants.ts';
import { LIVENESS_PLANTS } from '../check/liveness-plants.ts';
import { broken, check, ensemble } from '../check/notation.ts';
import { PLANTED_ROWS } from '../check/planted-rows.ts';

const CHECKERS = 'src/sim/check';

const files = [
  ...readdirSync(CHECKERS, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${CHECKERS}/${name}`),
  'src/core/quorum/flags.ts',
];

/** Holes and names alone need no words, and what joins a list is the translator's own. */
function needsWords(template: string): boolean {
  return template !== ' and ' && /[a-z]{2}/.test(template.replace(/\{\d\}/g, ''));
}

describe('the table', () => {
  test.each(files)('%s: every template has a Chinese one', (path) => {
    const templates = templatesOf(path, readFileSync(path, 'utf8')).filter(needsWords);
    expect(templates.filter((template) => !(template in factsZhCN))).toEqual([]);
  });

  test('each takes up all that the English says', () => {
    const holes = (text: string): readonly string[] =>
      [...new Set([...text.matchAll(/\{(\d)/g)].map(([, n]) => n ?? ''))].sort();
    for (const [english, chinese] of Object.entries(factsZhCN)) {
      expect([english, holes(chinese)]).toEqual([english, holes(english)]);
    }
  });
});

/** What the planted violations of the checkers' own tests say. */
function sentences(): readonly string[] {
  const written = PLANTED_ROWS.flatMap(([, rows]) => rows)
    .map((row) => ({
      text: JSON.stringify(row.lines),
      why: broken(check(row.lines, ensemble(row.voters ?? 3)))[row.property],
    }))
    // What a test has made up itself is no sentence of ours.
    .flatMap(({ text, why }) => (why === undefined || text.includes(why) ? [] : [why]));
  const meddled = LOCAL_PLANTS.map((plant) => harvest(plant)[plant.property]);
  const stuck = LIVENESS_PLANTS.map(({ recovers }) => recovers()?.why);
  return [...written, ...meddled, ...stuck].filter((why) => why !== undefined);
}

test('what planted violations say comes out in Chinese, with all that it names', () => {
  const said = sentences();
  expect(said.length).toBeGreaterThan(80);
  const left = said.filter((why) => factInZhCN(why) === why);
  expect(left).toEqual([]);
  const facts = (text: string): readonly string[] =>
    [
      ...new Set(
        piecesOf(text)
          .filter(({ kind }) => kind !== 'text')
          .map(({ kind, text: name }) => (kind === 'server' ? String(sidIn(name)) : name))
          // The full stop of a sentence may be that of a path.
          .map((name) => name.replace(/\.$/, '')),
      ),
    ].sort();
  for (const why of said) expect(facts(factInZhCN(why))).toEqual(facts(why));
  // Reasons that the log of a server gives stay in its words.
  const plain = said.filter((why) => !why.includes('was started')).map(factInZhCN);
  expect(plain.filter((text) => /\b(?:the|is|was|but|which|has|of)\b/.test(text))).toEqual([]);
  expect(plain.filter((text) => /。./.test(text))).toEqual([]);
});

describe('a sentence is taken apart', () => {
  const inZhCN = translatorOf({
    'Server {0} {1}.': '服务器 {0}{1}。',
    'says {0}, but {1}': '说{0}，但{1}',
    'has {0}': '有 {0}',
    nothing: '没有什么',
  });

  test('with what stands in its holes, and that in its turn', () => {
    expect(inZhCN('Server 3 says nothing, but has 0x100000002.')).toBe(
      '服务器 3说没有什么，但有 0x100000002。',
    );
    expect(inZhCN('Server 3 has 1, 2 and /a.')).toBe('服务器 3有 1、2、/a。');
  });

  test('or stays as it is, where a part of it has no words', () => {
    const odd = 'Server 3 says nothing, but wonders.';
    expect(inZhCN(odd)).toBe(odd);
    expect(factInZhCN('Server 1 does what nobody foresaw.')).toBe(
      'Server 1 does what nobody foresaw.',
    );
  });
});
