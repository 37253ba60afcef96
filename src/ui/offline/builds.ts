/**
 * The page and its builds: keeps this one for when there is no network, tells when a newer one is
 * ready, and why a part of the page did not come. It never reloads by itself: a run may live in
 * the memory of the page.
 */
import type { Locale } from '../state/locale.svelte.ts';
import type { Playground } from '../state/playground.svelte.ts';
import { wait, waitUntil } from '../lesson/waiting.ts';
import { buildsTexts } from './texts.ts';

/** Milliseconds between two looks for a newer build, while the page is in sight. */
const LOOK_EVERY = 3_600_000;

interface Teller {
  readonly playground: Playground;
  readonly locale: Locale;
}

/** @param keeps false in a frame of another page, whose visitors did not ask for megabytes. */
export function watchBuilds(teller: Teller, keeps: boolean): void {
  addEventListener('vite:preloadError', () => void tellWhy(teller));
  if (!keeps || !('serviceWorker' in navigator)) return;
  // Where a browser refuses, as in some private windows, the page works with a network only.
  keep(teller).catch(() => undefined);
}

/** How long the page is kept later than its ensemble serves, and that is waited for; milliseconds. */
const KEEP_AFTER = 1_000;
const PATIENCE = 10_000;

async function keep(teller: Teller): Promise<void> {
  // To fetch and check all files takes a core for half a second.
  await waitUntil(() => teller.playground.leader !== null, PATIENCE);
  await wait(KEEP_AFTER);
  const registration = await navigator.serviceWorker.register('./sw.js', {
    scope: './',
    updateViaCache: 'none',
  });
  const tell = (): void => {
    // The first one to come is no news.
    const { waiting } = registration;
    if (waiting !== null && navigator.serviceWorker.controller !== null) offer(teller, waiting);
  };
  tell();
  registration.addEventListener('updatefound', () => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed') tell();
    });
  });
  let looked = performance.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' || performance.now() - looked < LOOK_EVERY) return;
    looked = performance.now();
    registration.update().catch(() => undefined);
  });
}

function offer({ playground, locale }: Teller, waiting: ServiceWorker): void {
  const t = buildsTexts(locale.name);
  const run = (): void => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload());
    // Another tab may have asked already.
    if (waiting.state === 'installed') waiting.postMessage('activate');
    else location.reload();
  };
  playground.notify('info', t.ready, { label: t.reload, run, stays: true });
}

async function tellWhy({ playground, locale }: Teller): Promise<void> {
  const t = buildsTexts(locale.name);
  const remedy = { label: t.reload, run: () => location.reload() };
  const newer = await isHostNewer();
  playground.notify('error', newer ? t.newer : t.unreachable, newer ? remedy : null);
}

/** Whether the host has another page than this one: each names its first script by a hash. */
async function isHostNewer(): Promise<boolean> {
  const script = document.querySelector<HTMLScriptElement>('script[type=module][src]');
  const own = script?.getAttribute('src');
  if (own === null || own === undefined) return false;
  try {
    const response = await fetch('./', { cache: 'no-store' });
    return response.ok && !(await response.text()).includes(own);
  } catch {
    return false;
  }
}
