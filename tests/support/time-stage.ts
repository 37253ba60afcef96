/** A page's state over a real run and a real chronicle, all in this thread: stores in memory. */
import type { Frame } from '../../src/sim/frame.ts';
import type { WorldConfig } from '../../src/sim/actions.ts';
import { Playground } from '../../src/ui/state/playground.svelte.ts';
import { Timeline } from '../../src/ui/state/timeline.svelte.ts';
import { createBusHost } from '../../src/worker/bus-host.ts';
import type { Chronicle } from '../../src/worker/chronicle-api.ts';
import { createChronicleHost } from '../../src/worker/chronicle-host.ts';
import type { PlaygroundClient } from '../../src/worker/connect.ts';
import { applyDelta } from '../../src/worker/frame-delta.ts';
import { createGround, type TestGround } from './test-ground.ts';

export interface TimeStage {
  readonly ground: TestGround;
  readonly client: PlaygroundClient;
  readonly playground: Playground;
  readonly timeline: Timeline;
  frame(): Frame;
}

/** Values are copied on their way, as they are between threads. */
function copying<T extends object>(api: T): T {
  return new Proxy(api, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return async (...given: unknown[]): Promise<unknown> => {
        const copies = given.map((value) =>
          typeof value === 'function' ? value : structuredClone(value),
        );
        return structuredClone(await Reflect.apply(method, target, copies));
      };
    },
  });
}

export function localClient(ground: TestGround): PlaygroundClient {
  const bus = createBusHost(ground.ground);
  return {
    ...bus,
    checkpoint: async () => structuredClone(await bus.checkpoint()),
    open: (options, onFrame) => {
      let frame: Frame | null = null;
      return bus.open(structuredClone(options), (delta) => {
        frame = applyDelta(frame, structuredClone(delta));
        onFrame(frame);
      });
    },
    dispose: () => void bus.close(false).catch(() => undefined),
  };
}

export function localChronicle(): Chronicle {
  const host = createChronicleHost(() => performance.now());
  return Object.assign(copying(host), { dispose: () => undefined });
}

interface StageOptions {
  readonly resume?: boolean;
  readonly ground?: TestGround;
  /** Its past is there from then on. */
  readonly pastAfter?: Promise<void>;
}

export async function openStage(
  world: WorldConfig,
  { resume = false, ground = createGround(), pastAfter = Promise.resolve() }: StageOptions = {},
): Promise<TimeStage> {
  const client = localClient(ground);
  const playground = new Playground(client);
  const timeline = new Timeline(playground, () => pastAfter.then(localChronicle));
  await playground.open(world, { resume, durable: true });
  return {
    ground,
    client,
    playground,
    timeline,
    frame: () => {
      if (playground.frame === null) throw new Error('no frame yet');
      return playground.frame;
    },
  };
}
