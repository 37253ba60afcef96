import { describe, expect, it } from 'vitest';
import type { ProcessId } from '../../../src/core/units.ts';
import { buildFrame } from '../../../src/sim/frame-builder.ts';
import type { Frame } from '../../../src/sim/frame.ts';
import { act, createLocalRun, memberView, runFor, type LocalRun } from '../../../src/sim/local.ts';
import { applyDelta, frameDelta, reuse } from '../../../src/worker/frame-delta.ts';
import { script, scriptedWorld } from '../../support/scripted-run.ts';

function frameOf(run: LocalRun): Frame {
  const servers = run.world.config.ensemble.servers;
  return buildFrame(run.world, {
    running: true,
    speed: 1,
    members: new Map(servers.map(({ sid }) => [sid, memberView(run, sid)])),
    clients: new Map(),
    focus: servers[0]?.sid ?? null,
    tree: null,
    failure: null,
  });
}

/** What holds has been true until now; that alone is not sent again. */
function untimed(frame: Frame): Frame {
  const properties = frame.properties.map((p) => (p.holds ? { ...p, lastTrueAt: 0 as never } : p));
  return { ...frame, properties };
}

describe('deltas of frames', () => {
  it('add up to the frames that they were taken from', () => {
    const run = createLocalRun(scriptedWorld, { keepTrace: true });
    let sent: Frame | null = null;
    let shown: Frame | null = null;
    for (const { action } of script.slice(0, 40)) {
      runFor(run, 40_000 as never);
      act(run, action);
      const frame = reuse(sent, frameOf(run));
      expect(untimed(frame)).toEqual(untimed(frameOf(run)));
      shown = applyDelta(shown, structuredClone(frameDelta(sent, frame)));
      expect(shown).toEqual(frame);
      sent = frame;
    }
  });

  it('leave out what is as it was, which then keeps its identity', () => {
    const run = createLocalRun(scriptedWorld, { keepTrace: true });
    runFor(run, 500_000 as never);
    const first = frameOf(run);
    const next = reuse(first, frameOf(run));
    for (const name of [
      'world',
      'trace',
      'logLines',
      'transcripts',
      'properties',
      'links',
    ] as const) {
      expect(next[name]).toBe(first[name]);
      expect(frameDelta(first, next)).not.toHaveProperty(name);
    }
  });

  it('hold a transcript that grew by a line', () => {
    const run = createLocalRun(scriptedWorld, { keepTrace: true });
    const first = frameOf(run);
    const line = { at: run.world.now, kind: 'output', text: 'one' } as const;
    const grown = { ...first, transcripts: new Map([[1001 as ProcessId, [line]]]) };
    expect(frameDelta(first, reuse(first, grown))).toEqual({ transcripts: grown.transcripts });
  });
});
