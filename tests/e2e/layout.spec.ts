/** Nothing sticks out of the window, nothing in the bar covers its neighbour; and a picture each. */
import type { Page } from '@playwright/test';
import { arrive, ask, clickServer, leader } from './support/person.ts';
import { expect, test } from './support/playground.ts';

const WINDOWS = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
] as const;

/** Elements that reach over the window's edge and that no scrolling box holds. */
function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const clips = (element: Element): boolean => {
      for (let at = element.parentElement; at !== null; at = at.parentElement) {
        if (at.matches('.page, body')) return false;
        const { overflowX, overflowY } = getComputedStyle(at);
        if (/auto|scroll|hidden|clip/.test(overflowX + overflowY)) return true;
      }
      return false;
    };
    return [...document.querySelectorAll('body *')].flatMap((element) => {
      const box = element.getBoundingClientRect();
      const unseen = box.width <= 1 || box.height <= 1 || !element.checkVisibility();
      const inside =
        box.left >= -1 &&
        box.top >= -1 &&
        box.right <= innerWidth + 1 &&
        box.bottom <= innerHeight + 1;
      const drawn = element.closest('svg, .visually-hidden, [popover]') !== null;
      if (unseen || inside || drawn || clips(element)) return [];
      const { left, top, right, bottom } = box;
      return [`${element.outerHTML.slice(0, 120)} at ${[left, top, right, bottom].join(', ')}`];
    });
  });
}

/** Pairs of controls and texts in the bar that lie on each other, and labels that do not fit. */
function covered(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const WORDS = 'output, .moment, .present, .seed';
    const bar = document.querySelector('header.bar') ?? document.body;
    const parts = [...bar.querySelectorAll(`button, input, ${WORDS}, h1`)].filter(
      (part) => part.checkVisibility() && part.getBoundingClientRect().width > 1,
    );
    const found: string[] = [];
    /** Of a control its box; of a text what is written, not the room that it keeps. */
    const boxOf = (part: Element): DOMRect => {
      if (!part.matches(WORDS)) return part.getBoundingClientRect();
      const range = document.createRange();
      range.selectNodeContents(part);
      return range.getBoundingClientRect();
    };
    const name = (part: Element): string => part.getAttribute('aria-label') ?? part.textContent;
    for (const [at, a] of parts.entries()) {
      if (a.tagName === 'BUTTON' && a.scrollWidth > a.clientWidth + 1)
        found.push(`cut: ${name(a)}`);
      const p = boxOf(a);
      for (const b of parts.slice(at + 1)) {
        const q = boxOf(b);
        const x = Math.min(p.right, q.right) - Math.max(p.left, q.left);
        const y = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
        if (x > 1.5 && y > 1.5) found.push(`${name(a)} and ${name(b)}`);
      }
    }
    return found;
  });
}

/** Names and letters of the ring that its own picture cuts off. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const svg = document.querySelector('svg[role=group]');
    const frame = svg?.getBoundingClientRect();
    if (svg === null || frame === undefined) return ['no ring'];
    return [...svg.querySelectorAll('.server text')].flatMap((text) => {
      const box = text.getBoundingClientRect();
      const inside =
        box.left >= frame.left - 2 &&
        box.right <= frame.right + 2 &&
        box.top >= frame.top - 2 &&
        box.bottom <= frame.bottom + 2;
      return inside || box.width === 0 ? [] : [text.textContent];
    });
  });
}

for (const theme of ['light', 'dark'] as const) {
  test(`in the ${theme} theme every window holds the whole page`, async ({ page }, info) => {
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize(WINDOWS[0]);
    await arrive(page);
    await ask(page, 'create /app "a value"', /^Created/);
    await ask(page, 'create -e /app/worker', /^Created/);
    await ask(page, 'get -w /app', /^a value$/);
    await clickServer(page, (await leader(page)).sid);
    for (const size of WINDOWS) {
      const name = `${String(size.width)}x${String(size.height)}`;
      await page.setViewportSize(size);
      await expect.poll(() => overflowing(page), name).toEqual([]);
      await expect.poll(() => covered(page), name).toEqual([]);
      await expect.poll(() => cutOff(page), name).toEqual([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, `${name} scrolls sideways`).toBeLessThanOrEqual(size.width);
      await page.screenshot({ path: info.outputPath(`${name}-${theme}.png`) });
    }
  });
}

test('in the past the way back has its room in the bar, at every width', async ({ page }) => {
  await arrive(page);
  await ask(page, 'create /app one', /^Created/);
  await page
    .getByRole('banner')
    .getByRole('button', { name: /^Pause\b/ })
    .click();
  await page.getByRole('button', { name: 'Back by an event' }).click();
  const back = page.getByRole('banner').getByRole('button', { name: 'Back to present' });
  for (let width = 800; width <= 1920; width += 40) {
    await page.setViewportSize({ width, height: 900 });
    await expect(back, `at ${String(width)}`).toBeVisible();
    await expect.poll(() => covered(page), `at ${String(width)}`).toEqual([]);
  }
});

test('a lesson is read beside its ensemble in a window of 1024 pixels, too', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  for (const [id, beside] of [
    ['znodes/kinds', 'Ensemble'],
    ['drills/one-way-link', 'Operator'],
  ] as const) {
    await page.goto(`./#lesson=${id}`);
    const lesson = page.getByRole('region', { name: 'Lesson', exact: true });
    await expect(lesson.getByText('Time stands still.')).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole('region', { name: beside, exact: true })).toBeVisible();
    const box = await lesson.boundingBox();
    expect(box?.height, `${id} has the height of the window`).toBeGreaterThan(450);
    expect(await overflowing(page), id).toEqual([]);
  }
  const tree = page.getByRole('region', { name: 'ZNodes', exact: true });
  await page.goto('./#lesson=znodes/kinds');
  await expect(tree.getByRole('treeitem').first()).toBeInViewport();
});
