/** Completion at a client's console, from the tree of the server that it is connected to. */
import type { Completion } from '../core/client/client-io.ts';
import { completeLine } from '../core/client/completion.ts';
import type { ProcessId } from '../core/units.ts';
import { viewClientHost } from '../sim/client-host.ts';
import type { Run } from './run.ts';

/** The completer asks for one znode's children, and perhaps for another's after that. */
const ROUNDS_MAX = 4;

/**
 * The completer is synchronous and the tree is behind a port: so it is asked again and again, each
 * time with the answers to what it asked for before.
 */
export async function completeFor(run: Run, process: ProcessId, line: string): Promise<Completion> {
  const known = new Map<string, readonly string[] | null>();
  for (let round = 0; ; round += 1) {
    const asked: string[] = [];
    const completion = completeLine(line, (path) => {
      if (!known.has(path)) asked.push(path);
      return known.get(path) ?? null;
    });
    if (asked.length === 0 || round === ROUNDS_MAX) return completion;
    for (const path of asked) known.set(path, await childrenAt(run, process, path));
  }
}

async function childrenAt(
  run: Run,
  process: ProcessId,
  path: string,
): Promise<readonly string[] | null> {
  const { ensemble } = run;
  const client = ensemble.clients.get(process);
  if (client === undefined) return null;
  const { server } = viewClientHost(client);
  const port = server === null ? null : ensemble.seats.get(server)?.port;
  return (await port?.children(path)) ?? null;
}
