/**
 * The service worker: keeps every file of one edition of the page, and answers with them, so that
 * the page opens without a network and all its parts are of one build. A newer edition waits until
 * a person asks for it, because a run may live in the memory of an open page.
 */
import { cacheName, fileFor, isNamedByHash, isOutdated, PAGE, type Edition } from './edition.ts';

/** Put in by the build. */
declare const EDITION: Edition;

interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface Fetch extends Event {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

/** What TypeScript's library of the page does not know of the worker's side. */
interface Scope {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: Waiting) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetch) => void): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
}

const worker = self as unknown as Scope;
const { scope } = worker.registration;
const edition = EDITION;
const CACHE = cacheName(scope, edition.version);

const addressOf = (path: string): string => new URL(path, scope).href;

async function outdated(): Promise<readonly string[]> {
  return (await caches.keys()).filter((name) => isOutdated(name, scope, edition.version));
}

async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  const former = await Promise.all((await outdated()).map((name) => caches.open(name)));
  await Promise.all(Object.keys(edition.files).map((path) => keep(cache, former, path)));
}

async function keep(cache: Cache, former: readonly Cache[], path: string): Promise<void> {
  const address = addressOf(path);
  // An installation that was broken off goes on where it was.
  if ((await cache.match(address)) !== undefined) return;
  for (const other of isNamedByHash(path) ? former : []) {
    const same = await other.match(address);
    if (same !== undefined) return cache.put(address, same);
  }
  const response = await fetch(address, { cache: isNamedByHash(path) ? 'default' : 'reload' });
  if (!response.ok) throw new Error(`${path}: ${String(response.status)}`);
  await cache.put(address, await direct(response));
}

/** A page may not be answered with what came by a redirection. */
async function direct(response: Response): Promise<Response> {
  if (!response.redirected) return response;
  const { headers, status } = response;
  return new Response(await response.blob(), { headers, status });
}

async function activate(): Promise<void> {
  await Promise.all((await outdated()).map((name) => caches.delete(name)));
  // The page that brought this worker has its later parts from here, too.
  await worker.clients.claim();
}

async function answer(request: Request, path: string): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(addressOf(path))) ?? fetch(request);
}

worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(activate()));
worker.addEventListener('message', ({ data }) => {
  if (data === 'activate') void worker.skipWaiting();
});
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  // `no-store` asks what the host has now.
  if (request.method !== 'GET' || request.cache === 'no-store') return;
  const navigates = request.mode === 'navigate';
  const path = fileFor(edition, scope, request.url, navigates);
  // Other pages of the folder go to the network.
  if (path === null || (navigates && path !== PAGE)) return;
  event.respondWith(answer(request, path));
});
