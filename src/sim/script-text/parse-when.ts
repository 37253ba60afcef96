/** Conditions: what a line waits for. */
import type { ServerState } from '../../core/quorum/vote.ts';
import type { Cue } from '../explore/script.ts';
import type { When } from './model.ts';
import type { Names } from './names.ts';
import { client, fields, list, process, server, text } from './parse-refs.ts';
import { expectWord, fail, next, peek, took, whole, wordOf, type Scanner } from './scan.ts';

const STATES: readonly ServerState[] = ['LOOKING', 'FOLLOWING', 'LEADING', 'OBSERVING'];

/** The first words of conditions, for completion and for near misses. */
export const CONDITION_WORDS = [
  'leader',
  'no',
  'znode',
  'session',
  'any',
  'property',
  'packet',
  'timer',
  'answer',
] as const;

const NOTES = [
  'state',
  'recovered',
  'established',
  'epoch',
  'logged',
  'synced',
  'proposed',
  'committed',
  'applied',
  'synchronized',
  'sessionExpired',
  'config',
  'mark',
] as const;

export function condition(scanner: Scanner, names: Names): When {
  const start = scanner.at;
  const token = next(scanner);
  switch (token.kind === 'word' ? token.text : '') {
    case 'no':
      expectWord(scanner, 'leader');
      return { kind: 'goal', goal: { kind: 'leaderless' } };
    case 'znode': {
      const path = text(scanner, 'path');
      const exists = wordOf(scanner, 'exists', 'gone') === 'exists';
      return { kind: 'goal', goal: { kind: 'znode', path, exists } };
    }
    case 'any':
      expectWord(scanner, 'session');
      expectWord(scanner, 'expires');
      return { kind: 'goal', goal: { kind: 'expires', process: null } };
    case 'session': {
      const owner = client(scanner, names);
      expectWord(scanner, 'expires');
      return { kind: 'goal', goal: { kind: 'expires', process: owner } };
    }
    case 'property':
      expectWord(scanner, 'breaks');
      return { kind: 'goal', goal: { kind: 'violated' } };
    case 'packet': {
      const type = text(scanner, 'packet');
      expectWord(scanner, 'arrives');
      return { kind: 'goal', goal: { kind: 'packet', type } };
    }
    case 'timer': {
      const name = text(scanner, 'text');
      expectWord(scanner, 'of');
      const of = process(scanner, names);
      expectWord(scanner, 'fires');
      return { kind: 'cue', cue: { cue: 'timer', of, name } };
    }
    case 'answer':
      return {
        kind: 'cue',
        cue: { cue: 'result', tag: whole(scanner, 0, Number.MAX_SAFE_INTEGER) },
      };
    default:
      if (token.kind !== 'word' || /^[a-z]{3,}$/.test(token.text)) {
        if (!['leader', 'follower', 'observer', 'last', 'server', 'client'].includes(token.text)) {
          return fail(token, 'condition', CONDITION_WORDS);
        }
      }
      scanner.at = start;
      return ofProcess(scanner, names);
  }
}

/** What a process does, or is: `3 sends ACK`, `A is connected`, `1, 2, 3 serve`. */
function ofProcess(scanner: Scanner, names: Names): When {
  const first = process(scanner, names);
  if (peek(scanner).text === ',') {
    next(scanner);
    const servers = [first, ...list(scanner, server)];
    expectWord(scanner, 'serve');
    return { kind: 'cue', cue: { cue: 'serving', servers } };
  }
  const verb = wordOf(scanner, 'serves', 'is', 'sends', 'receives', 'notes', 'serve');
  switch (verb) {
    case 'serves':
      // Of a leader it is enough to say so; a server that is named is to be in BROADCAST.
      return (first as number) === -1
        ? { kind: 'goal', goal: { kind: 'serves' } }
        : { kind: 'cue', cue: { cue: 'serving', servers: [first] } };
    case 'serve':
      return { kind: 'cue', cue: { cue: 'serving', servers: [first] } };
    case 'is':
      return is(scanner, first);
    case 'sends':
    case 'receives': {
      const type = text(scanner, 'packet');
      const cue = verb === 'sends' ? 'sent' : 'received';
      return { kind: 'cue', cue: { cue, by: first, type, ...where(scanner) } };
    }
    case 'notes': {
      const note = wordOf(scanner, ...NOTES);
      return { kind: 'cue', cue: { cue: 'note', of: first, note, ...where(scanner) } };
    }
  }
}

function is(scanner: Scanner, process: number): When {
  if (took(scanner, 'connected')) return { kind: 'connected', process: process as never };
  const token = next(scanner);
  const state = STATES.find((one) => one === token.text.toUpperCase());
  if (state === undefined) return fail(token, { oneOf: ['connected', ...STATES] }, STATES);
  return { kind: 'goal', goal: { kind: 'role', sid: process as never, state } };
}

type Where = Pick<Extract<Cue, { readonly cue: 'sent' | 'received' }>, 'where'>;

function where(scanner: Scanner): Where {
  const found = fields(scanner);
  return found === undefined ? {} : { where: found };
}
