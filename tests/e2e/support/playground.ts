/**
 * What every end-to-end test starts from: Playwright's `test` with two promises
 * kept on the way, and a browser whose disk is real.
 *
 * - `quiet` (automatic): the page logs no error or warning, throws nothing, and
 *   asks no other host for anything.
 * - `computer`: browsers on a profile of their own, kept on disk. Playwright's
 *   usual contexts hold IndexedDB in memory, which proves nothing of durability.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  expect as baseExpect,
  test as base,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from '@playwright/test';

/** A person's machine: it may close its browser, or lose power, and open it again. */
export interface Computer {
  /** Opens the browser, or opens it once more, and gives its first page. */
  switchOn(options?: BrowserContextOptions): Promise<Page>;
  /** Closes the browser as a person does. What it stored stays on disk. */
  switchOff(): Promise<void>;
}

/** Virtual time is quick, but the machine may be busy: milliseconds before a test gives up. */
const TIMEOUT = 20_000;

/** For `expect(…).toPass(PATIENCE)`. */
export const PATIENCE = { timeout: TIMEOUT, intervals: [50, 100, 200] };

export const expect = baseExpect.configure({ timeout: TIMEOUT });

interface Fixtures {
  readonly quiet: Complaints;
  readonly computer: Computer;
}

/** What pages did that they should not. A test that expects a complaint takes it out. */
export interface Complaints {
  readonly list: string[];
  watch(context: BrowserContext): void;
}

function collectComplaints(baseURL: string): Complaints {
  const list: string[] = [];
  const watchPage = (page: Page): void => {
    page.on('pageerror', (error) => list.push(`uncaught: ${error.message}`));
    page.on('crash', () => list.push('the page crashed'));
  };
  return {
    list,
    watch: (context) => {
      // Who comes for the first time is shown around: a test that wants that takes it out.
      void context.addInitScript(() => {
        if (!location.protocol.startsWith('http')) return;
        localStorage.setItem('zookeeper-playground.tour', 'seen');
      });
      // Messages of the workers arrive at the context's console as well.
      context.on('console', (message) => {
        // Playwright's own, where it keeps service workers away.
        if (message.text() === 'Service Worker registration blocked by Playwright') return;
        if (message.type() === 'error' || message.type() === 'warning') {
          list.push(`console ${message.type()}: ${message.text()}`);
        }
      });
      context.on('request', (request) => {
        const url = request.url();
        if (/^(https?|wss?):/.test(url) && !url.startsWith(`${baseURL}/`)) {
          list.push(`request to another host: ${url}`);
        }
      });
      context.pages().forEach(watchPage);
      context.on('page', watchPage);
    },
  };
}

export const test = base.extend<Fixtures>({
  quiet: [
    async ({ context, baseURL }, use) => {
      const complaints = collectComplaints(baseURL ?? '');
      complaints.watch(context);
      await use(complaints);
      expect(complaints.list, 'what the pages complained of').toEqual([]);
    },
    { auto: true },
  ],

  computer: async ({ playwright, launchOptions, baseURL, quiet }, use) => {
    const profile = await mkdtemp(join(tmpdir(), 'playground-profile-'));
    let context: BrowserContext | undefined;
    const switchOff = async (): Promise<void> => {
      await context?.close();
      context = undefined;
    };
    await use({
      switchOn: async (options = {}) => {
        expect(context, 'the browser is closed before it is opened again').toBeUndefined();
        context = await playwright.chromium.launchPersistentContext(profile, {
          ...launchOptions,
          headless: true,
          serviceWorkers: 'block',
          ...(baseURL === undefined ? {} : { baseURL }),
          ...options,
        });
        quiet.watch(context);
        return context.pages()[0] ?? context.newPage();
      },
      switchOff,
    });
    await switchOff();
    await rm(profile, { recursive: true, force: true, maxRetries: 3 });
  },
});
