/** Which key does what. The page decides what that means at the moment. */
import type { StepKind } from '../../worker/api.ts';

export type Command =
  | { readonly kind: 'toggle' }
  | { readonly kind: 'step'; readonly step: StepKind }
  /** To the one before: the past is a place to go to. */
  | { readonly kind: 'back'; readonly step: StepKind }
  | { readonly kind: 'faster'; readonly by: 1 | -1 }
  /** The nth server, counted from 0. */
  | { readonly kind: 'server'; readonly index: number }
  | { readonly kind: 'neighbour'; readonly by: 1 | -1 }
  /** To the packet that is selected. */
  | { readonly kind: 'packet'; readonly deed: 'hold' | 'later' | 'discard' | 'overtake' }
  /** Opens the menu of rarer tools at this part. */
  | { readonly kind: 'menu'; readonly part: 'slow' | 'skew' }
  | {
      readonly kind:
        | 'clear'
        | 'crash'
        | 'power'
        | 'restart'
        | 'pause'
        | 'cut'
        | 'disk'
        | 'partition'
        | 'heal'
        | 'ensemble'
        | 'bugs'
        | 'scenarios'
        | 'share'
        | 'lessons'
        | 'reference'
        | 'monkey'
        | 'ringView'
        | 'console'
        | 'theme'
        | 'sheet'
        | 'palette'
        | 'undo'
        | 'redo';
    };

/** What a key event says, apart from the DOM. */
export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const letters: Readonly<Record<string, Command>> = {
  c: { kind: 'crash' },
  r: { kind: 'restart' },
  p: { kind: 'pause' },
  x: { kind: 'cut' },
  d: { kind: 'disk' },
  g: { kind: 'partition' },
  h: { kind: 'heal' },
  e: { kind: 'ensemble' },
  b: { kind: 'bugs' },
  s: { kind: 'scenarios' },
  i: { kind: 'reference' },
  m: { kind: 'monkey' },
  l: { kind: 'menu', part: 'slow' },
  k: { kind: 'menu', part: 'skew' },
  o: { kind: 'packet', deed: 'hold' },
  w: { kind: 'packet', deed: 'later' },
  j: { kind: 'packet', deed: 'overtake' },
  v: { kind: 'ringView' },
  t: { kind: 'theme' },
  n: { kind: 'step', step: 'interesting' },
};

const others: Readonly<Record<string, Command>> = {
  ' ': { kind: 'toggle' },
  // What a presenter's remote sends, where it does not darken the screen: see `presenting`.
  '.': { kind: 'toggle' },
  ArrowRight: { kind: 'step', step: 'event' },
  ArrowLeft: { kind: 'back', step: 'event' },
  // What a presenter's remote sends as well.
  PageDown: { kind: 'step', step: 'interesting' },
  PageUp: { kind: 'back', step: 'interesting' },
  ArrowDown: { kind: 'neighbour', by: 1 },
  ArrowUp: { kind: 'neighbour', by: -1 },
  '[': { kind: 'faster', by: -1 },
  ']': { kind: 'faster', by: 1 },
  '/': { kind: 'console' },
  '?': { kind: 'sheet' },
  Delete: { kind: 'packet', deed: 'discard' },
  Backspace: { kind: 'packet', deed: 'discard' },
  Escape: { kind: 'clear' },
};

const shifted: Readonly<Record<string, Command>> = {
  ArrowRight: { kind: 'step', step: 'packet' },
  ArrowLeft: { kind: 'back', step: 'packet' },
  PageDown: { kind: 'step', step: 'phase' },
  PageUp: { kind: 'back', step: 'phase' },
  n: { kind: 'step', step: 'phase' },
  c: { kind: 'power' },
  s: { kind: 'share' },
  l: { kind: 'lessons' },
};

/** With Ctrl, or with Cmd on a Mac. */
const chords: Readonly<Record<string, Command>> = {
  k: { kind: 'palette' },
  z: { kind: 'undo' },
  '⇧z': { kind: 'redo' },
  y: { kind: 'redo' },
};

/**
 * What a presenter's remote sends beside PageUp and PageDown: F5 and Escape to begin and end a
 * show, `.` or `b` for a black screen; and `z` for a spotlight. Null for any other key.
 */
export function presenting(press: KeyPress): 'fullscreen' | 'blackout' | 'spotlight' | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  if (press.key === 'F5') return 'fullscreen';
  if (press.key.toLowerCase() === 'z') return 'spotlight';
  return press.key === '.' || press.key.toLowerCase() === 'b' ? 'blackout' : null;
}

/** Null for a key that means nothing here, or belongs to the browser. */
export function commandOf(press: KeyPress): Command | null {
  const chord = press.ctrlKey !== press.metaKey && !press.altKey;
  if (chord) return chords[(press.shiftKey ? '⇧' : '') + press.key.toLowerCase()] ?? null;
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (press.shiftKey && shifted[key] !== undefined) return shifted[key];
  if (/^[1-9]$/.test(key)) return { kind: 'server', index: Number(key) - 1 };
  return (press.shiftKey ? undefined : letters[key]) ?? others[key] ?? null;
}

/** Keys that a focused control needs for itself. */
export function belongsToControl(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('input:not([type=range]), textarea, select, [contenteditable], dialog')) {
    return true;
  }
  if (target.closest('[role=menu], [role=separator], [role=tree], [role=grid]')) {
    return key.startsWith('Arrow') || key === ' ' || key === 'Enter';
  }
  if (target.closest('input[type=range], [role=tablist], [role=radiogroup]')) {
    return key.startsWith('Arrow');
  }
  return (key === ' ' || key === 'Enter') && target.closest('button, a, summary') !== null;
}
