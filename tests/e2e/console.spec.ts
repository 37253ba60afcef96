/** The console: zkCli's commands, what they print, and what they say when they are refused. */
import {
  arrive,
  ask,
  commandLine,
  consolePane,
  openSession,
  printed,
  prompt,
  showSession,
  type,
  znodes,
} from './support/person.ts';
import { expect, PATIENCE, test } from './support/playground.ts';

test('create, get, set, stat and delete, with versions', async ({ page }) => {
  await arrive(page);
  await ask(page, 'create /app one', /^Created \/app$/);
  await ask(page, 'get /app', /^one$/);
  await ask(page, 'create /app again', /^error: Node already exists: \/app\nhint: ./);
  await type(page, 'set -v 0 /app two');
  await ask(page, 'get -s /app', /^two\n(.*\n)*dataVersion = 1\n/);

  await test.step('a wrong version is refused, and says so', async () => {
    await ask(
      page,
      'set -v 0 /app three',
      /^error: version No is not valid : \/app\nhint: .*version 0.*at 1/,
    );
    await ask(page, 'delete -v 7 /app', /^error: version No is not valid : \/app\nhint: ./);
    await ask(page, 'get /app', /^two$/);
  });

  await test.step('stat and ls -s print every field', async () => {
    const stat = await ask(page, 'stat /app', /numChildren = 0$/);
    const names = stat.map((line) => line.split(' = ')[0]);
    expect(names).toEqual([
      ...['cZxid', 'ctime', 'mZxid', 'mtime', 'pZxid', 'cversion', 'dataVersion'],
      ...['aclVersion', 'ephemeralOwner', 'dataLength', 'numChildren'],
    ]);
    await ask(page, 'ls -s /', /^\[app, zookeeper\]\ncZxid = 0x0\n(.*\n)*numChildren = 2$/);
  });

  await type(page, 'delete -v 1 /app');
  await ask(page, 'stat /app', /^error: Node does not exist: \/app\n/);
});

test('ephemerals end with their session; sequentials are counted', async ({ page }) => {
  await arrive(page);
  await ask(page, 'create /queue', /^Created \/queue$/);
  await ask(page, 'create -s /queue/n- x', /^Created \/queue\/n-0000000000$/);
  await ask(page, 'create -s /queue/n- x', /^Created \/queue\/n-0000000001$/);
  await ask(page, 'ls /queue', /^\[n-0000000000, n-0000000001\]$/);

  await openSession(page, 'B', [2]);
  await ask(page, 'create -e /mine', /^Created \/mine$/);
  await ask(page, 'create -s -e /queue/n- y', /^Created \/queue\/n-0000000002$/);
  await ask(page, 'create /mine/child', /^error: Ephemerals cannot have children: \/mine\/child\n/);
  const owned = znodes(page).getByRole('treeitem', { name: /^mine, ephemeral, owned by B/ });
  await expect(owned).toBeVisible();
  await type(page, 'close');
  await expect(owned).toBeHidden();
  await expect(consolePane(page).getByText(/This session is over/)).toBeVisible();

  await showSession(page, 'A');
  await ask(page, 'ls /', /^\[queue, zookeeper\]$/);
  await ask(page, 'ls /queue', /^\[n-0000000000, n-0000000001\]$/);
});

test('a watch fires where it was set, once, whoever changes the znode', async ({ page }) => {
  await arrive(page);
  await ask(page, 'create /watched one', /^Created/);
  await ask(page, 'get -w /watched', /^one$/);
  await ask(page, 'ls -w /watched', /^\[\]$/);
  await ask(page, 'stat -w /later', /^error: Node does not exist: \/later\nhint: .*watch is set/);

  await openSession(page, 'B', []);
  await type(page, 'set /watched two');
  await type(page, 'set /watched three');
  await ask(page, 'create /watched/child', /^Created/);
  await ask(page, 'create /later', /^Created/);
  expect((await printed(page)).join('\n')).not.toMatch(/type:Node/);

  await showSession(page, 'A');
  await expect(async () => {
    const fired = (await printed(page)).flatMap((line) => {
      const [, event] = /^watch event: .*type:(Node\w+ path:\S+)/.exec(line) ?? [];
      return event === undefined ? [] : [event];
    });
    expect(fired).toEqual([
      'NodeDataChanged path:/watched',
      'NodeChildrenChanged path:/watched',
      'NodeCreated path:/later',
    ]);
  }).toPass(PATIENCE);
});

test('deleteall takes a whole branch, delete only a leaf', async ({ page }) => {
  await arrive(page);
  for (const path of ['/a', '/a/b', '/a/b/c', '/a/d']) {
    await ask(page, `create ${path}`, new RegExp(`^Created ${path}$`));
  }
  await ask(page, 'delete /a', /^error: Node not empty: \/a\nhint: .*deleteall \/a/);
  await ask(page, 'ls -R /a', /^\/a\n\/a\/b\n\/a\/d\n\/a\/b\/c$|^\/a\n\/a\/b\n\/a\/b\/c\n\/a\/d$/);
  await type(page, 'deleteall /a');
  await ask(page, 'ls /', /^\[zookeeper\]$/);
});

test('what cannot be done is said clearly and loses nothing', async ({ page }) => {
  await arrive(page);
  await ask(page, 'create /kept value', /^Created/);
  await ask(page, 'frobnicate /x', /error: Command not found: .*frobnicate.*\nhint: help/);
  await ask(
    page,
    'create relative',
    /^error: Path must start with \/ character\nhint: .*\/relative/,
  );
  await ask(page, 'create /a//b', /^error: Invalid path string "\/a\/\/b"/);
  await ask(page, 'get /none', /^error: Node does not exist: \/none\nhint: ./);
  await ask(page, 'create /none/child', /^error: Node does not exist: \/none\/child\n/);
  await ask(page, 'set /kept', /^error: set path data/);

  await test.step('data over the limit', async () => {
    await type(page, `set /kept ${'x'.repeat(1_100_000)}`);
    const log = consolePane(page).getByRole('log');
    await expect(log).toContainText(/larger than jute\.maxbuffer \(\d+ bytes\): not sent/);
    await expect(prompt(page)).toHaveAttribute('title', /CONNECTED/);
  });
  await ask(page, 'get /kept', /^value$/);
});

test('history by the arrow keys, completion by Tab', async ({ page }) => {
  await arrive(page);
  const line = commandLine(page);
  await ask(page, 'create /apple 1', /^Created/);
  await ask(page, 'create /apricot 2', /^Created/);
  await line.press('ArrowUp');
  await expect(line).toHaveValue('create /apricot 2');
  await line.press('ArrowUp');
  await expect(line).toHaveValue('create /apple 1');
  await line.press('ArrowDown');
  await line.press('ArrowDown');
  await expect(line).toHaveValue('');
  await ask(page, 'history', /^0 - create \/apple 1\n1 - create \/apricot 2\n2 - history$/);

  await line.pressSequentially('get /a');
  await line.press('Tab');
  await expect(line).toHaveValue('get /ap');
  const options = consolePane(page).getByRole('option');
  await expect(options).toHaveText(['/apple', '/apricot']);
  await line.press('Tab');
  await expect(line).toHaveValue('get /apple');
  await line.press('Tab');
  await expect(line).toHaveValue('get /apricot');
  await line.press('Enter');
  await line.press('Enter');
  await expect(consolePane(page).getByRole('log')).toContainText(/get \/apricot\s*2/);

  await line.fill('hist');
  await line.press('Tab');
  await expect(line).toHaveValue('history ');
});
