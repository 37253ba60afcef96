/**
 * `npm run bench:ui`: how the page feels, in figures measured now: the built page in a browser with
 * a profile on disk. What is printed for a frame is the work of the main thread, so that it says
 * the same on a machine that is busy with other things.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from '@playwright/test';
import { build, preview } from 'vite';
import { browserArguments, findBrowser } from '../../support/find-browser.mjs';
import { printChronicle } from '../chronicle.ts';
import { printPage } from '../page.ts';
import { benchEnsemble } from './ensemble.ts';
import { benchLog } from './log.ts';
import { benchMemory } from './memory.ts';
import { benchSpaceTime } from './spacetime.ts';
import { benchTree } from './tree.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

type Bench = (browser: Browser, baseURL: string) => Promise<unknown>;

/** In the order in which they are printed. `npm run bench:ui -- memory` runs the one. */
const benches: Readonly<Record<string, Bench>> = {
  ensemble: benchEnsemble,
  log: benchLog,
  tree: benchTree,
  spacetime: benchSpaceTime,
  memory: benchMemory,
};

const asked = process.argv.slice(2);
const isAsked = (name: string): boolean => asked.length === 0 || asked.includes(name);

const unknown = asked.filter((name) => !(name in benches) && name !== 'page' && name !== 'seek');
if (unknown.length > 0) {
  const names = ['page', 'seek', ...Object.keys(benches)].join(', ');
  throw new Error(`${unknown.join(', ')}: there is no such measurement, only ${names}.`);
}

const outDir = mkdtempSync(join(tmpdir(), 'bench-ui-'));
await build({ root, logLevel: 'warn', build: { outDir } });
const server = await preview({ root, logLevel: 'warn', build: { outDir }, preview: { port: 0 } });
try {
  const { port } = server.httpServer.address() as { port: number };
  const baseURL = `http://127.0.0.1:${String(port)}/`;
  if (isAsked('page')) await printPage(outDir, baseURL);
  if (isAsked('seek')) printChronicle();
  for (const [name, bench] of Object.entries(benches)) {
    if (!isAsked(name)) continue;
    const executablePath = findBrowser();
    const browser = await chromium.launch({
      args: [...browserArguments, '--enable-precise-memory-info'],
      ...(executablePath === undefined ? {} : { executablePath }),
    });
    try {
      await bench(browser, baseURL);
    } finally {
      await browser.close();
    }
  }
} finally {
  await server.close();
  rmSync(outDir, { recursive: true });
}
