/**
 * What is loaded in front of a program, in a worker of the program's own. The program is the last
 * argument of `startProgram`, in a module made of its text; see host.ts.
 */
import type { Micros } from '../../core/units.ts';
import type { ProgramAnswer, ProgramTurn } from '../../sim/program/model.ts';
import { Engine } from './engine.ts';
import { stripGlobals } from './globals.ts';
import { runProgram, type ProgramFunction } from './program-api.ts';
import { LINES_BEFORE, type StartMessage, type WorkerMessage } from './report.ts';

/** Milliseconds between two reports to the page. */
const REPORT_EVERY = 50;

const post = postMessage.bind(globalThis) as (message: WorkerMessage) => void;
const listen = addEventListener.bind(globalThis);
const later = setTimeout.bind(globalThis);
const wall = performance.now.bind(performance);
const Channel = MessageChannel;
const { href } = location;

/** When it resolves, nothing that could go on is left. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new Channel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

function lineOf({ stack = '' }: Error): number | null {
  for (const frame of stack.split('\n')) {
    const at = frame.lastIndexOf(`${href}:`);
    if (at < 0) continue;
    const line = Number.parseInt(frame.slice(at + href.length + 1), 10);
    if (line > LINES_BEFORE) return line - LINES_BEFORE;
  }
  return null;
}

function begin(program: ProgramFunction, { port, settings }: StartMessage): void {
  const said = (first: boolean): void => {
    if (first || reportedAt + REPORT_EVERY <= wall()) report();
  };
  const io = { settle, lineOf, said };
  const engine = new Engine(io, (one) => runProgram(program, one, settings));
  let reportedAt = -Infinity;
  let isReportDue = false;
  const report = (): void => {
    isReportDue = false;
    reportedAt = wall();
    post({ kind: 'report', report: engine.report() });
  };
  listen('unhandledrejection', (event: PromiseRejectionEvent) => {
    event.preventDefault();
    engine.fail(event.reason);
  });
  const answer = (given: ProgramAnswer): void => {
    const wait = reportedAt + REPORT_EVERY - wall();
    if (given.over || wait <= 0) report();
    else if (!isReportDue) {
      isReportDue = true;
      later(report, wait);
    }
    port.postMessage(given);
  };
  port.onmessage = ({ data }: MessageEvent<ProgramTurn>) => {
    engine
      .turn(data)
      .then(answer)
      .catch((error: unknown) => {
        // Nothing that can be sent, or a mistake of ours: the world is not to wait for it.
        engine.fail(error);
        answer({ orders: [], wakeAt: Infinity as Micros, over: true });
      });
  };
}

function startProgram(program: ProgramFunction): void {
  Reflect.deleteProperty(globalThis, 'startProgram');
  listen(
    'message',
    ({ data }: MessageEvent<StartMessage>) => {
      begin(program, data);
    },
    { once: true },
  );
  post({ kind: 'ready' });
}

Object.defineProperty(globalThis, 'startProgram', { value: startProgram, configurable: true });
// Imports come first: a text that closes its function too early finds as little as one that does not.
stripGlobals(globalThis, 'startProgram');
