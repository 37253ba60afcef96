/** Puts a pane on the page, and hands back what a test holds it by. */
import type { Component } from 'svelte';
import { expect } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../../src/ui/theme.css';
import type { Frame } from '../../../src/sim/frame.ts';
import type { LocaleName } from '../../../src/ui/state/locale.svelte.ts';
import type { Playground } from '../../../src/ui/state/playground.svelte.ts';
import { createFakePlayground, type FakePlayground } from '../fake-playground.ts';
import type { Chronicle } from '../../../src/worker/chronicle-api.ts';
import Stage from './Stage.svelte';

export interface Staged {
  readonly fake: FakePlayground;
  readonly playground: Playground;
}

export async function stage(
  pane: Component,
  options: {
    readonly frame?: Frame;
    readonly language?: LocaleName;
    /** The playground then has a past to look into. */
    readonly chronicle?: Chronicle;
  } = {},
): Promise<Staged> {
  const { frame, chronicle } = options;
  const fake = createFakePlayground({
    ...(frame === undefined ? {} : { frame }),
    past: chronicle !== undefined,
  });
  const held: { playground: Playground | null } = { playground: null };
  await render(Stage, {
    pane,
    fake,
    language: options.language ?? 'en',
    ...(chronicle === undefined ? {} : { chronicle }),
    onready: (made: Playground) => {
      held.playground = made;
    },
  });
  await expect.poll(() => fake.calls).toContain('set off 0.1');
  if (held.playground === null) throw new Error('the stage is not ready');
  return { fake, playground: held.playground };
}
