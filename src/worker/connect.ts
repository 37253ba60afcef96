/** The main thread's end of the bus worker: with the two workers, all of comlink in this program. */
import { proxy, transfer, wrap, type Remote } from 'comlink';
import type { ActionOutcome, TimedAction } from '../sim/actions.ts';
import type { Frame } from '../sim/frame.ts';
import type { LocalRun } from '../sim/local.ts';
import type { MemberLogPart } from '../sim/log-part.ts';
import type { ProgramEnd } from '../sim/program/model.ts';
import type { GoalEnd, MemberFiles, OpenResult, PlaygroundApi } from './api.ts';
import type { BusApi } from './bus-api.ts';
import { applyDelta, type FrameDelta } from './frame-delta.ts';
import { createMortal, type Mortal } from './mortal.ts';

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
  const api = wrap<BusApi>(worker);
  const mortal = createMortal();
  worker.addEventListener('error', (event) => {
    mortal.die(new Error(`the bus worker failed: ${event.message}`));
  });
  return {
    ...methodsOf(api, mortal),
    dispose: () => {
      worker.terminate();
      mortal.die(new Error('the playground is closed'));
    },
  };
}

function methodsOf(api: Remote<BusApi>, { live }: Mortal): PlaygroundApi {
  return {
    open: (options, onFrame) => {
      let frame: Frame | null = null;
      const onDelta = (delta: FrameDelta): void => {
        frame = applyDelta(frame, delta);
        onFrame(frame);
      };
      return live<OpenResult>(api.open(options, proxy(onDelta)));
    },
    act: (action) => live<ActionOutcome>(api.act(action)),
    play: () => live(api.play()),
    pause: () => live(api.pause()),
    step: (kind) => live(api.step(kind)),
    setSpeed: (speed) => live(api.setSpeed(speed)),
    focus: (sid) => live(api.focus(sid)),
    runTo: (until) => live(api.runTo(until)),
    runUntil: (goal) => live<GoalEnd>(api.runUntil(goal)),
    complete: (process, line) => live(api.complete(process, line)),
    packetBytes: (packet) => live(api.packetBytes(packet)),
    admin: (sid, word) => live<string | null>(api.admin(sid, word)),
    logParts: (from, to) => live<readonly MemberLogPart[]>(api.logParts(from, to)),
    record: () => live(api.record()),
    actionsFrom: (from) => live<readonly TimedAction[]>(api.actionsFrom(from)),
    setMonkey: (intensity) => live(api.setMonkey(intensity)),
    runProgram: (id, port) => live<ProgramEnd>(api.runProgram(id, transfer(port, [port]))),
    stopProgram: (id) => live(api.stopProgram(id)),
    checkpoint: () => live<LocalRun>(api.checkpoint()),
    dataDirs: () => live<readonly MemberFiles[]>(api.dataDirs()),
    close: (wipe) => live(api.close(wipe)),
  };
}
