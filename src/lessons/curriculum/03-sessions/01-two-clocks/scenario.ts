import type { Millis } from '../../../../core/units.ts';
import { PLAIN, RIGHT, words, WRONG, type Lesson, type Option } from '../../../engine/lesson.ts';
import { lines, stage } from '../../../scenarios/world.ts';

const MAX = 10_000 as Millis;

const gets = (id: string, seconds: number): Option => ({
  id,
  words: words(`${String(seconds)} seconds`, `${String(seconds)} 秒`),
  when: {
    fact: 'client',
    client: 'B',
    is: 'connected',
    timeout: { min: seconds * 1000, max: seconds * 1000 },
  },
});

const OPEN = lines('new client B timeout=60s', 'wait until B is connected');

const lesson: Lesson = {
  plan: (seed) => ({
    ...PLAIN,
    world: { ...stage(3, 0, { maxSessionTimeout: MAX }), seed },
    start: {
      kind: 'script',
      text: lines(
        'wait until 1, 2, 3 serve',
        'new client A servers=1 timeout=6s',
        'wait until A is connected',
        'wait 500ms',
      ),
    },
    questions: [
      {
        id: 'timeout',
        step: 'agree',
        ask: words(
          'B wishes 60 seconds; 2 to 20 ticks of 500 ms are allowed. What does it get?',
          'B 想要 60 秒；允许 2 到 20 个 500 ms 的 tick。它得到多少？',
        ),
        options: [
          gets('wish', 60),
          gets('most', 10),
          {
            id: 'refused',
            words: words('It is refused', '被拒绝'),
            when: { happening: 'session', client: 'B', is: 'closed' },
          },
        ],
      },
      {
        id: 'first',
        step: 'silence',
        ask: words('A is cut off. What comes first?', 'A 被切断。先发生的是什么？'),
        options: [
          {
            id: 'client',
            words: words('The client gives its connection up', '客户端放弃连接'),
            when: { happening: 'session', client: 'A', is: 'disconnected' },
          },
          {
            id: 'leader',
            words: words('The leader expires the session', 'leader 让 session 过期'),
            when: { happening: 'expires', client: 'A' },
          },
        ],
      },
    ],
    goals: [
      {
        id: 'agreed',
        step: 'agree',
        test: {
          test: 'reached',
          what: { fact: 'client', client: 'B', is: 'connected', timeout: { min: MAX, max: MAX } },
        },
        words: words(
          'Session B is open, with the longest timeout that is allowed',
          'B 的 session 已打开，超时是允许的最大值',
        ),
      },
      {
        id: 'said-timeout',
        step: 'agree',
        test: { test: 'predicted', question: 'timeout' },
        words: words('You said what B gets', '你说对了 B 得到多少'),
      },
      {
        id: 'said-first',
        step: 'silence',
        test: { test: 'predicted', question: 'first' },
        words: words('You said who gives up first', '你说对了谁先放弃'),
      },
      {
        id: 'expired',
        step: 'silence',
        test: { test: 'happens', what: { happening: 'expires', client: 'A' } },
        words: words('The leader expires the session of A', 'leader 让 A 的 session 过期'),
      },
    ],
    hints: [
      {
        step: 'agree',
        words: words(
          'In the console, open a new session with a timeout of 60 seconds. The servers may be any.',
          '在控制台里打开新会话，超时填 60 秒。服务器任意。',
        ),
      },
      {
        step: 'silence',
        words: words(
          'The client wants time to find another server before it is too late.',
          '客户端想在来不及之前，留出时间去找别的服务器。',
        ),
      },
      {
        step: 'silence',
        words: words(
          'Take the cut tool, and click session A and server 1. Leave it cut for 7 seconds.',
          '拿起“断开”工具，点击会话 A 和服务器 1，保持 7 秒。',
        ),
      },
    ],
    solutions: [
      {
        name: words('Open, cut, wait', '打开，切断，等待'),
        answers: { timeout: RIGHT, first: RIGHT },
        script: `${OPEN}${lines('after 1s cut 1 <-> A', 'when session A expires: heal')}`,
      },
      {
        name: words(
          'Even more is wished for, and all of A’s links are cut',
          '要得更多，并切断 A 的所有链路',
        ),
        answers: { timeout: 'most', first: 'client' },
        script: lines(
          'new client B timeout=600s',
          'wait until B is connected',
          'after 1s partition A',
          'wait until session A expires',
        ),
      },
    ],
    nearMisses: [
      {
        name: words('B wishes less', 'B 要得少'),
        misses: 'agreed',
        answers: { timeout: RIGHT, first: RIGHT },
        script: lines(
          'new client B timeout=8s',
          'wait until B is connected',
          'after 1s cut 1 <-> A',
          'wait until session A expires',
        ),
      },
      {
        name: words('The cut is healed too early', '切断得不够久'),
        misses: 'expired',
        answers: { timeout: RIGHT, first: 'client' },
        script: `${OPEN}${lines('after 1s cut 1 <-> A', 'after 3s heal')}`,
      },
      {
        name: words('A wrong prediction', '预测错误'),
        misses: 'said-first',
        answers: { timeout: RIGHT, first: WRONG },
        script: `${OPEN}${lines('after 1s cut 1 <-> A', 'wait until session A expires')}`,
      },
    ],
    par: 2,
  }),
};

export default lesson;
