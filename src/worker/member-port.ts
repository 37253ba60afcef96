/** A member in a worker of its own, as the bus holds it. */
import { transfer, wrap } from 'comlink';
import type { StepResult } from '../sim/host.ts';
import { ProcessEnded, type MemberPort, type MemberWire } from './member-api.ts';
import { createMortal } from './mortal.ts';
import { createPacker, pack } from './pack.ts';
import { createUnpacker, unpack } from './unpack.ts';

export function spawnMember(): MemberPort {
  const worker = new Worker(new URL('./member.worker.ts', import.meta.url), {
    type: 'module',
    name: 'member',
  });
  const api = wrap<MemberWire>(worker);
  const packer = createPacker();
  const unpacker = createUnpacker();
  const { live, die } = createMortal();
  worker.addEventListener('error', (event) => {
    die(new Error(`a member's worker failed: ${event.message}`));
  });
  return {
    boot: (boot) => live(api.boot(boot)),
    step: async (batch) => {
      const bytes = pack(packer, batch);
      const answer = await live(api.step(transfer(bytes, [bytes.buffer])));
      // The other end packed a StepResult.
      return unpack(unpacker, answer) as StepResult;
    },
    picture: () => live(api.picture()),
    tree: () => live(api.tree()),
    children: (path) => live(api.children(path)),
    logPart: (from, to) => live(api.logPart(from, to)),
    disk: () => live(api.disk()),
    checkpoint: () => live(api.checkpoint()),
    admin: (word, now) => live(api.admin(word, now)),
    crash: (tail) => live(api.crash(tail)),
    retire: () => live(api.retire()),
    terminate: () => {
      die(new ProcessEnded('the process was ended'));
      worker.terminate();
    },
  };
}

/** Workers that have loaded before they are needed: a start then costs no more than a boot. */
export interface MemberPool {
  take(): MemberPort;
  /** Takes a worker back whose server is not needed any more. */
  give(port: MemberPort): Promise<void>;
  close(): void;
}

/** Milliseconds after which a spare is loaded anew: not while a whole ensemble starts. */
const REFILL_AFTER = 1000;

/** No more than these wait: the largest ensembles that are common. */
const SPARE_MAX = 7;

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
    give: async (port) => {
      try {
        await port.retire();
        if (spare.length < SPARE_MAX) spare.push(port);
        else port.terminate();
      } catch {
        port.terminate();
      }
    },
    close: () => {
      if (refill !== null) clearTimeout(refill);
      refill = null;
      for (const port of spare.splice(0)) port.terminate();
    },
  };
}
