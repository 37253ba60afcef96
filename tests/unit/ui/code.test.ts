/** How programs stand, in which order they are heard, and what a browser kept of them. */
import { describe, expect, test } from 'vitest';
import { codeEn } from '../../../src/i18n/code.en.ts';
import { codeZhCN } from '../../../src/i18n/code.zh-CN.ts';
import type { Micros } from '../../../src/core/units.ts';
import { SAMPLES } from '../../../src/lessons/samples/samples.ts';
import { EXAMPLES } from '../../../src/ui/code/api.ts';
import {
  inOrder,
  isLive,
  stateOf,
  stateOfAll,
  waitingLines,
  type Standing,
} from '../../../src/ui/code/state.ts';
import { COPIES_MAX, readPrograms, writePrograms } from '../../../src/ui/code/stored.ts';
import { endWords, stateWordsOfAll, waitWords } from '../../../src/ui/code/words.ts';
import type { Waiting } from '../../../src/worker/sandbox/report.ts';

const waits = (kind: Waiting['kind'], what = '', line: number | null = null): Waiting => ({
  kind,
  what,
  line,
});
const standing = (given: Partial<Standing> = {}): Standing => ({
  seated: true,
  waiting: [],
  outcome: null,
  ...given,
});
const failed = { kind: 'failed', name: 'NONODE', message: 'no node', line: 7 } as const;

describe('how a program stands', () => {
  test('from its seat to its end', () => {
    const kinds = [
      standing({ seated: false }),
      standing(),
      standing({ waiting: [waits('request')] }),
      standing({ waiting: [waits('sleep'), waits('request')] }),
      standing({ waiting: [waits('sleep'), waits('event')] }),
      standing({ outcome: { kind: 'done' } }),
      standing({ outcome: failed }),
      standing({ outcome: { kind: 'tooLong' } }),
      standing({ outcome: { kind: 'tooMany' } }),
      standing({ outcome: { kind: 'left' } }),
    ].map((one) => stateOf(one).kind);
    const live = ['starting', 'running', 'running', 'running', 'waiting'];
    expect(kinds).toEqual([...live, 'finished', 'failed', 'limit', 'limit', 'left']);
  });

  test('of several, whoever goes on counts, then whoever fared worst', () => {
    const done = standing({ outcome: { kind: 'done' } });
    const bad = standing({ outcome: failed });
    expect(stateOfAll([])).toEqual({ state: { kind: 'idle' }, count: 0 });
    expect(stateOfAll([done, standing(), bad])).toEqual({ state: { kind: 'running' }, count: 1 });
    expect(stateOfAll([done, bad, done])).toEqual({ state: { kind: 'failed', line: 7 }, count: 1 });
    expect(stateOfAll([done, done])).toEqual({ state: { kind: 'finished' }, count: 2 });
    expect(isLive(stateOfAll([done, standing()]).state)).toBe(true);
    expect(isLive(stateOfAll([done]).state)).toBe(false);
  });

  test('lines at which those wait that go on', () => {
    const here = standing({ waiting: [waits('sleep', '', 4), waits('event', '/a', 9)] });
    const over = standing({ waiting: [waits('sleep', '', 5)], outcome: { kind: 'stopped' } });
    expect(waitingLines([here, here, over, standing({ waiting: [waits('connect')] })])).toEqual(
      new Set([4, 9]),
    );
  });

  test('in words: the line, and what to do', () => {
    const done = standing({ outcome: { kind: 'done' } });
    expect(stateWordsOfAll(codeEn, [done, standing({ outcome: failed })])).toBe(
      'failed in line 7 · 1 of 2',
    );
    expect(endWords(codeEn, failed)).toEqual({ said: 'no node', hint: codeEn.hints.NONODE });
    expect(endWords(codeEn, { ...failed, name: 'Strange' }).hint).toBe(codeEn.hints.other);
    expect(endWords(codeEn, { kind: 'tooLong' }).said).toContain('without waiting');
    expect(waitWords(codeEn, waits('sleep', '1500000'))).toBe('sleeps until 1.500 s');
    expect(waitWords(codeEn, waits('sleep', 'Infinity'))).toBe('sleeps until ∞ s');
    expect(waitWords(codeEn, undefined)).toBe(codeEn.waits.nothing);
  });
});

describe('what was said', () => {
  const line = (at: number, text: string) => ({ at: at as Micros, text });
  test('stands by virtual time, at one moment as it came', () => {
    const lines = [line(1, 'a'), line(5, 'b')];
    const all = inOrder(lines, [line(5, 'c'), line(9, 'd')], 10);
    expect(all.map(({ text }) => text)).toEqual(['a', 'b', 'c', 'd']);
    expect(inOrder(all, [line(3, 'e')], 10).map(({ text }) => text)).toEqual([
      ...['a', 'e', 'b', 'c', 'd'],
    ]);
    expect(inOrder(all, [line(9, 'f')], 2).map(({ text }) => text)).toEqual(['d', 'f']);
    expect(inOrder(all, [], 2)).toBe(all);
  });
});

describe('what the browser keeps', () => {
  test('comes back as it was', () => {
    const programs = [
      { name: 'Lock', text: 'log(1)', copies: 3, sample: { id: 'lock' } },
      { name: 'Mine', text: '', copies: 1, sample: null },
    ];
    expect(readPrograms(writePrograms(programs))).toEqual([
      { name: 'Lock', text: 'log(1)', copies: 3, sample: 'lock' },
      { name: 'Mine', text: '', copies: 1, sample: null },
    ]);
  });

  test('what is not ours is nothing, or left out', () => {
    for (const text of [null, '', '{', '{}', '7']) expect(readPrograms(text)).toBeNull();
    const odd = [null, 7, { name: 1, text: 'x' }, { name: 'a', text: 'b', copies: 1e9, sample: 2 }];
    expect(readPrograms(JSON.stringify(odd))).toEqual([
      { name: 'a', text: 'b', copies: COPIES_MAX, sample: null },
    ]);
  });
});

test('each example of the help has its meaning, each sample its words, in both languages', () => {
  expect(codeEn.meanings).toHaveLength(EXAMPLES.length);
  expect(codeZhCN.meanings).toHaveLength(EXAMPLES.length);
  for (const { words } of SAMPLES) {
    for (const { title, summary, see, breakIt } of [words.en, words['zh-CN']]) {
      for (const said of [title, summary, see, breakIt]) expect(said).not.toBe('');
    }
    expect(words['zh-CN'].title).not.toBe(words.en.title);
  }
});
