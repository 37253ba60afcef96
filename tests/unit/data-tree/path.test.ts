import { describe, expect, test } from 'vitest';
import {
  isSpecialPath,
  joinPath,
  nameOf,
  parentOf,
  validatePath,
  validatePathLoosely,
} from '../../../src/core/data-tree/path.ts';

const rows: readonly (readonly [path: string, reason: string | null])[] = [
  ['/', null],
  ['/a', null],
  ['/a/b.c', null],
  ['/...', null],
  ['/.a', null],
  ['/a..', null],
  ['/ü/日本', null],
  ['/\u00a0', null],
  ['/\ud7ff', null],
  ['/\uf900', null],
  ['/\uffef', null],
  ['', 'Path length must be > 0'],
  ['a', 'Path must start with / character'],
  ['/a/', 'Path must not end with / character'],
  ['//', 'Path must not end with / character'],
  ['/a//b', 'empty node name specified @3'],
  ['//a', 'empty node name specified @1'],
  ['/a/./b', 'relative paths not allowed @3'],
  ['/a/../b', 'relative paths not allowed @4'],
  ['/.', 'relative paths not allowed @1'],
  ['/..', 'relative paths not allowed @2'],
  ['/a\0b', 'null character not allowed @2'],
  ['/a\u0001', 'invalid character @2'],
  ['/\u001f', 'invalid character @1'],
  ['/\u007f', 'invalid character @1'],
  ['/\u009f', 'invalid character @1'],
  ['/\ud800', 'invalid character @1'],
  ['/\u{1f600}', 'invalid character @1'],
  ['/\uf8ff', 'invalid character @1'],
  ['/\ufff0', 'invalid character @1'],
  ['/\uffff', 'invalid character @1'],
];

describe('validatePath', () => {
  test.each(rows)('%j: %s', (path, reason) => {
    const where = reason?.includes('@') === true;
    const whole = where ? `Invalid path string "${path}" caused by ${reason}` : reason;
    expect(validatePath(path)).toBe(whole);
  });
});

test('a path to create may yet end in a slash, or stand there already', () => {
  expect(validatePathLoosely('/a/')).toBeNull();
  expect(validatePathLoosely('a/b')).toBeNull();
  for (const path of ['/', '/zookeeper', '/zookeeper/config']) {
    expect(validatePathLoosely(path)).toBeNull();
  }
  for (const path of ['a', '', '/a\0']) {
    expect(validatePathLoosely(path)).not.toBeNull();
  }
});

test('four paths are special, and what is below them is not', () => {
  const special = ['/', '/zookeeper', '/zookeeper/quota', '/zookeeper/config'];
  expect(special.filter(isSpecialPath)).toEqual(special);
  expect(['/zookeeper/quota/a', '/zookeeper2', ''].filter(isSpecialPath)).toEqual([]);
});

test.each([
  ['/', '/', ''],
  ['/a', '/', 'a'],
  ['/a/b', '/a', 'b'],
  ['/a/b/c', '/a/b', 'c'],
])('%s has the parent %s and the name %j', (path, parent, name) => {
  expect(parentOf(path)).toBe(parent);
  expect(nameOf(path)).toBe(name);
  if (name !== '') expect(joinPath(parent, name)).toBe(path);
});
