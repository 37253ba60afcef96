/** The action script in the editor: what its words are, for the eye. */
import { StreamLanguage, type StreamParser, type StringStream } from '@codemirror/language';
import { ACTION_WORDS } from '../../sim/script-text/parse-action.ts';
import { CONDITION_WORDS } from '../../sim/script-text/parse-when.ts';

interface State {
  /** What is typed at a console is none of our words. */
  typed: boolean;
}

const KEYWORDS: ReadonlySet<string> = new Set([
  ...ACTION_WORDS,
  ...['at', 'after', 'when', 'wait', 'until', 'try', 'by', 'where'],
]);

const PLAIN: ReadonlySet<string> = new Set([
  ...CONDITION_WORDS,
  ...['follower', 'observer', 'last', 'serves', 'serve', 'is', 'sends', 'receives', 'notes'],
  ...['exists', 'gone', 'expires', 'breaks', 'arrives', 'connected', 'fires', 'of'],
]);

function token(stream: StringStream, state: State): string | null {
  if (stream.sol()) state.typed = false;
  if (stream.eatSpace()) return null;
  if (state.typed) {
    stream.skipToEnd();
    return 'string';
  }
  if (stream.match(/^#(?!\d)/)) {
    stream.skipToEnd();
    return 'comment';
  }
  if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) return 'string';
  if (stream.match(/^(?:client\s+)?(?:[A-Z]\w*|#\d+)(?=\s*:)/)) {
    stream.match(/^\s*:/);
    state.typed = true;
    return 'variableName.definition';
  }
  if (stream.match(/^[+\-−]?\d[\w.]*/)) return 'number';
  if (stream.match(/^[A-Za-z][\w-]*/)) {
    const word = stream.current();
    if (KEYWORDS.has(word)) return 'keyword';
    return PLAIN.has(word) ? 'operatorKeyword' : 'variableName';
  }
  stream.next();
  return null;
}

const parser: StreamParser<State> = {
  name: 'action script',
  startState: () => ({ typed: false }),
  token,
  languageData: { commentTokens: { line: '#' } },
};

export const scriptLanguage = StreamLanguage.define(parser);
