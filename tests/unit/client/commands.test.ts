import { describe, expect, it } from 'vitest';
import { clientConnectString } from '../../../src/core/client/commands/config-text.ts';
import { formatData, fromBase64 } from '../../../src/core/client/commands/data-text.ts';
import { commandNames } from '../../../src/core/client/commands/index.ts';
import {
  optionTable,
  parseInt32,
  parseOptions,
  splitWords,
} from '../../../src/core/client/commands/options.ts';
import { completeLine } from '../../../src/core/client/completion.ts';
import { nearest } from '../../../src/core/client/near-miss.ts';

describe('words', () => {
  // As the real zkCli splits them.
  it.each([
    ['ls /', ['ls', '/']],
    ['  ls   / ', ['ls', '/']],
    ['', []],
    ['   ', []],
    ['create /test "Hello, Zookeeper!"', ['create', '/test', 'Hello, Zookeeper!']],
    [`create /q "a 'b' c"`, ['create', '/q', `a 'b' c`]],
    [`create /q 'a "b"'`, ['create', '/q', 'a "b"']],
    ['create /q ""', ['create', '/q', '']],
    [`create /q '`, ['create', '/q']],
    ['create /q "open end', ['create', '/q', 'open', 'end']],
    ['create /q ab"c d"', ['create', '/q', 'ab"c', 'd"']],
    ['"ls" /', ['ls', '/']],
    ['set /a "x"y', ['set', '/a', 'x', 'y']],
    ['set\t/a\ty', ['set', '/a', 'y']],
  ])('%j', (line, words) => {
    expect(splitWords(line)).toEqual(words);
  });
});

describe('options', () => {
  const specs = [
    { name: 's', takesValue: false, description: 'stat' },
    { name: 'e', takesValue: false, description: 'ephemeral' },
    { name: 'v', takesValue: true, description: 'version' },
    { name: 'file', takesValue: true, description: 'name' },
  ];
  const unknown = 'org.apache.commons.cli.UnrecognizedOptionException: Unrecognized option: ';
  const missing = 'org.apache.commons.cli.MissingArgumentException: Missing argument for option: v';

  it.each([
    ['c -s /a', ['c', '/a'], { s: '' }],
    ['c /a -s', ['c', '/a'], { s: '' }],
    ['c -se /a', ['c', '/a'], { s: '', e: '' }],
    ['c -v 5 /a', ['c', '/a'], { v: '5' }],
    ['c -v -1 /a', ['c', '/a'], { v: '-1' }],
    ['c -v5 /a', ['c', '/a'], { v: '5' }],
    ['c -v=5 /a', ['c', '/a'], { v: '5' }],
    ['c -sv 5 /a', ['c', '/a'], { s: '', v: '5' }],
    ['c -v -x /a', ['c', '/a'], { v: '-x' }],
    ['c -v 1 -v 2 /a', ['c', '/a'], { v: '1' }],
    ['c /a - b', ['c', '/a', '-', 'b'], {}],
    ['c /a -- -s', ['c', '/a', '-s'], {}],
    ['c -v -- /a', missing, {}],
    ['c /a -v', missing, {}],
    ['c -v -s /a', missing, {}],
    ['c -x /a', `${unknown}-x`, {}],
    ['c -sx /a', `${unknown}-sx`, {}],
    ['c -5', `${unknown}-5`, {}],
    ['c -s=1 /a', `${unknown}-s=1`, {}],
    ['c --stat /a', `${unknown}--stat`, {}],
    ['c -file x /a', ['c', '/a'], { file: 'x' }],
    ['c -file=x /a', `${unknown}-file=x`, {}],
    ['c -v -file', missing, {}],
    ['c -file -y /a', ['c', '/a'], { file: '-y' }],
    ['c -files /a', `${unknown}-files`, {}],
  ])('%s', (line, expected, options) => {
    const result = parseOptions(splitWords(line), specs);
    if (!result.ok) {
      expect(result.error).toBe(expected);
      return;
    }
    expect(result.line.args).toEqual(expected);
    expect(Object.fromEntries(result.line.options)).toEqual(options);
  });

  it.each([
    ['c -s -v 5', 'one', "The option 'v' was specified but an option from this group has already"],
    ['c -sv 5', 'oneNeeded', "has already been selected: 's'"],
    ['c -s -s', 'one', null],
    ['c', 'one', null],
    ['c', 'oneNeeded', 'MissingOptionException: Missing required option: [-s stat, -e ephemeral,'],
    ['c -v', 'oneNeeded', missing],
  ] as const)('%s, taking %s: %j', (line, choice, error) => {
    const result = parseOptions(splitWords(line), specs, choice);
    if (error === null) expect(result.ok).toBe(true);
    else
      expect(result).toMatchObject({ ok: false, error: expect.stringContaining(error) as string });
  });

  it('are listed in the alphabet, their descriptions aligned', () => {
    expect(optionTable(specs.slice(0, 3))).toEqual([
      ' -e         ephemeral',
      ' -s         stat',
      ' -v <arg>   version',
    ]);
  });

  it.each([
    ['5', 5],
    ['-1', -1],
    ['+7', 7],
    ['2147483647', 2147483647],
    ['2147483648', null],
    ['-2147483649', null],
    ['1.5', null],
    ['', null],
    ['abc', null],
  ])('an int: %j', (text, value) => {
    expect(parseInt32(text)).toBe(value);
  });
});

describe('data', () => {
  it('as base64, and back', () => {
    for (const text of ['', 'f', 'fo', 'foo', 'foob', '\u00e4\u20ac']) {
      const bytes = new TextEncoder().encode(text);
      const base64 = Buffer.from(bytes).toString('base64');
      expect(formatData(bytes, 'base64')).toEqual([base64]);
      expect(fromBase64(base64)).toEqual(bytes);
    }
    expect(fromBase64('Zm8')).toEqual(new TextEncoder().encode('fo'));
    for (const wrong of ['Z', 'Zm9v!', 'Zm8==', 'Zg=']) expect(fromBase64(wrong)).toBeNull();
  });

  it('as text: lines apart, what is no UTF-8 marked', () => {
    expect(formatData(new TextEncoder().encode('a\nb'), 'text')).toEqual(['a', 'b']);
    expect(formatData(new Uint8Array([0xff]), 'text')).toEqual(['\ufffd']);
    expect(formatData(null, 'text')).toEqual(['null']);
  });
});

describe('a configuration as a connect string', () => {
  // As ConfigUtils.getClientConfigStr of ZooKeeper 3.8.0 on Java 17 gives them.
  it.each([
    [1, [1]],
    [3, [2, 1, 3]],
    [5, [2, 1, 5, 4, 3]],
    [12, [10, 11, 2, 1, 12, 6, 5, 4, 3, 9, 8, 7]],
  ])('of %i servers has them in the order of the Properties of Java', (count, order) => {
    const lines = Array.from({ length: count }, (_, i) => `server.${i + 1}=h:1:2;${i + 1}`);
    expect(clientConnectString([...lines, 'version=100000000'])).toBe(
      `100000000 ${order.map((n) => `0.0.0.0:${n}`).join(',')}`,
    );
  });

  it.each([
    ['server.1=h:1:2;2181', '0.0.0.0:2181'],
    ['server.1=h:1:2:observer;host:2181', 'host:2181'],
    ['server.1=[::1]:1:2;[::1]:2181', '::1:2181'],
    ['server.1=h:1:2|g:3:4;2181', ''],
    ['server.1=h:1:2', ''],
    ['server.1=h:1', ''],
    ['# server.1=h:1:2;2181', ''],
    ['server.1=h:1:2;x', ''],
  ])('%s', (line, address) => {
    expect(clientConnectString([line])).toBe(` ${address}`);
  });
});

describe('completion', () => {
  const tree = new Map([
    ['/', ['zookeeper', 'app', 'apple']],
    ['/app', ['b', 'a']],
  ]);
  const complete = (line: string): unknown => completeLine(line, (path) => tree.get(path) ?? null);

  it.each([
    ['cre', { from: 0, options: ['create'] }],
    ['del', { from: 0, options: ['delete', 'deleteall', 'delquota'] }],
    ['', { from: 0, options: commandNames() }],
    ['nothing', { from: 0, options: [] }],
    ['ls /', { from: 3, options: ['/app', '/apple', '/zookeeper'] }],
    ['ls /app', { from: 3, options: ['/app', '/apple'] }],
    ['ls /app/', { from: 3, options: ['/app/a', '/app/b'] }],
    ['ls /none/x', { from: 3, options: [] }],
    ['get -s -w /z', { from: 10, options: ['/zookeeper'] }],
    ['ls -', { from: 3, options: ['-?', '-R', '-s', '-w'] }],
    ['set -v', { from: 4, options: ['-v'] }],
    ['quit -', { from: 5, options: [] }],
    ['addW', { from: 0, options: ['addWatch'] }],
    ['addWatch -m ', { from: 12, options: ['PERSISTENT', 'PERSISTENT_RECURSIVE'] }],
    ['addWatch -m PERSISTENT /a', { from: 23, options: ['/app', '/apple'] }],
    ['addauth ', { from: 8, options: ['digest', 'ip'] }],
    ['addauth digest ', { from: 15, options: [] }],
    ['setAcl -v 3 /app w', { from: 17, options: ['world:anyone:cdrwa', 'world:anyone:r'] }],
    ['setAcl /app', { from: 7, options: ['/app', '/apple'] }],
    ['create /x "two words" di', { from: 22, options: ['digest:'] }],
    ['create /x a', { from: 10, options: [] }],
    ['reconfig -m', { from: 9, options: ['-members'] }],
    ['setquota -', { from: 9, options: ['-B', '-N', '-b', '-n'] }],
    ['removewatches /app -', { from: 19, options: ['-a', '-c', '-d', '-l', '-p', '-r'] }],
    ['printwatches o', { from: 13, options: ['off', 'on'] }],
    ['set /app "two wor', { from: 9, options: [] }],
    ['set /app ', { from: 9, options: [] }],
  ])('%j', (line, expected) => {
    expect(complete(line)).toEqual(expected);
  });
});

describe('the word that was meant', () => {
  it.each([
    ['craete', 'create'],
    ['LS', 'ls'],
    ['gett', 'get'],
    ['delet', 'delete'],
    ['getacl', 'getAcl'],
    ['addwatch', 'addWatch'],
    ['setQuota', 'setquota'],
    ['whoam', 'whoami'],
    ['reconfg', 'reconfig'],
    ['xyzzy', null],
    ['q', null],
  ])('%s: %s', (word, meant) => {
    expect(nearest(word, commandNames())).toBe(meant);
  });
});
