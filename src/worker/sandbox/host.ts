/**
 * The page's end of a program. Its worker is a module made of its text, which imports what the
 * program stands on: a worker from a `blob:` address lives under the policy of the page that made
 * it, so it asks no other host for anything, and makes no code of text.
 */
import type { ProgramEnd } from '../../sim/program/model.ts';
import groundAddress from './program.worker.ts?worker&url';
import { PROGRAM_NAMES } from './program-api.ts';
import type {
  ProgramResult,
  ProgramSettings,
  Report,
  StartMessage,
  WorkerMessage,
} from './report.ts';

/** How a program ended, and what it said itself. */
export type Outcome = { readonly kind: Exclude<ProgramEnd, 'over'> } | ProgramResult;

export interface ProgramStart {
  readonly text: string;
  readonly settings: ProgramSettings;
  readonly onReport: (report: Report) => void;
  /** Seats it in the run. Resolves when it is asked no more. */
  readonly join: (port: MessagePort) => Promise<ProgramEnd>;
}

/** What the program says of its end comes on another way than that it has come to it. */
const LAST_WORDS = 1_000;

/** Whoever breaks out of the function finds as little as inside. */
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
}: ProgramStart): Promise<Outcome> {
  if (IMPORTS.test(text)) return failed('a program imports nothing: all it needs is there', null);
  const address = URL.createObjectURL(new Blob([moduleOf(text)], { type: 'text/javascript' }));
  const worker = new Worker(address, { type: 'module', name: 'program' });
  try {
    const { ready, result } = listenTo(worker, onReport);
    const early = await Promise.race([ready, result]);
    if (early !== null) return early;
    const { port1, port2 } = new MessageChannel();
    const start: StartMessage = { kind: 'start', port: port2, settings };
    worker.postMessage(start, [port2]);
    const end = await join(port1);
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

/** `import(…)`, `import.meta`; a static one is a mistake anyway, inside a function. */
const IMPORTS = /(?:^|[^\w$.])import\s*(?:\(|\.|\/)/;

const failed = (message: string, line: number | null): ProgramResult => ({
  kind: 'failed',
  message,
  line,
});

function listenTo(
  worker: Worker,
  onReport: (report: Report) => void,
): { readonly ready: Promise<null>; readonly result: Promise<ProgramResult> } {
  let isReady: (ready: null) => void = () => undefined;
  const ready = new Promise<null>((resolve) => (isReady = resolve));
  const result = new Promise<ProgramResult>((resolve) => {
    worker.addEventListener('message', ({ data }: MessageEvent<WorkerMessage>) => {
      if (data.kind === 'ready') {
        isReady(null);
        return;
      }
      onReport(data.report);
      if (data.report.result !== null) resolve(data.report.result);
    });
    worker.addEventListener('error', (event) => {
      // Its text is no program: nothing of it has run.
      event.preventDefault();
      const line = event.lineno > 1 ? event.lineno - 1 : null;
      resolve(failed(event.message.replace(/^Uncaught /, ''), line));
    });
  });
  return { ready, result };
}
