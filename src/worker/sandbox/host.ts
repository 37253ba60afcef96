/**
 * The page's end of a program. Its worker is a module made of its text, which imports what the
 * program stands on: a worker from a `blob:` address lives under the policy of the page that made
 * it, so it asks no other host for anything, and makes no code of text. What it could ask its own
 * host with is gone before its first line; see globals.ts.
 */
import type { ProgramEnd } from '../../sim/program/model.ts';
import groundAddress from './program.worker.ts?worker&url';
import { PROGRAM_NAMES } from './program-api.ts';
import {
  LINES_BEFORE,
  type ProgramResult,
  type ProgramSettings,
  type Report,
  type StartMessage,
  type WorkerMessage,
} from './report.ts';

/** How a program ended, and what it said itself. */
export type Outcome = { readonly kind: Exclude<ProgramEnd, 'over'> } | ProgramResult;

export interface ProgramStart {
  readonly text: string;
  readonly settings: ProgramSettings;
  readonly onReport: (report: Report) => void;
  /** Seats it in the run. Resolves when it is asked no more. */
  readonly join: (port: MessagePort) => Promise<ProgramEnd>;
  /** Ends one that has no seat yet. */
  readonly signal: AbortSignal;
}

/** What the program says of its end comes on another way than that it has come to it. */
const LAST_WORDS = 1_000;

function moduleOf(text: string): string {
  const ground = new URL(groundAddress, document.baseURI).href;
  const head = `import ${JSON.stringify(ground)};startProgram(async (${PROGRAM_NAMES.join(', ')}) => {`;
  return `${head}\n${text}\n});`;
}

/** Runs a program until it ends. */
export async function hostProgram({
  text,
  settings,
  onReport,
  join,
  signal,
}: ProgramStart): Promise<Outcome> {
  const imported = lineOfImport(text);
  if (imported !== null) return failed(NO_IMPORTS, imported);
  const address = URL.createObjectURL(new Blob([moduleOf(text)], { type: 'text/javascript' }));
  const worker = new Worker(address, { type: 'module', name: 'program' });
  try {
    const { ready, result, broken } = listenTo(worker, onReport);
    const early = await Promise.race([ready, broken, aborted(signal)]);
    if (early !== null) return early.kind === 'failed' ? await mistakeOf(text, early) : early;
    if (signal.aborted) return { kind: 'stopped' };
    const { port1, port2 } = new MessageChannel();
    const start: StartMessage = { kind: 'start', port: port2, settings };
    worker.postMessage(start, [port2]);
    const end = await Promise.race([join(port1), broken]);
    if (typeof end !== 'string') return end;
    if (end !== 'over') return { kind: end };
    const said = new Promise<ProgramResult>((resolve) => {
      setTimeout(() => resolve({ kind: 'done' }), LAST_WORDS);
    });
    return await Promise.race([result, said]);
  } finally {
    worker.terminate();
    URL.revokeObjectURL(address);
  }
}

/** `import(…)`, `import.meta`, also behind `...`; one without is a mistake inside a function. */
const IMPORTS = /(?:^|[^\w$.]|\.\.\.)import\s*(?:\(|\.|\/)/;

const NOT_LOADED = 'LoadError: a part of the page that programs stand on did not come';

/** What the reader of a text says where it has read all of it. */
const STOPPED = 'all read';

const NO_IMPORTS = 'ImportError: a program imports nothing, all that it needs is there';

/** From 1. Exported for tests. */
export function lineOfImport(text: string): number | null {
  const found = IMPORTS.exec(text);
  if (found === null) return null;
  return text.slice(0, text.indexOf('import', found.index)).split('\n').length;
}

function aborted(signal: AbortSignal): Promise<Outcome> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve({ kind: 'stopped' }), { once: true });
  });
}

/** @param message with the error's name in front. */
const failed = (message: string, line: number | null): ProgramResult => ({
  kind: 'failed',
  name: message.split(':')[0] ?? '',
  message,
  line,
});

/** Null where the browser does not say what is wrong. */
function errorOf(event: Event): ProgramResult | null {
  if (!(event instanceof ErrorEvent)) return null;
  const line = event.lineno > LINES_BEFORE ? event.lineno - LINES_BEFORE : null;
  return failed(event.message.replace(/^Uncaught /, ''), line);
}

/**
 * Of a module that cannot be read some browsers tell no more than that. So the text is read once
 * more, as a script that stops before any of it could run.
 */
async function mistakeOf(text: string, known: ProgramResult): Promise<ProgramResult> {
  if (known.kind !== 'failed' || known.message !== NOT_LOADED) return known;
  const head = `'use strict';throw '${STOPPED}';(async (${PROGRAM_NAMES.join(', ')}) => {`;
  const script = new Blob([`${head}\n${text}\n});`], { type: 'text/javascript' });
  const address = URL.createObjectURL(script);
  const reader = new Worker(address);
  try {
    return await new Promise<ProgramResult>((resolve) => {
      reader.addEventListener('error', (event) => {
        event.preventDefault();
        const found = errorOf(event);
        // It can be read: then it was the ground that did not come.
        resolve(found?.kind === 'failed' && !found.message.includes(STOPPED) ? found : known);
      });
    });
  } finally {
    reader.terminate();
    URL.revokeObjectURL(address);
  }
}

interface Promised<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
}

function promised<T>(): Promised<T> {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((fulfil) => (resolve = fulfil));
  return { promise, resolve };
}

function listenTo(
  worker: Worker,
  onReport: (report: Report) => void,
): {
  readonly ready: Promise<null>;
  /** What it says of its end. */
  readonly result: Promise<ProgramResult>;
  /** Its text is no program: nothing of it has run. */
  readonly broken: Promise<ProgramResult>;
} {
  const ready = promised<null>();
  const result = promised<ProgramResult>();
  const broken = promised<ProgramResult>();
  worker.addEventListener('message', ({ data }: MessageEvent<WorkerMessage>) => {
    if (data.kind === 'ready') {
      ready.resolve(null);
      return;
    }
    onReport(data.report);
    if (data.report.result !== null) result.resolve(data.report.result);
  });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    broken.resolve(errorOf(event) ?? failed(NOT_LOADED, null));
  });
  return { ready: ready.promise, result: result.promise, broken: broken.promise };
}
