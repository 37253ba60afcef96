import { describe, expect, test } from 'vitest';
import { commandOf, presenting, type KeyPress } from '../../../src/ui/shell/shortcuts.ts';
import { speedAt, speedLabel, SPEEDS, stopOf } from '../../../src/ui/shell/speed.ts';

describe('speed', () => {
  test('every stop finds itself again, and the ends hold', () => {
    expect(SPEEDS.map((speed) => stopOf(speed))).toEqual(SPEEDS.map((_, stop) => stop));
    expect(speedAt(-3)).toBe(1 / 1000);
    expect(speedAt(99)).toBe(Infinity);
  });

  test.each([
    [1 / 1000, '1/1000×'],
    [0.05, '1/20×'],
    [1, '1×'],
    [1000, '1000×'],
    [Infinity, 'max'],
  ])('%d is written %s', (speed, label) => {
    expect(speedLabel(speed, 'max')).toBe(label);
  });

  test('a speed between two stops goes to the nearer one on a logarithmic scale', () => {
    expect(speedAt(stopOf(0.06))).toBe(1 / 20);
    expect(speedAt(stopOf(300))).toBe(100);
    expect(speedAt(stopOf(330))).toBe(1000);
  });
});

describe('shortcuts', () => {
  const none = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
  const press = (key: string, held: Partial<KeyPress> = {}) => commandOf({ ...none, key, ...held });

  test.each([
    ['→ is one event, with shift one packet', press('ArrowRight'), 'event'],
    ['shift →', press('ArrowRight', { shiftKey: true }), 'packet'],
    ['N', press('n'), 'interesting'],
    ['shift N', press('N', { shiftKey: true }), 'phase'],
  ])('%s', (_name, command, step) => {
    expect(command).toEqual({ kind: 'step', step });
  });

  test('letters mean faults, in either case, and shift C is a power failure', () => {
    expect(press('c')).toEqual({ kind: 'crash' });
    expect(press('C')).toEqual({ kind: 'crash' });
    expect(press('C', { shiftKey: true })).toEqual({ kind: 'power' });
  });

  test('digits count servers from one', () => {
    expect(press('1')).toEqual({ kind: 'server', index: 0 });
    expect(press('0')).toBeNull();
  });

  test('what the browser or the system owns is left alone', () => {
    expect(press('c', { ctrlKey: true })).toBeNull();
    expect(press('r', { metaKey: true })).toBeNull();
    expect(press('R', { shiftKey: true })).toBeNull();
    expect(press('F5')).toBeNull();
  });

  test('a presenter’s remote goes from one notable moment to the next, and back', () => {
    expect(press('PageDown')).toEqual({ kind: 'step', step: 'interesting' });
    expect(press('PageUp')).toEqual({ kind: 'back', step: 'interesting' });
  });

  test('its other keys mean something while presenting only', () => {
    const remote = (key: string) => presenting({ ...none, key });
    expect(['F5', '.', 'b', 'B', 'x', 'Escape'].map(remote)).toEqual([
      'fullscreen',
      'blackout',
      'blackout',
      'blackout',
      null,
      null,
    ]);
    expect(presenting({ ...none, key: 'b', ctrlKey: true })).toBeNull();
    expect(press('b')).toEqual({ kind: 'bugs' });
  });

  test('Ctrl or Cmd with K opens the palette, with Z undoes; other chords are the browser’s', () => {
    for (const held of [{ ctrlKey: true }, { metaKey: true }]) {
      expect(press('k', held)).toEqual({ kind: 'palette' });
      expect(press('z', held)).toEqual({ kind: 'undo' });
      expect(press('Z', { ...held, shiftKey: true })).toEqual({ kind: 'redo' });
      expect(press('c', held)).toBeNull();
      expect(press('r', held)).toBeNull();
    }
  });
});
