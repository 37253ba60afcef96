import { PLAIN, RIGHT, words, WRONG, type Lesson } from '../../../engine/lesson.ts';
import { lines, stage } from '../../../scenarios/world.ts';

/** Two of three followers' machines are gone, or cut off: the seed says which. */
const lesson: Lesson = {
  plan: (seed) => {
    const isCut = seed % 2 === 0;
    return {
      ...PLAIN,
      operator: true,
      world: { ...stage(3), seed },
      start: {
        kind: 'script',
        text: lines(
          'wait until 1, 2, 3 serve',
          'new client A',
          'when A is connected: A: create /app one',
          'wait until znode /app exists',
          ...(isCut ? ['cut 1 <-> 2', 'cut 1 <-> 3', 'cut 2 <-> 3'] : ['crash 1', 'crash 2']),
          'after 8s A: get /app',
          'after 4s A: get /app',
        ),
      },
      diagnosis: {
        causes: [
          {
            id: 'processes',
            words: words('Two server processes are not running', '两台服务器的进程没有运行'),
            when: { cause: 'action', fields: { kind: 'crash', sid: 1 } },
          },
          {
            id: 'network',
            words: words(
              'All processes run, but the servers cannot reach each other',
              '所有进程都在运行，但服务器之间互不可达',
            ),
            when: { cause: 'action', fields: { kind: 'cut', from: 1, to: 3 } },
          },
          {
            id: 'disk',
            words: words('The leader’s disk is full', 'leader 的磁盘已满'),
            when: { cause: 'action', fields: { kind: 'disk', sid: 3 } },
          },
        ],
        proofs: [
          { source: 'word', server: 3, word: 'srvr', text: 'not currently serving requests' },
          { source: 'log', server: 3, text: 'Not sufficient followers synced|Cannot open channel' },
        ],
      },
      goals: [
        {
          id: 'diagnosed',
          step: 'diagnose',
          test: { test: 'diagnosed', evidence: 1 },
          words: words('Name the cause, with evidence', '指出原因，并给出证据'),
        },
        {
          id: 'repaired',
          step: 'repair',
          test: { test: 'stands', what: { fact: 'serves' } },
          words: words('A quorum serves', '一个 quorum 在提供服务'),
        },
        {
          id: 'write',
          step: 'repair',
          after: ['repaired'],
          test: {
            test: 'reached',
            what: { fact: 'znode', path: '/app', text: 'fixed', at: 'leader' },
          },
          words: words('A client can write: set /app fixed', '客户端可以写入：set /app fixed'),
        },
        {
          id: 'budget',
          step: 'repair',
          test: { test: 'budget', atMost: 3, kinds: ['restart', 'heal', 'healAll', 'wipe'] },
          words: words('At most three repairs', '最多三次修复操作'),
        },
      ],
      solutions: [
        {
          name: words('Mend one thing', '只修一处'),
          cause: RIGHT,
          script: lines(
            isCut ? 'heal 2 <-> 3' : 'restart 2',
            'wait until 2, 3 serve',
            'when A is connected: A: set /app fixed',
          ),
        },
        {
          name: words('Mend it all', '全部修好'),
          cause: RIGHT,
          script: lines(
            ...(isCut ? ['heal'] : ['restart 1', 'restart 2']),
            'wait until 1, 2, 3 serve',
            'when A is connected: A: set /app fixed',
          ),
        },
      ],
      nearMisses: [
        {
          name: words('The wrong cause', '原因错误'),
          misses: 'diagnosed',
          cause: WRONG,
          script: lines(
            isCut ? 'heal' : 'restart 2',
            'wait until 2, 3 serve',
            'when A is connected: A: set /app fixed',
          ),
        },
        {
          name: words('The survivor is restarted', '重启幸存者'),
          misses: 'repaired',
          cause: RIGHT,
          script: lines('crash 3', 'after 1s restart 3'),
        },
        {
          name: words('Nothing is written', '没有写入'),
          misses: 'write',
          cause: RIGHT,
          script: lines(isCut ? 'heal 2 <-> 3' : 'restart 2', 'wait until 2, 3 serve'),
        },
      ],
      par: 2,
    };
  },
};

export default lesson;
