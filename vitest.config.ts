import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { browserArguments, findBrowser } from './tests/support/find-browser.mjs';

const executablePath = findBrowser();

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [svelte()],
        // Svelte's client build, so that runes in `.svelte.ts` are live here too.
        resolve: { conditions: ['browser'] },
        test: {
          name: 'node',
          environment: 'node',
          include: ['tests/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        plugins: [svelte()],
        worker: { format: 'es' },
        optimizeDeps: { include: ['comlink', 'd3', 'fflate', 'idb-keyval'] },
        test: {
          name: 'browser',
          include: ['tests/**/*.browser.ts'],
          globalSetup: ['tests/support/provide-node-hash.ts'],
          testTimeout: 30_000,
          // Files share one origin, and so its IndexedDB and its locks.
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                args: [...browserArguments],
                ...(executablePath === undefined ? {} : { executablePath }),
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
