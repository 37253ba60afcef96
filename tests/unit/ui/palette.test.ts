/** What the palette finds, in which order; and where the card of the tour stands. */
import { describe, expect, test } from 'vitest';
import type { PaletteCommand } from '../../../src/ui/shell/commands.ts';
import { fuzzy, pieces } from '../../../src/ui/shell/fuzzy.ts';
import { grouped, ranked } from '../../../src/ui/shell/palette-order.ts';
import { placeCard } from '../../../src/ui/shell/tour-place.ts';

const command = (title: string, more: Partial<PaletteCommand> = {}): PaletteCommand => ({
  id: title,
  group: 'page',
  title,
  run: () => undefined,
  ...more,
});

const titles = (all: readonly PaletteCommand[], query: string): readonly string[] =>
  ranked(all, query).map((found) => found.command.title);

describe('fuzzy', () => {
  test.each([
    ['crash', 'Crash the leader'],
    ['CRASH', 'Crash the leader'],
    ['ctl', 'Crash the leader'],
    ['leader crash', 'Crash the leader'],
    ['崩溃', '让 leader 崩溃'],
    ['', 'anything'],
  ])('%j answers to %j', (query, text) => {
    expect(fuzzy(query, text)).not.toBeNull();
  });

  test.each([
    ['crashx', 'Crash the leader'],
    ['leader boil', 'Crash the leader'],
    ['zzz', 'Crash the leader'],
  ])('%j does not answer to %j', (query, text) => {
    expect(fuzzy(query, text)).toBeNull();
  });

  test('the marks are the letters that were meant', () => {
    const match = fuzzy('cl', 'Crash the leader');
    expect(match?.marks).toEqual([0, 10]);
    expect(pieces('Crash', [0, 1])).toEqual([
      { text: 'Cr', hit: true },
      { text: 'ash', hit: false },
    ]);
  });
});

describe('order', () => {
  const all = [
    command('Restart server 1'),
    command('Crash server 1', { group: 'faults' }),
    command('Crash server 2', { group: 'faults', also: 'kill' }),
    command('Scrub and wash'),
  ];

  test('whole words come before scattered letters', () => {
    expect(titles(all, 'crash')).toEqual(['Crash server 1', 'Crash server 2', 'Scrub and wash']);
    expect(titles(all, 'server 1')[0]).toMatch(/server 1$/);
  });

  test('words that are not shown are found, too', () => {
    expect(titles(all, 'kill')).toEqual(['Crash server 2']);
  });

  test('without a query groups have their own order, with a query that of the best', () => {
    expect(grouped(ranked(all, ''), true).map(({ group }) => group)).toEqual(['faults', 'page']);
    expect(grouped(ranked(all, 'restart'), false)[0]?.group).toBe('page');
  });
});

describe('the card of the tour', () => {
  const card = { width: 320, height: 160 };
  const room = { width: 1440, height: 900 };

  test.each([
    ['under what it speaks of', { x: 300, y: 50, width: 600, height: 300 }],
    ['above it', { x: 300, y: 600, width: 600, height: 280 }],
    ['beside it', { x: 20, y: 20, width: 300, height: 860 }],
    ['in the window, where that leaves no room', { x: 0, y: 0, width: 1440, height: 900 }],
  ])('stands %s', (_, light) => {
    const { x, y } = placeCard(light, card, room);
    expect(x).toBeGreaterThanOrEqual(0);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(x + card.width).toBeLessThanOrEqual(room.width);
    expect(y + card.height).toBeLessThanOrEqual(room.height);
    const covers =
      x < light.x + light.width &&
      light.x < x + card.width &&
      y < light.y + light.height &&
      light.y < y + card.height;
    expect(covers).toBe(light.width === room.width);
  });
});
