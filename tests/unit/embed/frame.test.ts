/** What a frame makes of its address and of what it is asked, and the code that others paste. */
import { describe, expect, test } from 'vitest';
import { readChanges, readDeed, readGoal, readStep } from '../../../src/ui/embed/params.ts';
import { embedSettings, preferencesOf } from '../../../src/ui/embed/settings.ts';
import { snippetOf } from '../../../src/ui/embed/snippet.ts';

describe('the address', () => {
  const ordinary = {
    panes: ['ensemble', 'log'],
    theme: null,
    lang: null,
    speed: null,
    controls: true,
    origin: null,
  };

  test.each([
    ['', null],
    ['?panes=log', null],
    ['?embed', ordinary],
    ['?embed=1&panes=&theme=pink&lang=fr&speed=0&controls=all', ordinary],
    ['?embed&panes=tree,nothing,log,tree', { ...ordinary, panes: ['tree', 'log'] }],
    [
      '?embed&theme=dark&lang=zh&speed=0.5&controls=none&origin=https://a.example',
      {
        ...ordinary,
        theme: 'dark',
        lang: 'zh-CN',
        speed: 0.5,
        controls: false,
        origin: 'https://a.example',
      },
    ],
    ['?embed&speed=max', { ...ordinary, speed: Infinity }],
    ['?embed&speed=1e9', ordinary],
  ])('%s', (search, settings) => expect(embedSettings(search)).toEqual(settings));

  test('a frame is shown no tour, and chooses only what its page chose', () => {
    const settings = embedSettings('?embed&theme=dark');
    expect(settings === null ? null : preferencesOf(settings)).toEqual({
      tour: 'seen',
      theme: 'dark',
    });
  });
});

describe('parameters', () => {
  test('what is said in full is taken over', () => {
    expect(readStep(undefined)).toBe('interesting');
    expect(readStep({ kind: 'phase' })).toBe('phase');
    expect(readGoal({ goal: { kind: 'znode', path: '/a', exists: true } })).toEqual({
      kind: 'znode',
      path: '/a',
      exists: true,
    });
    expect(readDeed({ action: { kind: 'restart', sid: 3 } })).toEqual({ kind: 'restart', sid: 3 });
    expect(readChanges({ speed: null, lang: 'en-GB' })).toEqual({ speed: Infinity, lang: 'en' });
  });

  test.each<[(params: unknown) => unknown, unknown, string]>([
    [readStep, { kind: 'back' }, 'params.kind is none of event, packet, interesting, phase'],
    [readStep, 'phase', 'params is no object'],
    [readGoal, {}, 'params has no goal'],
    [readGoal, { goal: { kind: 'constructor' } }, 'params.goal has a kind that nobody knows'],
    [
      readGoal,
      { goal: { kind: 'znode', path: 'a', exists: true } },
      'params.goal.path does not begin with /',
    ],
    [readGoal, { goal: { kind: 'serves', at: 1 } }, 'params.goal has a field "at" too many'],
    [
      readDeed,
      { action: { kind: 'restart', sid: 0 } },
      'params.action.sid is not between 1 and 254',
    ],
    [readChanges, { speed: 1e9 }, 'params.speed is not between 0.001 and 1000, nor null'],
    [readChanges, { theme: 'pink' }, 'params.theme is none of light, dark'],
    [readChanges, { lang: 'fr' }, 'params.lang is neither en nor zh'],
  ])('%o refuses %j', (read, params, fact) => {
    expect(() => read(params)).toThrow(expect.objectContaining({ name: 'RunTextError', fact }));
  });
});

describe('the code to paste', () => {
  const base = 'https://host.example/play/';

  test('an element', () => {
    const code = snippetOf(base, {
      way: 'element',
      title: 'A "<title>"',
      wishes: { panes: 'log', theme: null, run: '#run=a-b' },
    });
    expect(code).toBe(
      '<script src="https://host.example/play/embed.js" async></script>\n' +
        '<zookeeper-playground panes="log" run="#run=a-b" title="A &quot;&lt;title>&quot;"' +
        ' style="height: 480px"></zookeeper-playground>\n',
    );
  });

  test('a frame', () => {
    const wishes = { panes: 'log', theme: 'dark', run: '#run=a-b' };
    expect(snippetOf(base, { way: 'frame', title: 'T', wishes })).toContain(
      '<iframe src="https://host.example/play/?embed&amp;panes=log&amp;theme=dark#run=a-b"',
    );
  });
});
