/** The main thread's end of the bus worker: with the two workers, all of comlink in this program. */
import { proxy, releaseProxy, wrap, type Remote } from 'comlink';
import type { ActionOutcome } from '../sim/actions.ts';
import type { OpenResult, PlaygroundApi } from './api.ts';

/** What the page holds. A component test passes one that runs in the same thread. */
export interface PlaygroundClient extends PlaygroundApi {
  /** Ends all workers at once, as closing the tab would: a power failure of the ensemble. */
  dispose(): void;
}

/** Starts the workers; they load while the page does. */
export function connectPlayground(): PlaygroundClient {
  const worker = new Worker(new URL('./bus.worker.ts', import.meta.url), {
    type: 'module',
    name: 'bus',
  });
  const api = wrap<PlaygroundApi>(worker);
  const died = whenItDies(worker);
  const alive = <T>(answer: Promise<T>): Promise<T> => Promise.race([answer, died.promise]);
  return {
    ...methodsOf(api, alive),
    dispose: () => {
      api[releaseProxy]();
      worker.terminate();
      died.reject(new Error('the playground is closed'));
    },
  };
}

function methodsOf(
  api: Remote<PlaygroundApi>,
  alive: <T>(answer: Promise<T>) => Promise<T>,
): PlaygroundApi {
  return {
    open: (options, onFrame) => alive<OpenResult>(api.open(options, proxy(onFrame))),
    act: (action) => alive<ActionOutcome>(api.act(action)),
    play: () => alive(api.play()),
    pause: () => alive(api.pause()),
    step: (kind) => alive(api.step(kind)),
    setSpeed: (speed) => alive(api.setSpeed(speed)),
    focus: (sid) => alive(api.focus(sid)),
    runTo: (until) => alive(api.runTo(until)),
    complete: (process, line) => alive(api.complete(process, line)),
    record: () => alive(api.record()),
    close: (wipe) => alive(api.close(wipe)),
  };
}

interface Death {
  readonly promise: Promise<never>;
  reject(reason: Error): void;
}

/** Calls to a dead worker never settle, so every call races with its death. */
function whenItDies(worker: Worker): Death {
  let reject: (reason: Error) => void = () => undefined;
  const promise = new Promise<never>((_, no) => {
    reject = no;
  });
  promise.catch(() => undefined);
  worker.addEventListener('error', (event) => {
    reject(new Error(`the bus worker failed: ${event.message}`));
  });
  return { promise, reject: (reason) => reject(reason) };
}
