/** Builds the worker bench, opens it in a browser with a profile on disk, and gives its numbers. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { browserArguments, findBrowser } from '../support/find-browser.mjs';
import type { WorkerBench } from './worker-bench.ts';

const configFile = fileURLToPath(new URL('./vite.config.ts', import.meta.url));

/** @param seconds of the wall, for each of the measurements. */
export async function runWorkerBench(seconds = 3): Promise<WorkerBench> {
  await build({ configFile, logLevel: 'warn' });
  const server = await preview({ configFile, logLevel: 'warn', preview: { port: 0 } });
  // A private context would keep IndexedDB in memory.
  const profile = await mkdtemp(join(tmpdir(), 'worker-bench-'));
  const executablePath = findBrowser();
  const context = await chromium.launchPersistentContext(profile, {
    headless: true,
    args: [...browserArguments],
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  try {
    const page = await context.newPage();
    const { port } = server.httpServer.address() as { port: number };
    await page.goto(`http://localhost:${String(port)}/worker-bench.html`);
    await page.waitForFunction(() => 'workerBench' in globalThis);
    return await page.evaluate((s) => globalThis.workerBench(s), seconds);
  } finally {
    await context.close();
    await server.close();
    await rm(profile, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(JSON.stringify(await runWorkerBench(), null, 2));
}
