/** The page as it is shipped: how much script it needs, and when an ensemble serves on screen. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { browserArguments, findBrowser } from '../support/find-browser.mjs';
import { print } from './print.ts';

declare global {
  interface Window {
    /** When somebody led on screen. */
    benchServed?: number;
  }
}

/** Looks at every frame of the page. */
const WATCH = `(() => {
  const look = () => {
    if (document.querySelector('svg [aria-label*="leading"]')) window.benchServed = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()`;

/** @param outDir of the built page. @param baseURL where it is served. */
export async function printPage(outDir: string, baseURL: string): Promise<void> {
  const html = readFileSync(join(outDir, 'index.html'), 'utf8');
  const assets = join(outDir, 'assets');
  const sizeOf = (file: string): number => gzipSync(readFileSync(join(assets, file))).length;
  const scripts = readdirSync(assets).filter((file) => file.endsWith('.js'));
  const kB = (files: readonly string[]): string =>
    `${(files.map(sizeOf).reduce((a, b) => a + b, 0) / 1000).toFixed(1)} kB`;
  print('initial JavaScript, gzipped', kB(scripts.filter((f) => html.includes(f))), '≤ 150 kB');
  print('  workers beside it', kB(scripts.filter((f) => f.includes('worker'))), '–');
  const times: number[] = [];
  for (let i = 0; i < 5; i++) times.push(await loadOnce(baseURL));
  times.sort((a, b) => a - b);
  print('page load to a serving ensemble, median of 5', `${String(times[2])} ms`, '≤ 1,000 ms');
}

/**
 * Milliseconds on the clock of the page, which begins with its navigation, to the first frame in
 * which somebody leads; with a profile that has never seen the page.
 */
async function loadOnce(baseURL: string): Promise<number> {
  const profile = mkdtempSync(join(tmpdir(), 'bench-profile-'));
  const executablePath = findBrowser();
  const context = await chromium.launchPersistentContext(profile, {
    headless: true,
    args: [...browserArguments],
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  try {
    const tab = await context.newPage();
    await tab.addInitScript({ content: WATCH });
    await tab.goto(baseURL, { waitUntil: 'commit' });
    const served = await tab.waitForFunction(() => window.benchServed, null, { polling: 100 });
    return Math.round((await served.jsonValue()) ?? NaN);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}
