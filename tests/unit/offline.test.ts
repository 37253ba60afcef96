/** What the service worker keeps, and what it lets pass to the network. */
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { editionOf } from '../../src/node/build/offline.ts';
import { policyOf } from '../../src/node/build/page-policy.ts';
import { cacheName, fileFor, isOutdated } from '../../src/offline/edition.ts';

const SCOPE = 'https://host.example/some/folder/';
const edition = { version: '2', files: { './': 'a', 'assets/log-1.js': 'b', 'icon.svg': 'c' } };

describe('which file a request is for', () => {
  test.each([
    [SCOPE, true, './'],
    [`${SCOPE}?embed&panes=log#run=1`, true, './'],
    [`${SCOPE}index.html`, true, './'],
    [`${SCOPE}assets/log-1.js`, false, 'assets/log-1.js'],
    // Asked for with a question, it is the host's to answer.
    [`${SCOPE}icon.svg?fresh`, false, null],
    [`${SCOPE}docs/`, true, null],
    [`${SCOPE}constructor`, false, null],
    ['https://host.example/some/', true, null],
    ['https://elsewhere.example/some/folder/icon.svg', false, null],
  ])('%s', (address, navigates, file) => {
    expect(fileFor(edition, SCOPE, address, navigates)).toBe(file);
  });
});

test('an edition drops the ones before it, of its own folder only', () => {
  const inner = `${SCOPE}inner/`;
  const names = [cacheName(SCOPE, '1'), cacheName(SCOPE, '2'), cacheName(inner, '1'), 'another'];
  expect(names.filter((name) => isOutdated(name, SCOPE, '2'))).toEqual([cacheName(SCOPE, '1')]);
});

test('an edition is what stands in the folder, but for what is other sites’', () => {
  const folder = mkdtempSync(join(tmpdir(), 'edition-'));
  const write = (path: string, text: string): void => writeFileSync(join(folder, path), text);
  mkdirSync(join(folder, 'assets'));
  for (const path of ['index.html', 'sw.js', 'embed.js', 'social-card.png', 'assets/a.worker.js']) {
    write(path, path);
  }
  const before = editionOf(folder);
  expect(Object.keys(before.files)).toEqual(['assets/a.worker.js', './']);
  write('sw.js', 'other');
  expect(editionOf(folder)).toEqual(before);
  write('assets/a.worker.js', 'other');
  expect(editionOf(folder).version).not.toBe(before.version);
  rmSync(folder, { recursive: true });
});

test('the policy names inline blocks by what is in them', () => {
  const rules = policyOf('<style>a{}</style><script>run()</script><script src="a.js"></script>');
  const other = policyOf('<style>a{}</style><script>run(1)</script>');
  expect(rules).toMatch(/(^|; )default-src 'none'(;|$)/);
  expect(rules.match(/'sha256-[^']+'/g)).toHaveLength(2);
  expect(/style-src-elem [^;]*/.exec(other)?.[0]).toBe(/style-src-elem [^;]*/.exec(rules)?.[0]);
  expect(/script-src [^;]*/.exec(other)?.[0]).not.toBe(/script-src [^;]*/.exec(rules)?.[0]);
});
