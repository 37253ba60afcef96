/**
 * Makes public/social-card.png, the picture that links to the page are shown with, from the page
 * itself: `npx vite preview --port 4173`, then `node tests/support/social-card.mjs`.
 */
import { chromium } from 'playwright';
import { browserArguments, findBrowser } from './find-browser.mjs';

const url = process.argv[2] ?? 'http://localhost:4173/';
const executablePath = findBrowser();
const browser = await chromium.launch({
  args: [...browserArguments],
  ...(executablePath === undefined ? {} : { executablePath }),
});
const page = await browser.newPage({
  viewport: { width: 800, height: 420 },
  deviceScaleFactor: 1.5,
  locale: 'en',
});
await page.addInitScript(() => {
  const layout = {
    preset: 'present',
    changed: { present: { centre: ['ensemble'] } },
    known: ['ensemble', 'log', 'timeline'],
  };
  localStorage.setItem('zookeeper-playground.tour', 'seen');
  localStorage.setItem('zookeeper-playground.theme', 'light');
  localStorage.setItem('zookeeper-playground.layout', JSON.stringify(layout));
});
await page.goto(url);
// A leader, then none, then another in the next epoch: its first packets are on their way.
await page.getByRole('button', { name: 'Crash the leader' }).click();
await page.keyboard.press('Escape');
await page.keyboard.press('Space');
const reign = page.getByRole('button', { name: /leading · epoch 2/ });
for (let step = 0; step < 60 && !(await reign.isVisible()); step += 1) {
  await page.keyboard.press('n');
  await page.waitForTimeout(200);
}
for (let step = 0; step < 4; step += 1) {
  await page.keyboard.press('ArrowRight');
  await page.waitForTimeout(200);
}
await page.addStyleTag({
  content: `
    .page > :not(main), .region > :not(.place), .pane > :not(:last-child), .notices,
    .pane :is([role='group'] > button, .modes, .views) { display: none !important; }
    .workspace { padding: 0 0 0 270px !important; }
    .pane { border: 0 !important; background: none !important; }
    .card { position: fixed; inset: 0 auto 0 40px; width: 240px; display: grid; align-content: center;
      gap: 16px; font-size: 15px; line-height: 1.4; }
    .card h1 { margin: 0; font-size: 38px; line-height: 1.05; letter-spacing: -0.02em; }`,
});
await page.evaluate(() => {
  const card = document.createElement('div');
  card.className = 'card';
  const title = document.createElement('h1');
  title.textContent = 'ZooKeeper Playground';
  const text = document.createElement('p');
  text.textContent =
    'A real ensemble in a browser tab. Watch it elect, replicate, crash and recover, and break it on purpose.';
  card.append(title, text);
  document.body.append(card);
});
await page.waitForTimeout(600);
await page.screenshot({ path: 'public/social-card.png' });
await browser.close();
