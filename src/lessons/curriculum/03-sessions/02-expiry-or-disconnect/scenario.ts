import type { Fact } from '../../../engine/goal.ts';
import { PLAIN, RIGHT, words, WRONG, type Lesson } from '../../../engine/lesson.ts';
import { lines, stage } from '../../../scenarios/world.ts';

const OWN: Fact = { fact: 'znode', path: '/online', kind: 'ephemeral', owner: 'A' };
const CONNECTED: Fact = { fact: 'client', client: 'A', is: 'connected' };
const GONE: Fact = { fact: 'not', of: { fact: 'znode', path: '/online' } };

const all = (...of: readonly Fact[]): Fact => ({ fact: 'all', of });

const SHORT = lines('cut 1 <-> A', 'wait 5s', 'heal', 'wait until A is connected', 'wait 500ms');
const LONG = lines('cut 1 <-> A', 'wait until session A expires', 'wait 4s', 'heal', 'wait 3s');

const lesson: Lesson = {
  plan: (seed) => ({
    ...PLAIN,
    world: { ...stage(3), seed },
    start: {
      kind: 'script',
      text: lines(
        'wait until 1, 2, 3 serve',
        'new client A servers=1 timeout=6s',
        'when A is connected: A: create -e /online A',
        'wait until znode /online exists',
        'wait 500ms',
      ),
    },
    questions: [
      {
        id: 'short',
        step: 'short',
        after: ['lost'],
        ask: words(
          'A gave up and comes back within the timeout. Is /online there?',
          'A 放弃连接后，在超时之前回来。/online 还在吗？',
        ),
        options: [
          {
            id: 'yes',
            words: words('Yes: it is the same session', '在：还是同一个 session'),
            when: all(CONNECTED, OWN),
          },
          {
            id: 'no',
            words: words('No: it went with the connection', '不在：随连接一起消失了'),
            when: all({ fact: 'serves' }, GONE),
          },
        ],
      },
    ],
    goals: [
      {
        id: 'lost',
        step: 'short',
        test: {
          test: 'happens',
          what: { happening: 'session', client: 'A', is: 'disconnected' },
        },
        words: words('A loses its connection', 'A 失去连接'),
      },
      {
        id: 'back',
        step: 'short',
        after: ['lost'],
        test: { test: 'reached', what: all(CONNECTED, OWN) },
        words: words('A is connected again, and owns /online', 'A 重新连上，并拥有 /online'),
      },
      {
        id: 'said',
        step: 'short',
        test: { test: 'predicted', question: 'short' },
        words: words('You said what becomes of /online', '你说对了 /online 会怎样'),
      },
      {
        id: 'expired',
        step: 'long',
        after: ['back'],
        test: { test: 'happens', what: { happening: 'expires', client: 'A' } },
        words: words(
          'Later the leader expires the session of A',
          '之后 leader 让 A 的 session 过期',
        ),
      },
      {
        id: 'knows',
        step: 'long',
        after: ['expired'],
        test: {
          test: 'happens',
          what: { happening: 'session', client: 'A', is: 'closed' },
        },
        words: words('A learns that it is over', 'A 得知已经结束'),
      },
      {
        id: 'again',
        step: 'again',
        after: ['knows'],
        test: { test: 'reached', what: all(CONNECTED, OWN) },
        words: words(
          'A has a new session, and owns /online again',
          'A 有了新的 session，并重新拥有 /online',
        ),
      },
    ],
    hints: [
      {
        step: 'short',
        words: words(
          'Disconnected comes 4 s after the last sign of life, expiry 6 s or a little more: heal in between.',
          '最后一次音讯之后 4 秒断开，6 秒或稍多才过期：在这之间修复。',
        ),
      },
      {
        step: 'again',
        words: words('connect, and then create -e /online A', '先 connect，再 create -e /online A'),
      },
    ],
    solutions: [
      {
        name: words('Short, long, and again', '短，长，再来'),
        answers: { short: RIGHT },
        script: `${SHORT}${LONG}${lines(
          'A types "connect"',
          'when A is connected: A types "create -e /online A"',
        )}`,
      },
      {
        name: words(
          'The server crashes, and then the client is frozen',
          '服务器崩溃，然后冻结客户端',
        ),
        answers: { short: 'yes' },
        script: lines(
          'crash 1',
          'after 2s restart 1',
          'wait until A is connected',
          'after 1s pause A',
          'wait until session A expires',
          'after 1s resume A',
          'after 6s A types "connect"',
          'when A is connected: A types "create -e /online again"',
        ),
      },
    ],
    nearMisses: [
      {
        name: words('The first cut is too long', '第一次就切断太久'),
        misses: 'back',
        answers: { short: RIGHT },
        script: LONG,
      },
      {
        name: words('The second cut is too short', '第二次切断太短'),
        misses: 'expired',
        answers: { short: RIGHT },
        script: `${SHORT}${SHORT}`,
      },
      {
        name: words('No new session', '没有新建 session'),
        misses: 'again',
        answers: { short: RIGHT },
        script: `${SHORT}${LONG}${lines('A types "create -e /online A"')}`,
      },
      {
        name: words('A wrong prediction', '预测错误'),
        misses: 'said',
        answers: { short: WRONG },
        script: SHORT,
      },
    ],
    par: 6,
  }),
};

export default lesson;
