/** What is wrong with a script, in sentences: what, why, and what to do. */
import { unreachable } from '../../core/assert.ts';
import type { ScriptDictionary } from '../../i18n/script.en.ts';
import type { Problem, Wanted } from '../../sim/script-text/model.ts';
import type { ScriptFailure } from '../../sim/script-text/run.ts';
import { formatMoment } from '../parts/format.ts';

export function problemWords(t: ScriptDictionary, problem: Problem): string {
  const p = t.problems;
  switch (problem.kind) {
    case 'expected': {
      const { found, near } = problem;
      const what = wantedWords(t, problem.what);
      const said = found === '' ? p.tooEarly(what) : p.expected(found, what);
      return said + (near === null ? '' : p.meant(near));
    }
    case 'leftOver':
      return p.leftOver(problem.found);
    case 'unknownClient':
      return p.unknownClient(problem.name, problem.known);
    case 'outOfRange':
      return p.outOfRange(problem.found, problem.min, problem.max);
    case 'back':
      return p.back(problem.found, problem.before);
    case 'string':
      return p.string;
    case 'json':
      return problem.why === '' ? p.noJson : p.json(problem.why);
    case 'tooLong':
      return p.tooLong(problem.max);
    default:
      return unreachable(problem);
  }
}

function wantedWords(t: ScriptDictionary, what: Wanted): string {
  if (typeof what === 'string') return t.wanted[what];
  return 'word' in what ? t.wantedWord(what.word) : t.wantedOneOf(what.oneOf);
}

export function failureWords(t: ScriptDictionary, why: ScriptFailure): string {
  const f = t.failures;
  switch (why.kind) {
    case 'refused':
      return f.refused(why.reason);
    case 'never':
      return f.never(why.micros / 60_000_000);
    case 'past':
      return f.past(formatMoment(why.now));
    case 'nobody':
      return why.who === 'last' ? f.noLast : f.nobody(why.who);
    case 'noPacket':
      return f.noPacket;
    case 'stopped':
      return f.stopped;
    default:
      return unreachable(why);
  }
}
