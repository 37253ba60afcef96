/** Marks in the editor: the line that is due, those that are done, and what is wrong. */
import { autocompletion, type CompletionSource } from '@codemirror/autocomplete';
import { lintGutter, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import {
  RangeSet,
  StateEffect,
  StateField,
  type EditorState,
  type Extension,
  type Range,
  type Text,
} from '@codemirror/state';
import { Decoration, EditorView, gutter, GutterMarker, type DecorationSet } from '@codemirror/view';
import { optionsAt, type Cast, type OptionKind } from './completing.ts';

/** Lines from 1. */
export interface LineMarks {
  /** Takes place next, or is waited for. */
  readonly now: number | null;
  readonly done: ReadonlySet<number>;
}

export const NO_MARKS: LineMarks = { now: null, done: new Set() };

const setMarks = StateEffect.define<LineMarks>();

class Sign extends GutterMarker {
  readonly sign: string;
  constructor(sign: string) {
    super();
    this.sign = sign;
  }
  override toDOM(): Node {
    return document.createTextNode(this.sign);
  }
}

const NOW = new Sign('▶');
const DONE = new Sign('✓');
const nowLine = Decoration.line({ class: 'cm-due' });

interface Marked {
  readonly lines: DecorationSet;
  readonly signs: RangeSet<GutterMarker>;
}

const nothing: Marked = { lines: Decoration.none, signs: RangeSet.of<GutterMarker>([]) };

const field = StateField.define<Marked>({
  create: () => nothing,
  update(marked, { effects, changes, state }) {
    const set = effects.find((effect) => effect.is(setMarks));
    if (set !== undefined) return drawn(state.doc, set.value);
    return { lines: marked.lines.map(changes), signs: marked.signs.map(changes) };
  },
  provide: (from) => EditorView.decorations.from(from, ({ lines }) => lines),
});

function drawn(doc: Text, { now, done }: LineMarks): Marked {
  const signs: Range<GutterMarker>[] = [];
  for (const line of [...done].sort((a, b) => a - b)) {
    if (line <= doc.lines && line !== now) signs.push(DONE.range(doc.line(line).from));
  }
  if (now === null || now > doc.lines) return { lines: Decoration.none, signs: RangeSet.of(signs) };
  const { from } = doc.line(now);
  return {
    lines: Decoration.set([nowLine.range(from)]),
    signs: RangeSet.of([...signs, NOW.range(from)], true),
  };
}

export const lineMarks: Extension = [
  field,
  gutter({
    class: 'cm-progress',
    markers: (view) => view.state.field(field).signs,
    initialSpacer: () => NOW,
  }),
  EditorView.theme({
    '.cm-progress .cm-gutterElement': { padding: '0 2px', color: 'var(--accent)' },
    '.cm-due, &.cm-focused .cm-due.cm-activeLine': {
      backgroundColor: 'var(--accent-wash)',
      boxShadow: 'inset 3px 0 0 var(--accent)',
    },
  }),
];

export function markLines(view: EditorView, marks: LineMarks): void {
  const effects: StateEffect<unknown>[] = [setMarks.of(marks)];
  const { doc } = view.state;
  // Whoever writes is not to be torn away.
  if (marks.now !== null && marks.now <= doc.lines && !view.hasFocus) {
    effects.push(EditorView.scrollIntoView(doc.line(marks.now).from, { yMargin: 40 }));
  }
  view.dispatch({ effects });
}

/** A place that is wrong: line and columns from 1, `to` behind its end. */
export interface Wrong {
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

export function markWrong(view: EditorView, all: readonly Wrong[]): void {
  view.dispatch(
    setDiagnostics(
      view.state,
      all.map((one) => diagnosticOf(view.state, one)),
    ),
  );
}

function diagnosticOf({ doc }: EditorState, { line, from, to, message }: Wrong): Diagnostic {
  const at = doc.line(Math.min(line, doc.lines));
  const start = Math.min(at.from + from - 1, at.to);
  const end = Math.max(start, Math.min(at.from + to - 1, at.to));
  // At the end of a line there is nothing to underline but what comes before.
  const shown = start === end && start > at.from ? start - 1 : start;
  return { from: shown, to: end, severity: 'error', message };
}

export const wrongMarks: Extension = [
  lintGutter(),
  EditorView.theme({ '.cm-gutter-lint': { width: '1.1em' } }),
];

/** @param cast asked whenever somebody completes. */
export function completion(cast: () => Cast, say: (kind: OptionKind) => string): Extension {
  const source: CompletionSource = ({ state, pos, explicit }) => {
    const line = state.doc.lineAt(pos);
    const found = optionsAt(line.text.slice(0, pos - line.from), cast());
    if (found === null) return null;
    // Nobody is to be bothered where nothing was typed.
    if (!explicit && line.from + found.from === pos) return null;
    return {
      from: line.from + found.from,
      options: found.options.map(({ label, kind }) => ({ label, detail: say(kind) })),
      validFor: /^[\w#/.-]*$/,
    };
  };
  return autocompletion({ override: [source], icons: false });
}

export function goToLine(view: EditorView, line: number, column = 1): void {
  const at = view.state.doc.line(Math.max(1, Math.min(line, view.state.doc.lines)));
  const anchor = Math.min(at.from + column - 1, at.to);
  view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor) });
  view.focus();
}
