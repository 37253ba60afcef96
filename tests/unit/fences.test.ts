/**
 * The fences of eslint.config.js, each shown to stop what it is there to stop
 * and to let its neighbour pass. The files are virtual: nothing is on disk.
 */
import { ESLint } from 'eslint';
import { beforeAll, describe, expect, test } from 'vitest';
import ts from 'typescript-eslint';

/** Rules that need types cannot see a virtual file; no fence is one of them. */
const eslint = new ESLint({
  overrideConfig: [
    ts.configs.disableTypeChecked,
    { languageOptions: { parserOptions: { projectService: false } } },
  ],
});

const FENCES = new Set([
  'max-lines-per-function',
  'no-console',
  'no-restricted-globals',
  'no-restricted-imports',
  'no-restricted-properties',
  'no-restricted-syntax',
  'no-warning-comments',
  'svelte/no-at-html-tags',
]);

/** The messages of the fences, and of nothing else, on one line of code. */
async function stops(filePath: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath });
  const messages = result?.messages ?? [];
  expect(messages.filter((m) => m.fatal === true)).toEqual([]);
  return messages.filter((m) => FENCES.has(m.ruleId ?? '')).map((m) => m.message);
}

const importing = (specifier: string) => `import { x } from '${specifier}'; x();`;

// Loading ESLint and its plugins takes seconds, once.
beforeAll(() => stops('src/core/a.ts', ''), 60_000);

describe('layers', () => {
  test.each([
    ['src/core/a.ts', '../sim/b.ts'],
    ['src/core/quorum/a.ts', '../../sim/b.ts'],
    ['src/core/quorum/a.ts', '../../i18n/en.ts'],
    ['src/sim/a.ts', '../worker/api.ts'],
    ['src/sim/check/a.ts', '../../lessons/b.ts'],
    ['src/lessons/a.ts', '../ui/b.ts'],
    ['src/store/a.ts', '../worker/b.ts'],
    ['src/worker/a.ts', '../ui/b.ts'],
    ['src/worker/a.ts', '../node/b.ts'],
    ['src/node/a.ts', '../worker/b.ts'],
    ['src/embed/a.ts', '../sim/frame.ts'],
    ['src/offline/a.ts', '../ui/b.ts'],
    ['src/i18n/a.ts', '../sim/b.ts'],
    ['src/ui/a.ts', '../node/b.ts'],
    ['src/ui/a.ts', '../main.ts'],
    ['src/ui/shell/A.svelte', '../../App.svelte'],
  ])('%s may not import %s', async (file, specifier) => {
    const code = file.endsWith('.svelte')
      ? `<script lang="ts">${importing(specifier)}</script>`
      : importing(specifier);
    expect(await stops(file, code)).toHaveLength(1);
  });

  test.each([
    ['src/core/quorum/a.ts', '../units.ts'],
    ['src/core/client/a.ts', './client-io.ts'],
    ['src/sim/a.ts', '../core/units.ts'],
    ['src/lessons/a.ts', '../sim/frame.ts'],
    ['src/store/a.ts', '../core/txn-log/disk-image.ts'],
    ['src/worker/a.ts', '../store/b.ts'],
    ['src/node/a.ts', '../sim/host.ts'],
    ['src/ui/state/a.ts', '../../worker/api.ts'],
    ['src/ui/a.ts', '../i18n/en.ts'],
    ['src/main.ts', './ui/b.ts'],
  ])('%s may import %s', async (file, specifier) => {
    expect(await stops(file, importing(specifier))).toEqual([]);
  });

  test.each([
    ["export { x } from '../sim/b.ts';"],
    ["export * from '../sim/b.ts';"],
    ["import type { X } from '../sim/b.ts'; export type Y = X;"],
    ["export type Y = import('../sim/b.ts').X;"],
    ["export const y = import('../sim/b.ts');"],
  ])('no other way round: %s', async (code) => {
    expect(await stops('src/core/a.ts', code)).toHaveLength(1);
  });
});

describe('libraries', () => {
  test.each([
    ['comlink', 'src/worker/a.ts', 'src/ui/a.ts'],
    ['idb-keyval', 'src/store/a.ts', 'src/worker/a.ts'],
    ['d3', 'src/ui/a.ts', 'src/sim/a.ts'],
    ['d3-scale', 'src/ui/a.ts', 'src/main.ts'],
    ['svelte', 'src/ui/a.ts', 'src/worker/a.ts'],
    ['svelte/reactivity', 'src/main.ts', 'src/lessons/a.ts'],
    ['node:fs', 'src/node/a.ts', 'src/core/a.ts'],
    ['node:fs', 'src/node/a.ts', 'src/ui/a.ts'],
    ['fs/promises', 'src/node/a.ts', 'src/store/a.ts'],
    ['vite', 'src/node/a.ts', 'src/ui/a.ts'],
  ])('%s belongs in %s and not in %s', async (library, home, elsewhere) => {
    expect(await stops(home, importing(library))).toEqual([]);
    expect(await stops(elsewhere, importing(library))).toHaveLength(1);
  });
});

describe('determinism of core and sim', () => {
  test.each([
    ['Math.random();'],
    ['Math.exp(1);'],
    ['Date.now();'],
    ['new Date();'],
    ['performance.now();'],
    ['setTimeout(f, 1);'],
    ['crypto.randomUUID();'],
    ['indexedDB.open(n);'],
    ['self.close();'],
    ['globalThis.close();'],
    ['list.sort();'],
    ['list.toSorted();'],
    ['a.localeCompare(b);'],
    ['for (const k in o) f(k);'],
    ['export const f = async () => g();'],
    ['Promise.resolve();'],
    ['console.log(1);'],
  ])('%s', async (code) => {
    expect((await stops('src/core/a.ts', code)).length).toBeGreaterThan(0);
    expect((await stops('src/sim/check/a.ts', code)).length).toBeGreaterThan(0);
  });

  test('what only computes passes', async () => {
    const code = 'list.sort(f); Math.floor(x); Date.UTC(2026, 0, 1); for (const k of o) f(k);';
    expect(await stops('src/core/a.ts', code)).toEqual([]);
  });

  test('the edges may wait and read a clock', async () => {
    const code = 'export const f = async () => { await g(performance.now()); };';
    expect(await stops('src/worker/a.ts', code)).toEqual([]);
    expect(await stops('src/store/a.ts', code)).toEqual([]);
  });
});

describe('what a person or a stranger wrote is text', () => {
  test.each([
    ['src/ui/tree/A.svelte', '{@html data}'],
    ['src/App.svelte', '{@html data}'],
    ['src/ui/tree/a.ts', 'element.innerHTML = data;'],
    ['src/ui/tree/A.svelte', '<script>element.insertAdjacentHTML(where, data);</script>'],
    ['src/embed/a.ts', 'frame.srcdoc = data;'],
  ])('%s may not have %s', async (file, code) => {
    expect(await stops(file, code)).toHaveLength(1);
  });

  test('text passes', async () => {
    expect(await stops('src/ui/tree/A.svelte', '<p>{data}</p>')).toEqual([]);
    expect(await stops('src/ui/tree/a.ts', 'element.textContent = data;')).toEqual([]);
  });
});

describe('the house', () => {
  const long = (lines: number) => `export function f(): void {\n${'g();\n'.repeat(lines)}}`;

  test('a function has 70 lines at most', async () => {
    expect(await stops('src/core/a.ts', long(68))).toEqual([]);
    expect(await stops('src/core/a.ts', long(69))).toHaveLength(1);
  });

  test('only Node programs print', async () => {
    expect(await stops('src/ui/a.ts', 'console.log(1);')).toHaveLength(1);
    expect(await stops('src/node/a.ts', 'console.log(1);')).toEqual([]);
  });

  test('no comment switches a rule off', async () => {
    const code = '/* eslint-disable */ console.log(1);';
    expect(await stops('src/ui/a.ts', code)).toHaveLength(1);
  });

  test('no work is left in a comment', async () => {
    expect(await stops('src/ui/a.ts', '// TODO: finish.')).toHaveLength(1);
  });
});
