/**
 * What a person does with the page and sees on it: the ring, the console, the bar. Tests are told
 * in these words, so that a moved button is mended in one place.
 */
import type { Locator, Page } from '@playwright/test';
import { expect, PATIENCE } from './playground.ts';

/** Places of the speed slider: virtual seconds per second of the wall. */
export const SPEED = { tenth: 6, fifth: 7, real: 9, ten: 12, fifty: 14 } as const;

type Place = (typeof SPEED)[keyof typeof SPEED];

/** Opens the page, waits for the first console, and lets time run. */
export async function arrive(page: Page, place: Place = SPEED.ten): Promise<void> {
  await page.goto('./');
  await settle(page, place);
}

/** The page after a load: served, and at a speed that tests can wait for. */
export async function settle(page: Page, place: Place = SPEED.ten): Promise<void> {
  await expect(consolePane(page).getByRole('tab', { name: /^A\b/ })).toBeVisible();
  await setSpeed(page, place);
  await expect(prompt(page)).toHaveAttribute('title', /CONNECTED/);
}

export async function setSpeed(page: Page, place: Place): Promise<void> {
  const slider = page.getByRole('slider', { name: 'Speed' });
  await slider.fill(String(place));
  await expect(slider).toHaveValue(String(place));
}

/** The bar's one big button, while time runs and while it stands. */
export const pauseButton = (page: Page): Locator =>
  page.getByRole('banner').getByRole('button', { name: /^Pause\b/ });
export const playButton = (page: Page): Locator =>
  page.getByRole('banner').getByRole('button', { name: /^Play\b/ });

// --- the ring -----------------------------------------------------------------------------------

export const ensemble = (page: Page): Locator => page.getByRole('region', { name: 'Ensemble' });
export const inspector = (page: Page): Locator => page.getByRole('region', { name: 'Inspector' });
export const znodes = (page: Page): Locator => page.getByRole('region', { name: 'ZNodes' });
export const events = (page: Page): Locator => page.getByRole('region', { name: 'Events' });

/** What the page says after a deed, or instead of it. */
export const messages = (page: Page): Locator => page.getByRole('region', { name: 'Messages' });

/** A fault's button in the belt over the ring. */
export function tool(page: Page, name: RegExp): Locator {
  return ensemble(page).getByRole('toolbar').getByRole('button', { name });
}

export function server(page: Page, sid: number): Locator {
  return ensemble(page).getByRole('button', { name: new RegExp(`^server ${String(sid)}, `) });
}

/** Servers whose state reads so: `leading`, `following`, `down` … */
export function serversIn(page: Page, state: string): Locator {
  return ensemble(page).getByRole('button', { name: new RegExp(`^server \\d+, ${state} · `) });
}

export interface Leader {
  readonly sid: number;
  readonly epoch: number;
}

/** Waits for a leader in sight that is none of `others`. */
export async function leader(page: Page, others: readonly number[] = []): Promise<Leader> {
  let found: Leader | undefined;
  await expect(async () => {
    const labels = await serversIn(page, 'leading').evaluateAll((nodes) =>
      nodes.map((node) => node.getAttribute('aria-label') ?? ''),
    );
    // Between being found and being read, one may have ceased to lead.
    found = labels.map(leaderIn).find(({ sid }) => sid > 0 && !others.includes(sid));
    expect(found, `a leader among: ${labels.join(' / ')}`).toBeDefined();
  }).toPass(PATIENCE);
  return found ?? { sid: 0, epoch: 0 };
}

function leaderIn(label: string): Leader {
  const [, sid, epoch] = /^server (\d+), leading · epoch (\d+)/.exec(label) ?? [];
  return { sid: Number(sid), epoch: Number(epoch) };
}

/** Clicks the middle of its shape, as a hand does. */
export async function clickShape(page: Page, sid: number): Promise<void> {
  const box = await server(page, sid).locator('.shape').boundingBox();
  if (box === null) throw new Error(`server ${String(sid)} is not in sight`);
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

/** Selects a server, or with Shift adds it to the group. A packet may be in the way at first. */
export async function clickServer(page: Page, sid: number, extend = false): Promise<void> {
  const node = server(page, sid);
  await expect(async () => {
    if ((await node.getAttribute('aria-pressed')) === 'true') return;
    if (extend) await page.keyboard.down('Shift');
    await clickShape(page, sid);
    if (extend) await page.keyboard.up('Shift');
    await expect(node).toHaveAttribute('aria-pressed', 'true', { timeout: 2000 });
  }).toPass(PATIENCE);
}

/** Cuts the link between two servers, both ways, with the tool and two clicks. */
export async function cutLink(page: Page, from: number, to: number): Promise<void> {
  const scissors = ensemble(page).getByRole('button', {
    name: new RegExp(
      `^The link between server (${String(from)} and server ${String(to)}|` +
        `${String(to)} and server ${String(from)}) is cut`,
    ),
  });
  await clickServer(page, from);
  await expect(async () => {
    const cut = tool(page, /^Cut/);
    if ((await cut.getAttribute('aria-pressed')) !== 'true') await cut.click();
    await clickShape(page, to);
    await expect(scissors).toBeVisible({ timeout: 2000 });
  }).toPass(PATIENCE);
}

/** Which server a session is attached to, as the ring says. */
export async function serverOfSession(page: Page, name: string): Promise<number> {
  const mark = session(page, name, 'connected to server');
  await expect(mark).toBeVisible();
  const label = (await mark.getAttribute('aria-label')) ?? '';
  return Number(/server (\d+)/.exec(label)?.[1]);
}

export function session(page: Page, name: string, what: string): Locator {
  return ensemble(page).getByRole('button', { name: new RegExp(`^Session ${name}, ${what}`) });
}

/** The whole of what a server logged, newest last; opens it in the inspector. */
export async function openLog(page: Page, sid: number): Promise<Locator> {
  await clickServer(page, sid);
  await inspector(page).getByRole('tab', { name: /^Log/ }).click();
  return inspector(page).getByRole('log', { name: /log lines/i });
}

/** Every safety property, as the foot of the page sums them up. */
export async function expectAllSafe(page: Page): Promise<void> {
  const foot = page.getByRole('contentinfo');
  await expect(foot).toContainText(/\d+ safety properties hold/);
  await expect(foot).not.toContainText('Violated');
}

// --- the console --------------------------------------------------------------------------------

export const consolePane = (page: Page): Locator => page.getByRole('region', { name: 'Console' });

export const commandLine = (page: Page): Locator =>
  consolePane(page).getByRole('combobox', { name: /command/i });

export const prompt = (page: Page): Locator => consolePane(page).locator('label[title^="[zk:"]');

/** Puts a line into the console. Lines wait for those before them. */
export async function type(page: Page, line: string): Promise<void> {
  await commandLine(page).fill(line);
  await commandLine(page).press('Enter');
}

/**
 * The console's lines, each with what it is: `error: …`, `hint: …`, `watch event: …`, `log: …`.
 * The page says and shows it once for several in a row; their look tells it of every one.
 */
export async function printed(page: Page): Promise<string[]> {
  const log = consolePane(page).getByRole('log');
  return log.evaluate((box) =>
    [...box.children].map((line) => {
      const copy = line.cloneNode(true);
      if (!(copy instanceof Element)) return '';
      copy.querySelectorAll('[aria-hidden=true], .visually-hidden').forEach((sign) => {
        sign.remove();
      });
      const kinds = ['error', 'hint', 'watch', 'log'];
      const kind = [...line.classList].find((name) => kinds.includes(name));
      const text = copy.textContent.trim();
      return kind === undefined
        ? text
        : `${kind === 'watch' ? 'watch event' : kind}: ${text}`.trim();
    }),
  );
}

/** What stands under each prompt with that line, oldest first. */
function answersTo(lines: readonly string[], command: string): string[][] {
  const answers: string[][] = [];
  let open: string[] | null = null;
  for (const line of lines) {
    const [, typed] = /^\[zk: [^\]]*\] (.*)$/.exec(line) ?? [];
    if (typed !== undefined) {
      open = typed === command ? [] : null;
      if (open !== null) answers.push(open);
    } else if (!/^log:|^watch event:$/.test(line)) open?.push(line);
  }
  return answers;
}

/** Types the line and waits until its answer reads so. Returns the answer's lines. */
export async function ask(page: Page, line: string, answer: RegExp): Promise<string[]> {
  const before = answersTo(await printed(page), line).length;
  await type(page, line);
  let last: string[] = [];
  await expect(async () => {
    const answers = answersTo(await printed(page), line);
    expect(answers.length, `"${line}" was taken`).toBeGreaterThan(before);
    last = answers.at(-1) ?? [];
    expect(last.join('\n')).toMatch(answer);
  }).toPass(PATIENCE);
  return last;
}

/** Opens one more session, at these servers, through the form a person fills in. */
export async function openSession(
  page: Page,
  name: string,
  servers: readonly number[],
  seconds = 10,
): Promise<void> {
  const pane = consolePane(page);
  await pane
    .getByRole('button', { name: /New session/ })
    .first()
    .click();
  for (const sid of servers) await pane.getByRole('checkbox', { name: String(sid) }).check();
  await pane.getByRole('spinbutton', { name: /timeout/i }).fill(String(seconds));
  await pane.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(sessionTab(page, name)).toHaveAttribute('aria-selected', 'true');
  await expect(prompt(page)).toHaveAttribute('title', /CONNECTED/);
}

export const sessionTab = (page: Page, name: string): Locator =>
  consolePane(page).getByRole('tab', { name: new RegExp(`^${name}\\b`) });

export async function showSession(page: Page, name: string): Promise<void> {
  await sessionTab(page, name).click();
  await expect(sessionTab(page, name)).toHaveAttribute('aria-selected', 'true');
}
