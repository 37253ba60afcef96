/** Binding a listener, as a promise. */
import type { Server as Listener } from 'node:net';

/** @returns the port, also where 0 asked for any. Rejects with Node's error, EADDRINUSE and others. */
export async function listen(listener: Listener, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen({ host, port, backlog: 511 }, () => {
      listener.off('error', reject);
      resolve();
    });
  });
  // Errors of accept, such as too many open files: the listener goes on by itself.
  listener.on('error', () => undefined);
  const address = listener.address();
  return address !== null && typeof address === 'object' ? address.port : port;
}
