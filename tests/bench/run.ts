/**
 * `npm run bench`: how fast it is, in figures measured now, on this machine. Absolute figures vary
 * with the machine and with what else runs on it; the ratios do not.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { browserArguments, findBrowser } from '../support/find-browser.mjs';
import { runWorkerBench } from './run-worker-bench.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

function print(name: string, value: string, aim: string): void {
  process.stdout.write(`${name.padEnd(58)} ${value.padStart(14)}   aim ${aim}\n`);
}

function perSecond(events: number): string {
  return `${Math.round(events).toLocaleString('en')}/s`;
}

async function inThread(): Promise<void> {
  const outDir = mkdtempSync(join(tmpdir(), 'bench-'));
  const entry = fileURLToPath(new URL('./in-thread.ts', import.meta.url));
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: { ssr: entry, outDir, target: 'es2023', copyPublicDir: false },
  });
  const output = execFileSync(process.execPath, [join(outDir, 'in-thread.js')], {
    encoding: 'utf8',
  });
  rmSync(outDir, { recursive: true });
  const { plain, watched } = JSON.parse(output.trim().split('\n').at(-1) ?? '{}') as {
    plain: number;
    watched: number;
  };
  print('in-thread, 5 voters, writes (events per CPU second)', perSecond(plain), '≥ 250,000/s');
  print('  the same with trace hash and all checkers', perSecond(watched), '–');
  print('  share that remains with them', (watched / plain).toFixed(2), '–');
}

async function inWorkers(): Promise<void> {
  const { write, heavy, memory } = await runWorkerBench();
  print('workers + IndexedDB, write load', perSecond(write.eventsPerSecond), '≥ 20,000/s');
  print('  to bare comlink calls of the same batches', write.ratioToComlink.toFixed(2), '≥ 0.7');
  print('workers + IndexedDB, heavy load', perSecond(heavy.eventsPerSecond), '≥ 50,000/s');
  print('  to bare comlink calls of the same batches', heavy.ratioToComlink.toFixed(2), '≥ 0.7');
  print('workers, disks in memory, write load', perSecond(memory.eventsPerSecond), '–');
}

/** The page as it is shipped: how much script it needs, and when an ensemble serves. */
async function page(): Promise<void> {
  await build({ root, logLevel: 'warn' });
  const html = readFileSync(join(root, 'dist/index.html'), 'utf8');
  const assets = join(root, 'dist/assets');
  const sizeOf = (file: string): number => gzipSync(readFileSync(join(assets, file))).length;
  const scripts = readdirSync(assets).filter((f) => f.endsWith('.js'));
  const initial = scripts.filter((f) => html.includes(f)).map(sizeOf);
  const total = initial.reduce((a, b) => a + b, 0) / 1000;
  print('initial JavaScript, gzipped', `${total.toFixed(1)} kB`, '≤ 150 kB');
  const workers = scripts.filter((f) => f.includes('worker')).map(sizeOf);
  print('  workers beside it', `${(workers.reduce((a, b) => a + b, 0) / 1000).toFixed(1)} kB`, '–');
  const times: number[] = [];
  for (let i = 0; i < 5; i++) times.push(await loadOnce());
  times.sort((a, b) => a - b);
  print('page load to a serving ensemble, median of 5', `${String(times[2])} ms`, '≤ 1,000 ms');
}

async function loadOnce(): Promise<number> {
  const server = await preview({ root, logLevel: 'warn', preview: { port: 0 } });
  const profile = mkdtempSync(join(tmpdir(), 'bench-profile-'));
  const executablePath = findBrowser();
  const context = await chromium.launchPersistentContext(profile, {
    headless: true,
    args: [...browserArguments],
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  const tab = await context.newPage();
  const { port } = server.httpServer.address() as { port: number };
  await tab.goto('about:blank');
  const start = Date.now();
  await tab.goto(`http://127.0.0.1:${String(port)}/`, { waitUntil: 'commit' });
  await tab.locator('svg [aria-label*="leading"]').first().waitFor();
  const took = Date.now() - start;
  await context.close();
  await server.close();
  rmSync(profile, { recursive: true, force: true });
  return took;
}

await inThread();
await inWorkers();
await page();
