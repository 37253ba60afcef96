import { expect, test } from 'vitest';
import { jsonObject, jsonText } from '../../../src/core/admin/json-text.ts';

test('objects are indented, lists are not', () => {
  const object = jsonObject([
    ['a', 1],
    ['list', [1n, 'two', null]],
    ['none', []],
    ['inner', jsonObject([['b', [jsonObject([['c', true]]), jsonObject([])]]])],
  ]);
  expect(jsonText(object)).toBe(
    [
      '{',
      '  "a" : 1,',
      '  "list" : [ 1, "two", null ],',
      '  "none" : [ ],',
      '  "inner" : {',
      '    "b" : [ {',
      '      "c" : true',
      '    }, { } ]',
      '  }',
      '}',
    ].join('\n'),
  );
});

test('numbers keep all their digits, and a double its point', () => {
  const big = 0x1000_0000_0000_0001n;
  expect(jsonText([big, -1n, { number: '0.0' }])).toBe('[ 1152921504606846977, -1, 0.0 ]');
});

test('names and texts are quoted', () => {
  expect(jsonText(jsonObject([['a"b', 'line\n']]))).toBe('{\n  "a\\"b" : "line\\n"\n}');
  expect(
    jsonText(
      jsonObject([
        ['2', 'x'],
        ['10', 'y'],
        ['1', 'z'],
      ]),
    ),
  ).toMatch(/"2".*"10".*"1"/s);
});
