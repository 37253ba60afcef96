/** Ports that nobody listens on. */
import { createServer } from 'node:net';
import { listen } from './listen.ts';

/** All different. Free now: somebody else may take one before it is used. */
export async function freePorts(host: string, count: number): Promise<readonly number[]> {
  const listeners = Array.from({ length: count }, () => createServer());
  try {
    return await Promise.all(listeners.map((listener) => listen(listener, host, 0)));
  } finally {
    await Promise.all(
      listeners.map(
        (listener) =>
          new Promise<void>((resolve) => {
            listener.close(() => {
              resolve();
            });
          }),
      ),
    );
  }
}
