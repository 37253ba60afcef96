import { PLAIN, RIGHT, words, WRONG, type Lesson } from '../../../engine/lesson.ts';
import { lines, stage } from '../../../scenarios/world.ts';

const BAD_VERSION = -103;

const LOSE = lines(
  'A types "get /counter"',
  'B types "get /counter"',
  'after 500ms A types "set /counter 11"',
  'after 500ms B types "set /counter 11"',
  'wait 500ms',
);
const RACE = lines('A types "set -v 2 /counter 12"', 'B types "set -v 2 /counter 12"', 'wait 1s');

const lesson: Lesson = {
  plan: (seed) => ({
    ...PLAIN,
    world: { ...stage(3), seed },
    start: {
      kind: 'script',
      text: lines(
        'wait until 1, 2, 3 serve',
        'new client A servers=1',
        'new client B servers=2',
        'wait until B is connected',
        'when A is connected: A: create /counter 10',
        'wait until znode /counter exists',
        'wait 500ms',
      ),
    },
    questions: [
      {
        id: 'second',
        step: 'guard',
        after: ['lost'],
        ask: words(
          'Both have read version 2, and both “set -v 2”. What does the later one get?',
          '两人都读到版本 2，都 “set -v 2”。后到的那个会得到什么？',
        ),
        options: [
          {
            id: 'refused',
            words: words('It is refused: the version is 3 by now', '被拒绝：版本已经是 3'),
            when: { happening: 'answer', op: 'setData', path: '/counter', err: BAD_VERSION },
          },
          {
            id: 'wins',
            words: words('It overwrites the first one', '覆盖前一个'),
            when: {
              fact: 'znode',
              path: '/counter',
              text: '12',
              version: { min: 4 },
            },
          },
        ],
      },
    ],
    goals: [
      {
        id: 'lost',
        step: 'lost',
        test: {
          test: 'reached',
          what: { fact: 'znode', path: '/counter', text: '11', version: { min: 2, max: 2 } },
        },
        words: words(
          'Two writes, and /counter holds 11: an addition is lost',
          '写了两次，/counter 却是 11：丢了一次加法',
        ),
      },
      {
        id: 'said',
        step: 'guard',
        test: { test: 'predicted', question: 'second' },
        words: words('You said what the later one gets', '你说对了后到者得到什么'),
      },
      {
        id: 'refused',
        step: 'guard',
        after: ['lost'],
        test: {
          test: 'happens',
          what: { happening: 'answer', op: 'setData', path: '/counter', err: BAD_VERSION },
        },
        words: words('A write with an old version is refused', '带旧版本的写入被拒绝'),
      },
      {
        id: 'both',
        step: 'both',
        after: ['refused'],
        test: {
          test: 'reached',
          what: { fact: 'znode', path: '/counter', text: '13', version: { min: 4, max: 4 } },
        },
        words: words(
          '/counter holds 13 at version 4: two more writes, two more additions',
          '/counter 的值是 13，版本 4：又写两次，又加两次',
        ),
        unchecked: words(
          'Which client does the last one is left to you',
          '最后一次由哪个客户端来写，不作要求',
        ),
      },
    ],
    hints: [
      {
        step: 'lost',
        words: words(
          'Write in the console of A, and then the same in the console of B.',
          '在 A 的控制台写，再到 B 的控制台写同样的内容。',
        ),
      },
      {
        step: 'both',
        words: words('The version is 3 now. set -v 3 …', '现在的版本是 3。set -v 3 …'),
      },
    ],
    solutions: [
      {
        name: words('The loser reads again', '失败者重新读取'),
        answers: { second: RIGHT },
        script: `${LOSE}${RACE}${lines(
          'B types "get -s /counter"',
          'after 500ms B types "set -v 3 /counter 13"',
        )}`,
      },
      {
        name: words('One after the other', '一先一后'),
        answers: { second: 'refused' },
        script: `${LOSE}${lines(
          'B types "set -v 2 /counter 12"',
          'after 1s A types "set -v 2 /counter 12"',
          'after 1s A types "set -v 3 /counter 13"',
        )}`,
      },
    ],
    nearMisses: [
      {
        name: words('Nobody guards the writes', '写入都不带版本'),
        misses: 'refused',
        answers: { second: RIGHT },
        script: `${LOSE}${lines(
          'A types "set /counter 12"',
          'after 1s B types "set /counter 13"',
        )}`,
      },
      {
        name: words('The refused one tries the same again', '被拒绝者原样重试'),
        misses: 'both',
        answers: { second: RIGHT },
        script: `${LOSE}${RACE}${lines('B types "set -v 2 /counter 13"')}`,
      },
      {
        name: words('A wrong prediction', '预测错误'),
        misses: 'said',
        answers: { second: WRONG },
        script: `${LOSE}${RACE}${lines('B types "set -v 3 /counter 13"')}`,
      },
    ],
    par: 5,
  }),
};

export default lesson;
