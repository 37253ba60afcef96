/** What a lesson is meant to be done with: the names of its head, and what they allow. */
import { describe, expect, test } from 'vitest';
import { commandNames } from '../../../src/core/client/commands/index.ts';
import type { Micros, Millis, ProcessId, Sid } from '../../../src/core/units.ts';
import { LessonTextError, readLessonText } from '../../../src/lessons/engine/lesson-text.ts';
import {
  CHANGING_COMMANDS,
  isAllowed,
  limitsOf,
  missingTool,
  type Deed,
  type LessonTool,
} from '../../../src/lessons/engine/tools.ts';
import { HEALTHY_DISK, type Action } from '../../../src/sim/actions.ts';

const sid = 1 as Sid;
const process = 1001 as ProcessId;
const line = (text: string): Action => ({ kind: 'line', process, line: text });
const crash: Action = { kind: 'crash', sid, tail: 'chance', silent: true };
const kill: Action = { kind: 'killClient', process };
const healAll: Action = { kind: 'healAll' };
const ask: Action = { kind: 'submit', process, tag: 1, request: { op: 'sync', path: '/' } };
const session: Action = {
  kind: 'addClient',
  process,
  name: 'A',
  servers: [],
  sessionTimeout: 4000 as Millis,
  console: true,
};

describe('what is missing', () => {
  const rows: readonly (readonly [string, readonly LessonTool[], Deed, LessonTool | null])[] = [
    ['a write', ['crash'], line('create /a x'), 'console'],
    ['a write', ['crash', 'console'], line('create /a x'), null],
    ['a power failure', ['console'], crash, 'crash'],
    ['a restart', ['crash'], { kind: 'restart', sid }, null],
    ['what heals', ['console'], healAll, 'cut'],
    ['what heals', ['cut'], healAll, null],
    ['what wakes', ['pause'], { kind: 'resume', process }, null],
    ['a disk', ['crash'], { kind: 'disk', sid, faults: HEALTHY_DISK }, 'disk'],
    ['a clock', ['console'], { kind: 'skew', process, skew: 1 as Micros }, 'clock'],
    ['a client killed', ['console'], kill, 'kill'],
    ['a request without a console', ['console'], ask, 'script'],
    ['a request of a program', ['code'], ask, null],
    ['what a program left behind', ['code'], kill, null],
    ['a line', ['code'], line('set /a x'), 'console'],
    ['a program', ['console', 'script'], { kind: 'program' }, 'code'],
    ['a program', ['code'], { kind: 'program' }, null],
    ['the monkey', ['crash', 'cut', 'pause'], { kind: 'monkey' }, 'monkey'],
  ];
  test.each(rows)('%s, with %j', (_, tools, deed, missing) => {
    expect(missingTool(tools, deed)).toBe(missing);
    expect(isAllowed(tools, deed)).toBe(missing === null);
  });

  test.each(['ls /', ' get -w /a', 'stat /', 'connect 10.0.0.2:2181', 'sett /a', ''])(
    'nothing for a new session and the line “%s”: it only looks',
    (text) => {
      expect(isAllowed(['crash'], line(text))).toBe(true);
      expect(isAllowed(['crash'], session)).toBe(true);
    },
  );

  test.each(['operator', 'everything'] as const)('nothing where “%s” is named', (all) => {
    for (const deed of [crash, ask, kill, { kind: 'monkey' } as const]) {
      expect(isAllowed(['console', all], deed)).toBe(true);
      expect(isAllowed([], deed)).toBe(true);
    }
    expect(limitsOf(['console', all])).toEqual([]);
    expect(limitsOf(['console', 'cut'])).toEqual(['console', 'cut']);
  });
});

test('a console knows every command that changes something', () => {
  expect(commandNames()).toEqual(expect.arrayContaining([...CHANGING_COMMANDS]));
});

describe('the head of a lesson', () => {
  const text = (tools: string): string =>
    `---\ntitle: T\nminutes: 3\nsummary: S\n${tools}\n---\n## A step {#step}\nDo it.\n`;

  test('names tools of the list', () => {
    expect(readLessonText(text('tools: console, cut')).tools).toEqual(['console', 'cut']);
    expect(readLessonText(text('')).tools).toEqual([]);
  });

  test('with another name is refused', () => {
    const read = (): unknown => readLessonText(text('tools: console, restart'));
    expect(read).toThrow(LessonTextError);
    expect(read).toThrow(/^no such tool: restart; there are console, crash, /);
  });
});
