/**
 * The page on canned frames, served by `npx vite` at /tests/component/gallery.html. The query
 * chooses the scene (`?scene=crowded`), `theme`, `locale`, what is selected (`select=4`) and
 * whether it plays (`play`).
 */
import { mount } from 'svelte';
import App from '../../src/App.svelte';
import '../../src/ui/theme.css';
import type { Frame } from '../../src/sim/frame.ts';
import { cannedFrame, cannedProperties, crowdedFrame, electingFrame } from './canned-frames.ts';
import { createFakePlayground } from './fake-playground.ts';

const query = new URLSearchParams(location.search);
for (const name of ['theme', 'locale']) {
  const value = query.get(name);
  if (value !== null) localStorage.setItem(`zookeeper-playground.${name}`, value);
}

const scenes: Readonly<Record<string, () => Frame>> = {
  canned: cannedFrame,
  crowded: crowdedFrame,
  electing: () => electingFrame(7),
  violated: () => ({ ...cannedFrame(), properties: cannedProperties('TotalOrder') }),
};
const scene = scenes[query.get('scene') ?? 'canned'] ?? cannedFrame;
const locked = query.get('scene') === 'locked';
const client = createFakePlayground({
  frame: scene(),
  animate: query.has('play'),
  ...(locked ? { result: { kind: 'locked' } } : {}),
});
const target = document.getElementById('app');
if (target === null) throw new Error('gallery.html has an element #app');
mount(App, { target, props: { client } });
if (!query.has('play')) setTimeout(() => void client.pause(), 50);

const select = query.get('select');
if (select !== null) {
  setTimeout(() => {
    document
      .querySelector<SVGGElement>(`[data-sid="${select}"]`)
      ?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  }, 100);
}
