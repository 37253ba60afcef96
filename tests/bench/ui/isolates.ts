/** What lives in a page: its main thread and every worker of it, workers of workers included. */
import type { Page } from '@playwright/test';

/** Asks one thread by the browser's debugging protocol. */
type Ask = (method: string, params?: object) => Promise<unknown>;

type Listen = (event: string, hear: (params: never) => void) => void;

export interface Isolate {
  /** `page`, `bus`, `member` … */
  readonly name: string;
  readonly ask: Ask;
}

interface Attached {
  readonly sessionId: string;
  readonly targetInfo: { readonly title: string };
}

interface Letter {
  readonly sessionId: string;
  readonly message: string;
}

const ATTACH = { autoAttach: true, waitForDebuggerOnStart: false, flatten: false };

/** The list grows as workers start, and keeps those that have ended: they answer nothing. */
export async function isolatesOf(page: Page): Promise<readonly Isolate[]> {
  const session = await page.context().newCDPSession(page);
  const ask: Ask = (method, params) =>
    session.send(method as 'Target.setAutoAttach', params as never);
  const listen: Listen = (event, hear) => {
    session.on(event as 'Target.attachedToTarget', hear as never);
  };
  const isolates: Isolate[] = [{ name: 'page', ask }];
  await attachChildren({ name: 'page', ask }, listen, isolates);
  return isolates;
}

async function attachChildren(
  { ask }: Isolate,
  listen: Listen,
  isolates: Isolate[],
): Promise<void> {
  listen('Target.attachedToTarget', ({ sessionId, targetInfo }: Attached) => {
    const { isolate, hear } = openChild(sessionId, targetInfo.title, ask, listen);
    isolates.push(isolate);
    void attachChildren(isolate, hear, isolates);
  });
  await ask('Target.setAutoAttach', ATTACH);
}

/** A thread that is spoken to by letters, through its parent. */
function openChild(
  sessionId: string,
  name: string,
  ask: Ask,
  listen: Listen,
): { readonly isolate: Isolate; readonly hear: Listen } {
  const answers = new Map<number, (result: unknown) => void>();
  const listeners: { readonly event: string; readonly hear: (params: never) => void }[] = [];
  let last = 0;
  listen('Target.receivedMessageFromTarget', (letter: Letter) => {
    if (letter.sessionId !== sessionId) return;
    const { id, result, method, params } = JSON.parse(letter.message) as {
      readonly id?: number;
      readonly result?: unknown;
      readonly method?: string;
      readonly params?: never;
    };
    if (id !== undefined) answers.get(id)?.(result);
    for (const { event, hear } of listeners) if (event === method) hear(params as never);
  });
  const isolate: Isolate = {
    name,
    ask: async (method, params = {}) => {
      const id = ++last;
      const answer = new Promise<unknown>((resolve) => answers.set(id, resolve));
      const message = JSON.stringify({ id, method, params });
      await ask('Target.sendMessageToTarget', { sessionId, message });
      return answer;
    },
  };
  return { isolate, hear: (event, hear) => listeners.push({ event, hear }) };
}

/** Megabytes in use once garbage is gone: objects, and the buffers that they own. */
export async function liveMegabytes({ ask }: Isolate): Promise<number> {
  await ask('HeapProfiler.enable');
  await ask('HeapProfiler.collectGarbage');
  const usage = (await ask('Runtime.getHeapUsage')) as {
    readonly usedSize: number;
    readonly embedderHeapUsedSize: number;
    readonly backingStorageSize: number;
  };
  return (usage.usedSize + usage.embedderHeapUsedSize + usage.backingStorageSize) / 1e6;
}
