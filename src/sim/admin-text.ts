/**
 * What an operator reads of a simulated server: the four-letter words, all of them allowed. Asking
 * leaves no trace in the server, so a run is the same whether somebody asked or not.
 *
 * Differs: the one who asks has no connection, so `stat` and `cons` do not list it; words that
 * change something are refused.
 */
import { answerFourLetterWord } from '../core/admin/four-letter-words.ts';
import type { HostFacts } from '../core/admin/host-facts.ts';
import { versionLine } from '../core/admin/versions.ts';
import { configOf, type Server } from '../core/server-context.ts';
import { encodeDataDir } from '../core/txn-log/write-data-dir.ts';
import type { ConnId, Micros } from '../core/units.ts';
import { durableImage, type MemberHost } from './member.ts';

/** As an ensemble of containers has them. */
const CLIENT_PORT = 2181;
const DATA_DIR = '/data/version-2';

/** Ports of dialling systems begin here, and there are so many. */
const DIALLED_FROM = 32_768;
const DIALLED_PORTS = 28_232;

const NOBODY = -1 as ConnId;
const NO_TAIL = new Uint8Array(0);
const CHANGING = ['crst', 'srst', 'stmk'];

/** Null of a server that has ended, and of what is no word. */
export function adminText(member: MemberHost, word: string, now: Micros): string | null {
  if (member.ended) return null;
  if (CHANGING.includes(word)) {
    return `${word} is not executed because it is not in the whitelist.\n`;
  }
  const { server } = member;
  const received = server.zks?.stats.received ?? 0;
  const { settings } = server;
  const config = { ...configOf(server), fourLetterWords: ['*'] };
  const asked: Server = { ...server, now, settings: { ...settings, config } };
  const text = answerFourLetterWord(asked, word, NO_TAIL, factsOf(member), NOBODY);
  if (server.zks !== null) server.zks.stats.received = received;
  return text;
}

function factsOf(member: MemberHost): HostFacts {
  const { server } = member;
  const sizes = (): readonly [snapshots: number, log: number] => {
    const { release, preAllocSize } = configOf(server);
    let [snapshots, log] = [0, 0];
    for (const { name, bytes } of encodeDataDir(durableImage(member), {
      release,
      preAllocSize: 0,
    })) {
      if (name.startsWith('log.')) log += Math.max(bytes.length, preAllocSize);
      else if (name.startsWith('snapshot.')) snapshots += bytes.length;
    }
    return [snapshots, log];
  };
  return {
    addressOf: (conn) => {
      const address = server.zks?.cnxns.get(conn)?.address ?? '';
      return `/${address}:${String(DIALLED_FROM + (conn % DIALLED_PORTS))}`;
    },
    clientPort: CLIENT_PORT,
    dataDir: DATA_DIR,
    dataLogDir: DATA_DIR,
    // Both are the same directory.
    get dataDirSize() {
      const [snapshots, log] = sizes();
      return snapshots + log;
    },
    get dataLogDirSize() {
      const [snapshots, log] = sizes();
      return snapshots + log;
    },
    environment: [
      ['zookeeper.version', versionLine(configOf(server))],
      ['host.name', `zk${String(member.self)}`],
      ['java.version', 'none: a simulated server'],
      ['user.dir', DATA_DIR],
    ],
    fileDescriptors: null,
  };
}
