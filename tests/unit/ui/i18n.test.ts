/** Both languages say the same things: every dictionary, those that are loaded late included. */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const FOLDER = 'src/i18n';

interface Place {
  readonly path: string;
  readonly value: unknown;
}

const isTable = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Every text and every function of texts, by its path. */
function leaves(value: unknown, path = ''): readonly Place[] {
  if (!isTable(value)) return [{ path, value }];
  return Object.entries(value).flatMap(([key, inner]) =>
    leaves(inner, path === '' ? key : `${path}.${key}`),
  );
}

/** What a module exports in tables, merged: a module has one dictionary, and perhaps helpers. */
async function dictionary(name: string): Promise<ReadonlyMap<string, unknown>> {
  const { href } = new URL(`../../../${FOLDER}/${name}.ts`, import.meta.url);
  const module: unknown = await import(/* @vite-ignore */ href);
  if (!isTable(module)) throw new Error(`${name} exports nothing`);
  const tables = Object.values(module).filter(isTable);
  expect(tables.length, `${name} has a dictionary`).toBeGreaterThan(0);
  return new Map(tables.flatMap((table) => leaves(table)).map(({ path, value }) => [path, value]));
}

const names = readdirSync(FOLDER)
  .filter((file) => /(^|\.)en\.ts$/.test(file))
  .map((file) => file.replace(/\.ts$/, ''));

const chineseOf = (name: string): string => name.replace(/en$/, 'zh-CN');

/**
 * What stays English in Chinese: names of the protocol, of ZooKeeper's own things and of keys. Each
 * word of a text must be one of these, or no word at all, for the text to be the same in both.
 */
const NAMES = new Set(
  (
    'zookeeper playground znode znodes zxid zxids zab jvm tcp sasl kerberos digest ip auth world acl acls ' +
    'ephemeral persistent sequential container ttl watch watches watcher session czxid mzxid pzxid ' +
    'ctime mtime cversion aversion dataversion ephemeralowner datalength numchildren ' +
    'leader follower observer participant epoch acceptedepoch currentepoch peerepoch quorum seed ' +
    'leading following observing looking election discovery synchronization broadcast ' +
    'notification finalizewait initlimit synclimit tick timer proposal ack commit uptodate newleader ' +
    'diff trunc snap snapshot snapshots fsync sync log jute json hex utf text mntr stat srvr conf cons ' +
    'ruok console script bug id sid xid ms s kb mb b shift ctrl esc del space alt pgup pgdn enter tab ' +
    'e f l o p x state connected connecting closed expired svg png mermaid shiviz javascript code ' +
    'cxid logicalclock committedlog max swarm multi create set get delete check reconfig ls en zkcli'
  ).split(' '),
);

const wordsOf = (text: string): readonly string[] =>
  text.toLowerCase().match(/[a-z][a-z'’]*/g) ?? [];

const isName = (text: string): boolean => wordsOf(text).every((word) => NAMES.has(word));

/** English says these in the core already; the page only translates. */
const ONLY_CHINESE = /(?:^|\.)properties\.titles\./;

/** What follows a text in some cases, and in these does not. */
const EMPTY_ON_PURPOSE = /(?:^|\.)tails\.chance$/;

/** Of a language it must not be in, or of somebody who meant to come back. */
const LEFTOVER = /\b(?:TODO|FIXME|XXX|TBD|lorem|undefined|NaN)\b|\[object/i;

describe.each(names)('%s', (name) => {
  test('has a Chinese one with the same keys', async () => {
    const [en, zh] = [await dictionary(name), await dictionary(chineseOf(name))];
    const missing = [...en.keys()].filter((path) => !zh.has(path));
    const extra = [...zh.keys()].filter((path) => !en.has(path) && !ONLY_CHINESE.test(path));
    expect({ missing, extra }).toEqual({ missing: [], extra: [] });
    const kinds = [...en].filter(([path, value]) => typeof value !== typeof zh.get(path));
    expect(kinds.map(([path]) => path)).toEqual([]);
  });

  test('no text is empty, and none a leftover', async () => {
    for (const one of [name, chineseOf(name)]) {
      const bad = [...(await dictionary(one))].filter(
        ([path, text]) =>
          typeof text === 'string' &&
          ((text.trim() === '' && !EMPTY_ON_PURPOSE.test(path)) || LEFTOVER.test(text)),
      );
      expect(
        bad.map(([path]) => path),
        one,
      ).toEqual([]);
    }
  });

  test('what is the same in both is a name', async () => {
    const [en, zh] = [await dictionary(name), await dictionary(chineseOf(name))];
    const same = [...en].filter(
      ([path, text]) => typeof text === 'string' && text === zh.get(path) && !isName(text),
    );
    expect(same.map(([path, text]) => `${path}: ${String(text)}`)).toEqual([]);
  });

  test('what is longer than a name is in Chinese', async () => {
    const zh = await dictionary(chineseOf(name));
    const foreign = [...zh].filter(
      ([, text]) =>
        typeof text === 'string' && !/\p{Script=Han}/u.test(text) && wordsOf(text).length > 3,
    );
    expect(foreign.map(([path, text]) => `${path}: ${String(text)}`)).toEqual([]);
  });
});

test('no Chinese dictionary is without its English one', () => {
  const alone = readdirSync(FOLDER)
    .filter((file) => file.endsWith('.zh-CN.ts'))
    .filter((file) => !names.includes(file.replace(/zh-CN\.ts$/, 'en')))
    // Translations of sentences that are English in the core, not texts of a dictionary.
    .filter((file) => !/^(?:facts|facts-\w+|mutants)\.zh-CN\.ts$/.test(file));
  expect(alone).toEqual([]);
});
