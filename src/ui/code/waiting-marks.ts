/** In the editor: the lines at which programs wait at this moment. */
import { RangeSet, StateEffect, StateField, type Extension } from '@codemirror/state';
import { EditorView, gutter, GutterMarker } from '@codemirror/view';

const setWaiting = StateEffect.define<ReadonlySet<number>>();

class Sign extends GutterMarker {
  override toDOM(): Node {
    return document.createTextNode('▶');
  }
}

const HERE = new Sign();
const NOBODY: RangeSet<GutterMarker> = RangeSet.of<GutterMarker>([]);

const field = StateField.define<RangeSet<GutterMarker>>({
  create: () => NOBODY,
  update(marked, { effects, changes, state }) {
    const set = effects.find((effect) => effect.is(setWaiting));
    if (set === undefined) return marked.map(changes);
    const lines = [...set.value].filter((line) => line <= state.doc.lines).sort((a, b) => a - b);
    return RangeSet.of(lines.map((line) => HERE.range(state.doc.line(line).from)));
  },
});

export const waitingMarks: Extension = [
  field,
  gutter({
    class: 'cm-waiting',
    markers: (view) => view.state.field(field),
    initialSpacer: () => HERE,
  }),
  EditorView.theme({
    '.cm-waiting .cm-gutterElement': { padding: '0 2px', color: 'var(--accent)' },
  }),
];

export function markWaiting(view: EditorView, lines: ReadonlySet<number>): void {
  view.dispatch({ effects: setWaiting.of(lines) });
}
