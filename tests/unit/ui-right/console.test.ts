import { describe, expect, test } from 'vitest';
import { chipsFor } from '../../../src/ui/console/chips.ts';
import { completed, withOption } from '../../../src/ui/console/completing.ts';
import { historyOf, leadsAt, splitPrompt } from '../../../src/ui/console/transcript.ts';
import { waitingFor } from '../../../src/ui/console/waiting.ts';
import { piecesOf } from '../../../src/ui/parts/pointing.ts';
import { sameEnds, steady } from '../../../src/ui/parts/steady.ts';
import type { ClientView, Frame, TranscriptLine } from '../../../src/sim/frame.ts';
import { cannedFrame, client, micros, NOW } from '../../component/canned-frames.ts';

const prompt = (n: number, command: string): TranscriptLine => ({
  at: micros(n),
  kind: 'prompt',
  text: `[zk: server1:2181,server2:2181(CONNECTED) ${String(n)}] ${command}`,
});

test('a prompt is parted from its command', () => {
  expect(splitPrompt('[zk: server4:2181(CONNECTED) 3] set /a [b] c')).toEqual({
    prompt: '[zk: server4:2181(CONNECTED) 3] ',
    command: 'set /a [b] c',
  });
  expect(splitPrompt('ls /')).toEqual({ prompt: '', command: 'ls /' });
});

test('the history is what was typed, without blanks and repetitions', () => {
  const lines = [prompt(0, 'ls /'), prompt(1, 'ls /'), prompt(2, ' '), prompt(3, 'get /a')];
  const noise: TranscriptLine = { at: micros(9), kind: 'output', text: '[zk: no] ls' };
  expect(historyOf([...lines, noise])).toEqual(['ls /', 'get /a']);
});

test('of lines of one kind in a row, only the first with text is marked', () => {
  const lines = ['', 'WATCHER::', '', 'WatchedEvent'].map((text): TranscriptLine => ({
    at: micros(1),
    kind: 'watch',
    text,
  }));
  const all = [...lines, { at: micros(2), kind: 'output' as const, text: 'x' }, ...lines];
  expect(all.flatMap((_, index) => (leadsAt(all, index) ? [index] : []))).toEqual([1, 4, 6]);
});

describe('what can be pointed at', () => {
  test.each([
    ['path:/app/config', ['path:', '/app/config']],
    ['[app, zookeeper]', ['[app, zookeeper]']],
    ['Created /a/b-1, at 0x300000005.', ['Created ', '/a/b-1', ', at ', '0x300000005', '.']],
    ['session 0x400000000000001', ['session ', '0x400000000000001']],
    ['server 3 and servers 4, 5', ['server 3', ' and ', 'servers ', '4', ', ', '5']],
    ['ls /', ['ls /']],
    ['9 + 1/2', ['9 + 1/2']],
    ['zxid=0x100000001', ['zxid=', '0x100000001']],
  ])('%s', (text, want) => {
    const pieces = piecesOf(text);
    expect(pieces.map((piece) => piece.text)).toEqual(want);
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    for (const { kind, text: found } of pieces) {
      if (kind === 'path') expect(found.startsWith('/')).toBe(true);
      if (kind === 'zxid') expect(found).toMatch(/^0x.{9,12}$/);
      if (kind === 'session') expect(found).toMatch(/^0x.{15,16}$/);
      if (kind === 'server') expect(found).toMatch(/\d$/);
    }
  });
});

describe('Tab', () => {
  test('one option is taken, a word with a space behind it', () => {
    expect(completed('cre', { from: 0, options: ['create'] })).toEqual({
      line: 'create ',
      options: [],
      from: 0,
    });
    expect(completed('ls /ap', { from: 3, options: ['/app'] }).line).toBe('ls /app');
  });

  test('several give what they have in common, and a choice', () => {
    const options = ['/app/lock-1', '/app/lock-2'];
    expect(completed('get /a', { from: 4, options })).toEqual({
      line: 'get /app/lock-',
      options,
      from: 4,
    });
  });

  test('several without more in common leave the line alone', () => {
    expect(completed('', { from: 0, options: ['ls', 'get'] }).line).toBe('');
    expect(completed('de', { from: 0, options: ['delete', 'deleteall'] }).line).toBe('delete');
  });

  test('no option changes nothing', () => {
    expect(completed('xyz', { from: 0, options: [] })).toEqual({
      line: 'xyz',
      options: [],
      from: 0,
    });
  });

  test('a chosen option replaces the word', () => {
    expect(withOption('get -w /a', 7, '/app')).toBe('get -w /app');
  });
});

describe('why a console waits', () => {
  const base = cannedFrame();
  const now = micros(NOW + 5_000_000);
  const running: Frame = { ...base, now, running: true };
  const busy = client(1, 4, { busy: true });
  const asked = [{ ...prompt(1, 'set /a b'), at: NOW }];
  const without = (frame: Frame): Frame => ({
    ...frame,
    members: frame.members.filter((member) => member.server?.state !== 'LEADING'),
  });
  const rows: readonly (readonly [string, Frame, ClientView, boolean, string | null])[] = [
    ['nothing asked', running, client(1, 4), false, null],
    ['a leader with proposals', running, busy, false, 'acks'],
    ['no leader', without(running), busy, false, 'noQuorum'],
    ['asked a moment ago', { ...running, now: NOW }, busy, false, null],
    ['the world is paused', { ...running, running: false }, busy, false, 'timeStands'],
    [
      'paused, and not echoed yet',
      { ...running, running: false },
      client(1, 4),
      true,
      'timeStands',
    ],
    ['no server', running, client(1, null), false, 'connecting'],
    ['the session is over', running, client(1, null, { state: 'CLOSED' }), false, null],
    ['the client is dead', running, { ...busy, status: 'down' }, false, null],
  ];
  test.each(rows)('%s', (_name, frame, who, unsent, want) => {
    expect(waitingFor(frame, who, asked, unsent)).toBe(want);
  });
});

test('chips speak of the selected znode', () => {
  expect(chipsFor('/app/config').map((chip) => chip.text)).toEqual([
    'ls /app/config',
    'create /app/config/',
    'create -e /app/config/',
    'get -w /app/config',
    'set /app/config ',
    'delete /app/config',
  ]);
  expect(chipsFor(null)[1]?.text).toBe('create /');
});

test('what says the same stays the same object', () => {
  const keep = steady<readonly number[]>(sameEnds((a, b) => a === b));
  const first = keep([1, 2, 3]);
  expect(keep([1, 2, 3])).toBe(first);
  expect(keep([2, 3, 4])).toEqual([2, 3, 4]);
  expect(keep([])).toEqual([]);
});
