/** What a newcomer copies from a tutorial, word for word, as a zkCli transcript. */
import { arrive, commandLine, printed } from './support/person.ts';
import { expect, PATIENCE, test } from './support/playground.ts';

const SESSION = [
  'create -e /test "Hello, Zookeeper!"',
  'get -w /test',
  'set -v -1 /test x',
  'delete -v -1 /test',
  'ls /',
];

/** From the first command on. Servers, zxids and the count of commands are the run's own. */
const TRANSCRIPT = [
  /^\[zk: server\d:2181\(CONNECTED\) 0\] create -e \/test "Hello, Zookeeper!"$/,
  /^Created \/test$/,
  /^\[zk: server\d:2181\(CONNECTED\) 1\] get -w \/test$/,
  /^Hello, Zookeeper!$/,
  /^\[zk: server\d:2181\(CONNECTED\) 2\] set -v -1 \/test x$/,
  /^watch event: WATCHER::$/,
  /^watch event: WatchedEvent state:SyncConnected type:NodeDataChanged path:\/test zxid: \d+$/,
  /^\[zk: server\d:2181\(CONNECTED\) 3\] delete -v -1 \/test$/,
  /^\[zk: server\d:2181\(CONNECTED\) 4\] ls \/$/,
  /^\[zookeeper\]$/,
];

test('create an ephemeral, watch it, set it, delete it', async ({ page }) => {
  await arrive(page);
  const line = commandLine(page);
  for (const command of SESSION) {
    await line.pressSequentially(command);
    await line.press('Enter');
    await expect(line).toHaveValue('');
  }
  await expect(async () => {
    const lines = (await printed(page)).filter((text) => text !== 'watch event:');
    const from = lines.findIndex((text) => text.includes(SESSION[0] ?? ''));
    const transcript = from === -1 ? [] : lines.slice(from);
    expect(transcript).toHaveLength(TRANSCRIPT.length);
    for (const [at, expected] of TRANSCRIPT.entries()) expect(transcript[at]).toMatch(expected);
  }).toPass(PATIENCE);
});
