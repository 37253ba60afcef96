import type { Fact } from '../../../engine/goal.ts';
import { PLAIN, RIGHT, words, WRONG, type Lesson, type Option } from '../../../engine/lesson.ts';
import { lines, stage } from '../../../scenarios/world.ts';

const leads = (sid: number): Fact => ({ fact: 'serves', by: sid });

const option = (sid: number): Option => ({
  id: `server-${String(sid)}`,
  words: words(`Server ${String(sid)}`, `服务器 ${String(sid)}`),
  when: leads(sid),
});

const lesson: Lesson = {
  plan: (seed) => ({
    ...PLAIN,
    world: { ...stage(5), seed },
    start: {
      kind: 'script',
      text: lines(
        'wait until 1, 2, 3, 4, 5 serve',
        'new client A servers=1',
        'when A is connected: A: create /app one',
        'wait until znode /app exists',
        'after 500ms pause 4',
      ),
    },
    questions: [
      {
        id: 'winner',
        step: 'predict',
        ask: words(
          'Server 5 leads. Server 4 stands still. You crash server 5: who leads next?',
          '服务器 5 是 leader，服务器 4 停住不动。让服务器 5 崩溃：下一个 leader 是谁？',
        ),
        options: [
          option(1),
          option(3),
          option(4),
          {
            id: 'nobody',
            words: words('Nobody: two of five are away', '没有：五台里少了两台'),
            when: { otherwise: 30_000_000 },
          },
        ],
      },
    ],
    goals: [
      {
        id: 'crashed',
        step: 'crash',
        test: { test: 'happens', what: { happening: 'does', action: 'crash', server: 'leader' } },
        words: words('Crash the leader', '让 leader 崩溃'),
      },
      {
        id: 'new-leader',
        step: 'crash',
        after: ['crashed'],
        test: {
          test: 'reached',
          what: { fact: 'all', of: [{ fact: 'serves' }, { fact: 'not', of: leads(5) }] },
        },
        words: words('Another server leads and serves', '另一台服务器成为 leader 并提供服务'),
      },
      {
        id: 'predicted',
        step: 'predict',
        test: { test: 'predicted', question: 'winner' },
        words: words('You said who, before the servers did', '在服务器选出之前，你说对了是谁'),
        unchecked: words('Why you thought so is not asked', '不检查你的理由'),
      },
      {
        id: 'written',
        step: 'write',
        after: ['new-leader'],
        test: {
          test: 'reached',
          what: { fact: 'znode', path: '/app', text: 'two', at: 'leader' },
        },
        words: words('/app holds “two” under the new leader', '在新 leader 下，/app 的值是 “two”'),
      },
      {
        id: 'safe',
        step: 'write',
        test: { test: 'safe' },
        words: words('No promise of ZooKeeper is broken', '没有违反 ZooKeeper 的任何承诺'),
      },
    ],
    hints: [
      {
        step: 'predict',
        words: words(
          'All five logs end at the same zxid. What do votes compare next?',
          '五份日志的末尾 zxid 相同。投票接着比较什么？',
        ),
      },
      {
        step: 'predict',
        words: words(
          'The largest sid among those that can still vote.',
          '仍能投票的服务器中，sid 最大的一台。',
        ),
      },
    ],
    solutions: [
      {
        name: words('Crash 5, wait, write', '让 5 崩溃，等待，写入'),
        answers: { winner: RIGHT },
        script: lines(
          'crash 5',
          'wait until 1, 2, 3 serve',
          'when A is connected: A: set /app two',
          'after 500ms A: get /app',
        ),
      },
      {
        name: words('Cut the power instead', '改为断电'),
        answers: { winner: 'server-3' },
        script: lines(
          'crash 5 silent',
          'wait until 1, 2, 3 serve',
          'when A is connected: A: set /app two',
        ),
      },
    ],
    nearMisses: [
      {
        name: words('A wrong prediction', '预测错误'),
        misses: 'predicted',
        answers: { winner: WRONG },
        script: lines(
          'crash 5',
          'wait until 1, 2, 3 serve',
          'when A is connected: A: set /app two',
        ),
      },
      {
        name: words('A follower is crashed', '崩溃的是 follower'),
        misses: 'crashed',
        answers: { winner: 'server-3' },
        script: lines('crash 1', 'after 3s restart 1'),
      },
      {
        name: words('Nothing is written', '没有写入'),
        misses: 'written',
        answers: { winner: RIGHT },
        script: lines('crash 5', 'wait until 1, 2, 3 serve'),
      },
    ],
    par: 2,
  }),
};

export default lesson;
