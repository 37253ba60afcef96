import { expect, test } from 'vitest';
import { splitWords } from '../../../../src/core/client/commands/options.ts';
import type { TranscriptLine } from '../../../../src/sim/frame.ts';
import { answerTo, lineOf, wordOf } from '../../../../src/ui/tree/deeds.ts';
import { formatJson } from '../../../../src/ui/tree/json-text.ts';
import { micros } from '../../../component/canned-frames.ts';

test.each(['plain', 'two words', '', '"quoted"', "it's", "'a' b", '{"a": 1}', 'a"b c'])(
  'zkCli reads %j back as it was',
  (text) => {
    const word = wordOf(text);
    expect(word).not.toBeNull();
    expect(splitWords(word ?? '')).toEqual([text]);
  },
);

test('what zkCli cannot read back is not written', () => {
  expect(wordOf(`"both" and 'both'`)).toBeNull();
  expect(wordOf('two\nlines')).toBeNull();
  expect(lineOf({ kind: 'set', path: '/a', data: 'x\ny', version: null })).toBeNull();
});

test('a create says its kind; only a sequential one needs no name', () => {
  const create = { kind: 'create', parent: '/app', name: 'x', data: 'v 1' } as const;
  const plain = { ...create, as: 'persistent', sequential: false, ttl: 5 } as const;
  expect(lineOf(plain)).toBe('create /app/x "v 1"');
  expect(lineOf({ ...plain, parent: '/', data: '' })).toBe('create /x');
  expect(lineOf({ ...plain, as: 'ephemeral', sequential: true, name: '' })).toBe(
    'create -s -e /app/ "v 1"',
  );
  expect(lineOf({ ...plain, as: 'container', sequential: true })).toBe('create -c /app/x "v 1"');
  expect(lineOf({ ...plain, as: 'ttl', data: '' })).toBe('create -t 5 /app/x');
  expect(lineOf({ ...plain, name: '' })).toBeNull();
  expect(lineOf({ ...plain, name: 'x/y' })).toBeNull();
});

test('sets are guarded by the version, deletes take what is below, watches are of five kinds', () => {
  expect(lineOf({ kind: 'set', path: '/a b', data: 'x', version: 7 })).toBe('set -v 7 "/a b" x');
  expect(lineOf({ kind: 'set', path: '/a', data: '', version: null })).toBe('set /a ""');
  expect(lineOf({ kind: 'remove', path: '/a', below: false })).toBe('delete /a');
  expect(lineOf({ kind: 'remove', path: '/a', below: true })).toBe('deleteall /a');
  expect(lineOf({ kind: 'watch', path: '/a', wish: 'children' })).toBe('ls -w /a');
  expect(lineOf({ kind: 'watch', path: '/a', wish: 'recursive' })).toBe('addWatch /a');
});

test('the answer is what was printed under the command that was sent, and under no earlier one', () => {
  const line = (at: number, kind: TranscriptLine['kind'], text: string): TranscriptLine => ({
    at: micros(at),
    kind,
    text,
  });
  const prompt = '[zk: localhost:2181(CONNECTED) 3] delete /a';
  const lines = [line(1, 'prompt', prompt), line(2, 'error', 'Node not empty: /a')];
  expect(answerTo(lines, 'delete /a', 5)).toBeNull();
  const later = [...lines, line(6, 'prompt', prompt), line(7, 'log', 'noise')];
  expect(answerTo(later, 'delete /a', 5)).toEqual({ text: '', isError: false });
  expect(answerTo(lines, 'delete /a', 0)).toEqual({ text: 'Node not empty: /a', isError: true });
});

test('JSON is laid out without a digit lost', () => {
  expect(formatJson('{"a":[1,2],"big":12345678901234567890,"s":"x,{\\"y"}')).toBe(
    '{\n  "a": [\n    1,\n    2\n  ],\n  "big": 12345678901234567890,\n  "s": "x,{\\"y"\n}',
  );
  expect(formatJson('{"a":{},"b":[]}')).toBe('{\n  "a": {},\n  "b": []\n}');
  expect(formatJson('12')).toBeNull();
  expect(formatJson('{broken')).toBeNull();
});
