import type { Fact } from '../../../engine/goal.ts';
import { PLAIN, RIGHT, words, WRONG, type Lesson } from '../../../engine/lesson.ts';
import { lines, stage } from '../../../scenarios/world.ts';

const NOTE: Fact = { fact: 'znode', path: '/notes', text: 'first', at: 1 };
const UP: Fact = { fact: 'serves' };

const lesson: Lesson = {
  plan: (seed) => ({
    ...PLAIN,
    world: { ...stage(1), seed },
    start: {
      kind: 'script',
      text: lines('wait until 1 serves', 'new client A', 'wait until A is connected'),
    },
    questions: [
      {
        id: 'after',
        step: 'crash',
        after: ['crashed'],
        ask: words(
          'You start the server again. What does it know of /notes?',
          '你重新启动服务器。它还知道 /notes 吗？',
        ),
        options: [
          {
            id: 'kept',
            words: words('/notes is there, with its data', '/notes 还在，数据也在'),
            when: { fact: 'all', of: [UP, NOTE] },
          },
          {
            id: 'lost',
            words: words('The tree is empty: it was only in memory', '树是空的：它只存在于内存里'),
            when: { fact: 'all', of: [UP, { fact: 'not', of: NOTE }] },
          },
        ],
      },
    ],
    goals: [
      {
        id: 'written',
        step: 'write',
        test: {
          test: 'reached',
          what: {
            fact: 'all',
            of: [NOTE, { fact: 'logged', server: 1, path: '/notes', synced: true }],
          },
        },
        words: words(
          '/notes holds “first”, and its record is on the disk',
          '/notes 的值是 “first”，它的记录已在磁盘上',
        ),
      },
      {
        id: 'crashed',
        step: 'crash',
        after: ['written'],
        test: { test: 'happens', what: { happening: 'does', action: 'crash', server: 1 } },
        words: words('Crash the server', '让服务器崩溃'),
      },
      {
        id: 'predicted',
        step: 'crash',
        test: { test: 'predicted', question: 'after' },
        words: words('You said what it will know', '你说对了它还知道什么'),
      },
      {
        id: 'read',
        step: 'back',
        after: ['crashed'],
        test: {
          test: 'happens',
          what: { happening: 'answer', op: 'getData', path: '/notes', err: 0 },
        },
        words: words('A client reads /notes after the crash', '崩溃之后，客户端读到 /notes'),
      },
    ],
    hints: [
      {
        step: 'crash',
        words: words(
          'What did the log grid show before the console said “Created”?',
          '控制台说 “Created” 之前，日志网格显示了什么？',
        ),
      },
      {
        step: 'back',
        words: words(
          'The client finds its way back by itself, within about a second.',
          '客户端会在一秒左右自己连回来。',
        ),
      },
    ],
    solutions: [
      {
        name: words('Write, crash, restart, read', '写入，崩溃，重启，读取'),
        answers: { after: RIGHT },
        script: lines(
          'A types "create /notes first"',
          'wait until znode /notes exists',
          'after 1s crash 1',
          'after 1s restart 1',
          'wait until 1 serves',
          'when A is connected: A types "get /notes"',
        ),
      },
      {
        name: words('A loss of power, and a new client', '断电，由新客户端来读'),
        answers: { after: 'kept' },
        script: lines(
          'A types "create /notes first"',
          'wait until znode /notes exists',
          'after 1s crash 1 silent tail=lost',
          'after 1s restart 1',
          'wait until 1 serves',
          'new client B',
          'when B is connected: B types "get /notes"',
        ),
      },
    ],
    nearMisses: [
      {
        name: words('It stays down', '没有重启'),
        misses: 'read',
        answers: { after: 'kept' },
        script: lines(
          'A types "create /notes first"',
          'wait until znode /notes exists',
          'after 1s crash 1',
        ),
      },
      {
        name: words('The crash comes first', '先崩溃后写入'),
        misses: 'crashed',
        answers: { after: 'kept' },
        script: lines(
          'crash 1',
          'after 1s restart 1',
          'wait until 1 serves',
          'when A is connected: A types "create /notes first"',
        ),
      },
      {
        name: words('A wrong prediction', '预测错误'),
        misses: 'predicted',
        answers: { after: WRONG },
        script: lines(
          'A types "create /notes first"',
          'wait until znode /notes exists',
          'after 1s crash 1',
          'after 1s restart 1',
          'wait until 1 serves',
          'when A is connected: A types "get /notes"',
        ),
      },
    ],
    par: 4,
  }),
};

export default lesson;
