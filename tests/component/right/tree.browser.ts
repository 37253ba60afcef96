import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import TreePane from '../../../src/ui/tree/TreePane.svelte';
import type { Zxid } from '../../../src/core/zxid.ts';
import { cannedFrame, cannedTree, sid } from '../canned-frames.ts';
import { stage } from './stage.ts';

const item = (name: RegExp | string) => page.getByRole('treeitem', { name });

test('the list says kind, owner and watchers of each znode', async () => {
  await stage(TreePane);
  await expect.element(item('config, persistent, watched by A')).toBeVisible();
  await expect.element(item('lock-0000000012, ephemeral, sequential, owned by A')).toBeVisible();
  await expect.element(item(/^locks, container/)).toHaveAttribute('aria-expanded', 'true');
  await expect.element(item(/^zookeeper/)).toHaveAttribute('aria-expanded', 'false');
});

test('arrow keys walk, fold and unfold; Enter selects', async () => {
  const { playground } = await stage(TreePane);
  await expect.element(item(/^config/)).toBeVisible();
  (page.getByRole('tree').element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
  expect(playground.selection).toEqual({ kind: 'znode', path: '/app/config' });
  await expect.element(item(/^config/)).toHaveAttribute('aria-selected', 'true');
  await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
  await expect.element(item(/^app/)).toHaveAttribute('aria-expanded', 'false');
  expect(item(/^config/).query()).toBeNull();
  const active = page.getByRole('tree').element().getAttribute('aria-activedescendant') ?? '';
  expect(document.getElementById(active)?.dataset['path']).toBe('/app');
});

test('a znode that is chosen elsewhere is unfolded', async () => {
  const { playground } = await stage(TreePane);
  await expect.element(item(/^zookeeper/)).toHaveAttribute('aria-expanded', 'false');
  playground.select({ kind: 'znode', path: '/zookeeper/quota' });
  await expect.element(item(/^quota/)).toHaveAttribute('aria-selected', 'true');
});

test('a search shows the way to what it finds, and says how much', async () => {
  await stage(TreePane);
  await page.getByRole('searchbox', { name: 'Search' }).fill('quota');
  await expect.element(page.getByText('1 found')).toBeVisible();
  await expect.element(item(/^quota/)).toBeVisible();
  expect(item(/^config/).query()).toBeNull();
});

test('what a step changed is marked, and what it removed is named', async () => {
  const { fake } = await stage(TreePane);
  await expect.element(item(/^config/)).toBeVisible();
  const before = cannedTree(sid(4));
  const nodes = before.nodes
    .filter((node) => node.path !== '/app/members/web-2')
    .map((node) =>
      node.path === '/app/config' ? { ...node, mzxid: 0x300000009n as Zxid, text: 'new' } : node,
    );
  fake.show({ ...fake.frame(), tree: { ...before, treeVersion: 2, nodes } });
  await expect.element(item(/^config.*data set$/)).toBeVisible();
  await expect.element(page.getByText('/app/members/web-2')).toBeVisible();
  await expect.element(page.getByText('deleted')).toBeVisible();
});

test('the chooser asks for another member, and a dead one says why it has no tree', async () => {
  const { fake } = await stage(TreePane);
  await page.getByRole('combobox', { name: 'Tree of' }).selectOptions('server 3 · down');
  expect(fake.calls).toContain('focus 3');
  await expect.element(page.getByText(/Server 3 is down, and its tree is gone/)).toBeVisible();
});

test('the drawing has the same znodes and keys', async () => {
  const { playground } = await stage(TreePane);
  await page.getByRole('button', { name: 'Drawing' }).click();
  await expect.element(item(/^config/)).toBeVisible();
  expect(page.getByRole('tree').element().tagName).toBe('svg');
  (page.getByRole('tree').element() as unknown as SVGElement).focus();
  await userEvent.keyboard('{End}{Enter}');
  expect(playground.selection).toEqual({ kind: 'znode', path: '/zookeeper' });
  const before = page.getByRole('tree').element().querySelector('g')?.getAttribute('transform');
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await expect
    .poll(() => page.getByRole('tree').element().querySelector('g')?.getAttribute('transform'))
    .not.toBe(before);
});

test('of ten thousand siblings a drawing shows the first, a list only those in sight', async () => {
  const many = Array.from({ length: 5000 }, (_, n) => {
    const [, app] = cannedTree(sid(4)).nodes;
    if (app === undefined) throw new Error('the canned tree has /app');
    return { ...app, path: `/n${String(n)}`, name: `n${String(n)}`, numChildren: 0 };
  });
  const [root] = cannedTree(sid(4)).nodes;
  if (root === undefined) throw new Error('the canned tree has a root');
  const { fake } = await stage(TreePane);
  const nodes = [{ ...root, numChildren: 5000 }, ...many];
  fake.show({ ...cannedFrame(), tree: { ...cannedTree(sid(4)), treeVersion: 2, nodes } });
  await page.getByRole('button', { name: 'Drawing' }).click();
  await expect.element(page.getByText('+4900 more')).toBeVisible();
  expect(page.getByRole('treeitem').elements().length).toBeLessThan(200);
  await page.getByRole('button', { name: 'List' }).click();
  await expect.element(item(/^n1$|^n1,/).first()).toBeVisible();
  expect(page.getByRole('treeitem').elements().length).toBeLessThan(80);
  (page.getByRole('tree').element() as HTMLElement).focus();
  await userEvent.keyboard('{End}');
  await expect.element(item(/^n4999/)).toBeVisible();
});
