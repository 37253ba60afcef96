/** A member in a worker of its own, as the bus holds it. */
import { wrap } from 'comlink';
import { ProcessEnded, type MemberApi, type MemberPort } from './member-api.ts';
import { createMortal } from './mortal.ts';

export function spawnMember(): MemberPort {
  const worker = new Worker(new URL('./member.worker.ts', import.meta.url), {
    type: 'module',
    name: 'member',
  });
  const api = wrap<MemberApi>(worker);
  const { live, die } = createMortal();
  worker.addEventListener('error', (event) => {
    die(new Error(`a member's worker failed: ${event.message}`));
  });
  return {
    boot: (boot) => live(api.boot(boot)),
    step: (batch) => live(api.step(batch)),
    picture: () => live(api.picture()),
    tree: () => live(api.tree()),
    children: (path) => live(api.children(path)),
    crash: (tail) => live(api.crash(tail)),
    terminate: () => {
      die(new ProcessEnded('the process was ended'));
      worker.terminate();
    },
  };
}

/** Workers that have loaded before they are needed: a start then costs no more than a boot. */
export interface MemberPool {
  take(): MemberPort;
  close(): void;
}

/** Milliseconds after which a spare is loaded anew: not while a whole ensemble starts. */
const REFILL_AFTER = 1000;

/** @param size of those that load at once; later one stays ready for the next restart. */
export function createMemberPool(size: number, spawn: () => MemberPort): MemberPool {
  const spare = Array.from({ length: size }, spawn);
  let refill: ReturnType<typeof setTimeout> | null = null;
  return {
    take: () => {
      refill ??= setTimeout(() => {
        refill = null;
        if (spare.length === 0) spare.push(spawn());
      }, REFILL_AFTER);
      return spare.pop() ?? spawn();
    },
    close: () => {
      if (refill !== null) clearTimeout(refill);
      refill = null;
      for (const port of spare.splice(0)) port.terminate();
    },
  };
}
