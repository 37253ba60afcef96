import { defineConfig } from '@playwright/test';
import { browserArguments, findBrowser } from './tests/support/find-browser.mjs';

/** Workers inherit the variable, so the whole run agrees on a port of its own. */
const port = (process.env['E2E_PORT'] ??= String(20_000 + (process.pid % 20_000)));
const baseURL = `http://127.0.0.1:${port}`;
const executablePath = findBrowser();
/** Another build than the one in dist/, if that is to be tested. */
const dist = (process.env['E2E_DIST'] ??= 'dist');

export default defineConfig({
  testDir: 'tests/e2e',
  workers: 1,
  retries: 1,
  timeout: 60_000,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: 'list',
  use: {
    baseURL,
    browserName: 'chromium',
    headless: true,
    // Kept files would outlive the test that they belong to; one spec is about them.
    serviceWorkers: 'block',
    launchOptions: {
      args: [...browserArguments],
      ...(executablePath === undefined ? {} : { executablePath }),
    },
  },
  webServer: {
    command: `npx vite preview --outDir ${dist} --host 127.0.0.1 --port ${port} --strictPort`,
    url: baseURL,
    reuseExistingServer: false,
  },
});
