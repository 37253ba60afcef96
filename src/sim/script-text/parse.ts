/**
 * Reads an action script. A line with a mistake is told and left out, so that the others can still
 * be understood; nothing is run that has one.
 *
 *     # what crashes, and when
 *     when leader serves: crash leader silent tail=torn
 *     after 2s restart last
 *     new client A timeout=10s
 *     when A is connected: A: create /a x
 *     wait until znode /a exists
 */
import type { Micros, ProcessId } from '../../core/units.ts';
import { action, ACTION_WORDS, type Said } from './parse-action.ts';
import { condition } from './parse-when.ts';
import {
  NO_NAMES,
  type ClientNames,
  type ParsedScript,
  type ScriptError,
  type ScriptStep,
  type When,
} from './model.ts';
import { namesFrom, type Names } from './names.ts';
import { expectEnd, expectWord, fail, Mistake, next, peek, took, type Scanner } from './scan.ts';
import { readTime, sayMoment, time } from './times.ts';

/** Characters of a text, and lines: more is no script that a person reads. */
const TEXT_MAX = 2_000_000;
const LINES_MAX = 20_000;

/** @param clients that are there before the first line. */
export function parseScript(text: string, clients: ClientNames = NO_NAMES): ParsedScript {
  const lines = text.split(/\r\n|\n|\r/);
  if (text.length > TEXT_MAX || lines.length > LINES_MAX) {
    const max = text.length > TEXT_MAX ? TEXT_MAX : LINES_MAX;
    return { steps: [], errors: [{ line: 1, from: 1, to: 2, problem: { kind: 'tooLong', max } }] };
  }
  const names = namesFrom(clients);
  const steps: ScriptStep[] = [];
  const errors: ScriptError[] = [];
  let before = 0 as Micros;
  lines.forEach((said, index) => {
    const line = index + 1;
    try {
      const read = readLine({ text: said, at: 0 }, names, line, before);
      steps.push(...read);
      for (const { when } of read) if (when?.kind === 'at') before = when.at;
    } catch (reason) {
      if (!(reason instanceof Mistake)) throw reason;
      const { from, to, problem } = reason;
      errors.push({ line, from: from + 1, to: to + 1, problem });
    }
  });
  return { steps, errors };
}

type Line = readonly ScriptStep[];

function readLine(scanner: Scanner, names: Names, line: number, before: Micros): Line {
  const first = peek(scanner);
  if (first.kind === 'end') return [];
  const when = prefix(scanner, names, before);
  if (peek(scanner).kind === 'end') {
    if (when === null) fail(peek(scanner), 'action', ACTION_WORDS);
    return [{ line, when, deed: null, attempt: false }];
  }
  if (first.text === 'wait') expectEnd(scanner);
  const attempt = took(scanner, 'try');
  const said = action(scanner, names);
  expectEnd(scanner);
  return stepsOf(said, line, when, attempt);
}

function stepsOf(said: Said, line: number, when: When | null, attempt: boolean): Line {
  if (said.kind === 'deed') return [{ line, when, deed: said.deed, attempt }];
  const { process } = said;
  const gone: When = { kind: 'goal', goal: { kind: 'expires', process } };
  // Frozen until nobody knows its session any more, it learns of that as a program would.
  return [
    { line, when, deed: toProcess('pause', process), attempt },
    { line, when: gone, deed: toProcess('resume', process), attempt },
  ];
}

function toProcess(kind: 'pause' | 'resume', process: ProcessId): ScriptStep['deed'] {
  return { kind: 'act', action: { kind, process } };
}

/** What stands before the action. Null: it takes place at once. */
function prefix(scanner: Scanner, names: Names, before: Micros): When | null {
  const { text, kind } = peek(scanner);
  if (kind !== 'word') return null;
  switch (text) {
    case 'at':
    case 'after': {
      next(scanner);
      const when = text === 'at' ? moment(scanner, before) : pause(scanner);
      took(scanner, ':');
      return when;
    }
    case 'when': {
      next(scanner);
      const when = condition(scanner, names);
      if (peek(scanner).kind !== 'end' && !took(scanner, ':')) fail(peek(scanner), { word: ':' });
      return when;
    }
    case 'wait':
      next(scanner);
      if (!took(scanner, 'until')) {
        return isTime(scanner) ? pause(scanner) : unfinished(scanner);
      }
      return isTime(scanner) ? moment(scanner, before) : condition(scanner, names);
    default:
      return null;
  }
}

function unfinished(scanner: Scanner): never {
  expectWord(scanner, 'until');
  return fail(peek(scanner), 'condition');
}

const isTime = (scanner: Scanner): boolean => readTime(peek(scanner).text) !== null;

const pause = (scanner: Scanner): When => ({ kind: 'after', micros: time(scanner) });

function moment(scanner: Scanner, before: Micros): When {
  const token = peek(scanner);
  const at = time(scanner);
  if (at >= before) return { kind: 'at', at };
  const { from, to, text } = token;
  throw new Mistake(from, to, { kind: 'back', found: text, before: sayMoment(before) });
}
