import type { Fact } from '../../../engine/goal.ts';
import { PLAIN, RIGHT, words, WRONG, type Lesson, type Option } from '../../../engine/lesson.ts';
import { lines, stage } from '../../../scenarios/world.ts';

const nameOf = (number: number): string => `job-${String(number).padStart(10, '0')}`;
const job = (number: number): Fact => ({ fact: 'znode', path: `/queue/${nameOf(number)}` });
const not = (of: Fact): Fact => ({ fact: 'not', of });

const gets = (number: number, why: string, zh: string): Option => ({
  id: `n${String(number)}`,
  words: words(`${nameOf(number)}: ${why}`, `${nameOf(number)}：${zh}`),
  when: job(number),
});

const CHANGE = lines(
  'A types "delete /queue/job-0000000001"',
  'A types "create /queue/note hello"',
  'wait 1s',
);
const NEXT = lines('A types "create -s /queue/job- work"', 'wait 1s');
const AGAIN = lines(
  'A types "deleteall /queue"',
  'wait until znode /queue gone',
  'after 1s A types "create /queue"',
  'A types "create -s /queue/job- work"',
);

const lesson: Lesson = {
  plan: (seed) => ({
    ...PLAIN,
    world: { ...stage(3), seed },
    start: {
      kind: 'script',
      text: lines(
        'wait until 1, 2, 3 serve',
        'new client A',
        'when A is connected: A: create /queue',
        'A: create -s /queue/job- work',
        'A: create -s /queue/job- work',
        'A: create -s /queue/job- work',
        'wait until znode /queue/job-0000000002 exists',
        'wait 500ms',
      ),
    },
    questions: [
      {
        id: 'next',
        step: 'next',
        after: ['changed'],
        ask: words('Which name will the next job get?', '下一个任务会叫什么名字？'),
        options: [
          gets(1, 'the free one', '空出来的那个'),
          gets(3, 'the next of the jobs', '任务的下一个号'),
          gets(4, 'four children were created so far', '至今创建过四个子节点'),
        ],
      },
      {
        id: 'again',
        step: 'again',
        after: ['emptied'],
        ask: words(
          'The queue was deleted and created again. Its first job is …',
          '队列被删除后重新创建。第一个任务是……',
        ),
        options: [
          gets(0, 'a new parent counts from 0', '新的父节点从 0 数起'),
          gets(5, 'the count goes on', '接着往下数'),
        ],
      },
    ],
    goals: [
      {
        id: 'changed',
        step: 'queue',
        test: {
          test: 'reached',
          what: {
            fact: 'all',
            of: [job(0), not(job(1)), job(2), { fact: 'znode', path: '/queue/note' }],
          },
        },
        words: words(
          'job-0000000001 is gone, and /queue/note is there',
          'job-0000000001 已删除，/queue/note 已创建',
        ),
      },
      {
        id: 'said-next',
        step: 'next',
        test: { test: 'predicted', question: 'next' },
        words: words('You said the next name, and created it', '你说对了下一个名字，并创建了它'),
      },
      {
        id: 'emptied',
        step: 'again',
        after: ['changed'],
        test: {
          test: 'reached',
          what: {
            fact: 'all',
            of: [{ fact: 'serves' }, not({ fact: 'znode', path: '/queue' })],
          },
        },
        words: words('/queue is gone', '/queue 已删除'),
      },
      {
        id: 'said-again',
        step: 'again',
        test: { test: 'predicted', question: 'again' },
        words: words('You said the first name of the new queue', '你说对了新队列的第一个名字'),
      },
    ],
    hints: [
      {
        step: 'next',
        words: words(
          'Look at cversion in “stat /queue”. Creates and deletes are in it.',
          '看 “stat /queue” 里的 cversion：创建和删除都算在里面。',
        ),
      },
      {
        step: 'next',
        words: words(
          'Count the creates only: three jobs and a note.',
          '只数创建：三个任务和一个 note。',
        ),
      },
      {
        step: 'again',
        words: words(
          'The counter belongs to the parent, and the parent is a new one.',
          '计数器属于父节点，而父节点是新的。',
        ),
      },
    ],
    solutions: [
      {
        name: words('With deleteall', '用 deleteall'),
        answers: { next: RIGHT, again: RIGHT },
        script: `${CHANGE}${NEXT}${AGAIN}`,
      },
      {
        name: words('Note first, and one by one', '先建 note，再逐个删除'),
        answers: { next: 'n4', again: 'n0' },
        script: `${lines(
          'A types "create /queue/note"',
          'A types "delete /queue/job-0000000001"',
          'wait 1s',
        )}${NEXT}${lines(
          'A types "delete /queue/job-0000000000"',
          'A types "delete /queue/job-0000000002"',
          'A types "delete /queue/job-0000000004"',
          'A types "delete /queue/note"',
          'A types "delete /queue"',
          'after 1s A types "create /queue again"',
          'A types "create -s -e /queue/job- work"',
        )}`,
      },
    ],
    nearMisses: [
      {
        name: words('A wrong guess', '猜错'),
        misses: 'said-next',
        answers: { next: WRONG, again: RIGHT },
        script: `${CHANGE}${NEXT}${AGAIN}`,
      },
      {
        name: words('The parent stays', '父节点没有删除'),
        misses: 'emptied',
        answers: { next: RIGHT, again: 'n0' },
        script: `${CHANGE}${NEXT}${lines(
          'A types "delete /queue/job-0000000000"',
          'A types "delete /queue/job-0000000002"',
          'A types "delete /queue/job-0000000004"',
          'A types "delete /queue/note"',
          'A types "create -s /queue/job- work"',
        )}`,
      },
      {
        name: words('The last one is taken away', '删掉的是最后一个'),
        misses: 'changed',
        answers: { next: RIGHT, again: RIGHT },
        script: `${lines(
          'A types "delete /queue/job-0000000002"',
          'A types "create /queue/note hello"',
        )}${NEXT}`,
      },
    ],
    par: 6,
  }),
};

export default lesson;
