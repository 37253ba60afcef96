/**
 * What the space-time diagram costs with 100,000 events: a frame of moving and zooming while all of
 * them are in sight, and while a few are. Measured is the work of the main thread from one animation
 * frame to the next. The diagram stands alone on a page that lives the run itself.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator } from '@playwright/test';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build, preview } from 'vite';
import { print } from '../print.ts';
import type { Spread } from './ensemble.ts';
import { measured } from './log.ts';

export interface SpaceTimeFigures {
  readonly whole: Spread;
  readonly close: Spread;
}

const SECONDS = 5;
const AIM = '≤ 16.7 ms';

export async function benchSpaceTime(browser: Browser): Promise<SpaceTimeFigures> {
  const outDir = mkdtempSync(join(tmpdir(), 'bench-spacetime-'));
  const site = {
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'warn',
    plugins: [svelte({ configFile: false })],
    build: {
      target: 'es2023',
      outDir,
      rolldownOptions: { input: join(import.meta.dirname, 'spacetime.html') },
    },
  } as const;
  await build({ ...site, plugins: [...site.plugins] });
  const server = await preview({ ...site, plugins: [], preview: { port: 0 } });
  try {
    const { port } = server.httpServer.address() as { port: number };
    const figures = await measure(browser, `http://localhost:${String(port)}/spacetime.html`);
    const ms = ({ p50, p95 }: Spread): string => `${p50.toFixed(1)} / ${p95.toFixed(1)} ms`;
    print('space-time, 100,000 events in sight, a frame, p50 / p95', ms(figures.whole), AIM);
    print('  a few hundred in sight', ms(figures.close), AIM);
    return figures;
  } finally {
    await server.close();
    rmSync(outDir, { recursive: true });
  }
}

async function measure(browser: Browser, url: string): Promise<SpaceTimeFigures> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    await page.addInitScript({ content: 'globalThis.__name = (f) => f;' });
    await page.goto(url);
    const picture = page.getByRole('application', { name: /^Space-time diagram/ });
    await picture.waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Whole run' }).click();
    const whole = await measured(browser, page, () => turnWheel(picture, SECONDS, 40));
    await page.getByRole('button', { name: 'Whole run' }).click();
    await picture.focus();
    for (let n = 0; n < 24; n++) await page.keyboard.press('+');
    const close = await measured(browser, page, () => turnWheel(picture, SECONDS, 40));
    return { whole, close };
  } finally {
    await page.close();
  }
}

/** One turn of the wheel a frame: it zooms to and fro, and every third turn moves. */
async function turnWheel(picture: Locator, seconds: number, by: number): Promise<void> {
  await picture.locator('canvas').evaluate(
    (canvas, [wanted, delta]) =>
      new Promise<void>((resolve) => {
        const { left, top } = canvas.getBoundingClientRect();
        const begin = performance.now();
        let turn = 0;
        const next = (): void => {
          if (performance.now() - begin > wanted * 1000) {
            resolve();
            return;
          }
          turn += 1;
          const way = turn % 40 < 20 ? -1 : 1;
          const moves = turn % 3 === 0;
          const wheel = { deltaX: moves ? way * 30 : 0, deltaY: moves ? 0 : way * delta };
          const at = { clientX: left + 400, clientY: top + 100 };
          canvas.dispatchEvent(
            new WheelEvent('wheel', { ...wheel, ...at, bubbles: true, cancelable: true }),
          );
          requestAnimationFrame(next);
        };
        requestAnimationFrame(next);
      }),
    [seconds, by] as const,
  );
}
