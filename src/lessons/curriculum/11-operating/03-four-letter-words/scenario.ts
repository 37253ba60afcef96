import { PLAIN, RIGHT, words, WRONG, type Lesson } from '../../../engine/lesson.ts';
import { goal, hint, miss, reached, stands, way } from '../../../engine/build.ts';
import { lines, stage } from '../../../scenarios/world.ts';

/** A follower is cut off from the two others: the seed says which. */
const lesson: Lesson = {
  plan: (seed) => {
    const out = (seed % 2) + 1;
    const other = 3 - out;
    return {
      ...PLAIN,
      operator: true,
      world: { ...stage(3), seed },
      start: {
        kind: 'script',
        text: lines(
          'wait until 1, 2, 3 serve',
          `new client A servers=${String(other)} timeout=4s`,
          'when A is connected: A: create /app one',
          'wait until znode /app exists',
          `cut ${String(out)} <-> ${String(other)}`,
          `cut ${String(out)} <-> 3`,
          `wait until ${String(out)} is LOOKING`,
          'wait 3s',
        ),
      },
      diagnosis: {
        causes: [1, 2].map((sid) => ({
          id: `server-${String(sid)}`,
          words: words(
            `Server ${String(sid)} does not take part`,
            `服务器 ${String(sid)} 没有参与`,
          ),
          when: { cause: 'action', fields: { kind: 'cut', from: sid, to: 3 } },
        })),
        proofs: [
          { source: 'word', server: out, word: 'srvr', text: 'not currently serving requests' },
          { source: 'word', server: out, word: 'mntr', text: 'not currently serving requests' },
          { source: 'word', server: 3, word: 'srvr', text: '^Mode: leader' },
          { source: 'word', server: 3, word: 'mntr', text: 'zk_synced_followers\\s+1' },
          { source: 'word', server: out, word: 'isro', text: 'null' },
        ],
      },
      goals: [
        goal(
          'ask',
          'found',
          { test: 'diagnosed', evidence: 3 },
          'You know who is out, shown by three different answers',
          '你知道谁没有参与，并用三条不同的答复证明',
        ),
        goal('mend', 'mended', stands({ fact: 'allServe' }), 'All three serve', '三台都提供服务'),
        goal('mend', 'read', reached({ fact: 'agree' }), 'All have the same tree', '树都相同', {
          after: ['mended'],
        }),
      ],
      hints: [
        hint('ask', 'Ask each of them `srvr`: who has a Mode?', '逐台询问 `srvr`：谁有 Mode？'),
        hint(
          'ask',
          'On the leader `mntr` tells how many followers are in sync: zk_synced_followers.',
          '在 leader 上，`mntr` 会说有几个 follower 同步：zk_synced_followers。',
        ),
        hint(
          'mend',
          'The process runs, for `ruok` says imok. It is its network that is gone.',
          '进程在运行，因为 `ruok` 回答 imok。断的是它的网络。',
        ),
      ],
      solutions: [
        way('The links are mended', '修好链路', ['heal', 'wait until 1, 2, 3 serve', 'wait 1s'], {
          cause: RIGHT,
        }),
        way(
          'Link by link',
          '逐条修好',
          [
            `heal ${String(out)} <-> ${String(other)}`,
            `heal ${String(out)} <-> 3`,
            'wait until 1, 2, 3 serve',
            'wait 1s',
          ],
          { cause: RIGHT },
        ),
      ],
      nearMisses: [
        miss(
          'found',
          'The wrong one is named',
          '指错了服务器',
          ['heal', 'wait until 1, 2, 3 serve', 'wait 1s'],
          { cause: WRONG },
        ),
        miss(
          'mended',
          'The process is restarted',
          '重启进程',
          [`crash ${String(out)}`, `after 500ms restart ${String(out)}`, 'wait 5s'],
          { cause: RIGHT },
        ),
        miss('found', 'Mended without a word', '没有说明就修好', [
          'heal',
          'wait until 1, 2, 3 serve',
          'wait 1s',
        ]),
      ],
      par: 1,
    };
  },
};

export default lesson;
