/** The page as it is shipped: how much script it needs, and when an ensemble serves on screen. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { browserArguments, findBrowser } from '../support/find-browser.mjs';
import { print } from './print.ts';

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

/** Milliseconds, with a profile that has never seen the page. */
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
    await tab.goto('about:blank');
    const start = Date.now();
    await tab.goto(baseURL, { waitUntil: 'commit' });
    await tab.locator('svg [aria-label*="leading"]').first().waitFor();
    return Date.now() - start;
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}
