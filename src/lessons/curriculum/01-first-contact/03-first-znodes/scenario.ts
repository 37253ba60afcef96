import type { Fact } from '../../../engine/goal.ts';
import { PLAIN, RIGHT, words, WRONG, type Lesson } from '../../../engine/lesson.ts';
import { lines, stage } from '../../../scenarios/world.ts';

const APP: Fact = { fact: 'znode', path: '/app' };
const NOT_EMPTY = -111;

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
        id: 'parent',
        step: 'delete',
        after: ['changed'],
        ask: words(
          '/app has a child. What does “delete /app” do?',
          '/app 有一个子节点。“delete /app” 会怎样？',
        ),
        options: [
          {
            id: 'both',
            words: words('Both znodes are deleted', '两个 znode 都被删除'),
            when: { happening: 'answer', op: 'delete', path: '/app', err: 0 },
          },
          {
            id: 'refused',
            words: words('It is refused, and both stay', '被拒绝，两个都留着'),
            when: { happening: 'answer', op: 'delete', path: '/app', err: NOT_EMPTY },
          },
        ],
      },
    ],
    goals: [
      {
        id: 'created',
        step: 'create',
        test: { test: 'reached', what: { fact: 'znode', path: '/app/config', text: 'blue' } },
        words: words('/app/config holds “blue”', '/app/config 的值是 “blue”'),
      },
      {
        id: 'changed',
        step: 'change',
        after: ['created'],
        test: {
          test: 'reached',
          what: { fact: 'znode', path: '/app/config', text: 'green', version: { min: 1 } },
        },
        words: words(
          'The same znode holds “green” now, and its version has grown',
          '同一个 znode 的值变为 “green”，版本增加了',
        ),
      },
      {
        id: 'predicted',
        step: 'delete',
        test: { test: 'predicted', question: 'parent' },
        words: words('You said what becomes of the parent', '你说对了父节点会怎样'),
        unchecked: words('You have to try it, too', '还要真的试一次'),
      },
      {
        id: 'gone',
        step: 'delete',
        after: ['predicted'],
        test: {
          test: 'reached',
          what: { fact: 'all', of: [{ fact: 'serves' }, { fact: 'not', of: APP }] },
        },
        words: words('Neither of them is there any more', '两个都不在了'),
      },
    ],
    hints: [
      {
        step: 'change',
        words: words(
          'Use set, not delete and create: a new znode begins at version 0.',
          '用 set，不要先删再建：新的 znode 从版本 0 开始。',
        ),
      },
      { step: 'delete', words: words('The child goes first.', '先删子节点。') },
    ],
    solutions: [
      {
        name: words('Line by line', '逐行完成'),
        answers: { parent: RIGHT },
        script: lines(
          'A types "create /app"',
          'A types "create /app/config blue"',
          'A types "set /app/config green"',
          'A types "get -s /app/config"',
          'after 1s A types "delete /app"',
          'after 1s A types "delete /app/config"',
          'A types "delete /app"',
        ),
      },
      {
        name: words('With deleteall at the end', '最后用 deleteall'),
        answers: { parent: 'refused' },
        script: lines(
          'A types "create /app root"',
          'A types "create /app/config blue"',
          'A types "set -s /app/config green"',
          'after 1s A types "delete /app"',
          'after 1s A types "deleteall /app"',
        ),
      },
    ],
    nearMisses: [
      {
        name: words('Deleted and created again', '删掉重建'),
        misses: 'changed',
        answers: { parent: 'refused' },
        script: lines(
          'A types "create /app"',
          'A types "create /app/config blue"',
          'A types "delete /app/config"',
          'A types "create /app/config green"',
          'A types "delete /app"',
        ),
      },
      {
        name: words('Without trying the parent first', '没有先试父节点'),
        misses: 'predicted',
        answers: { parent: WRONG },
        script: lines(
          'A types "create /app"',
          'A types "create /app/config blue"',
          'A types "set /app/config green"',
          'after 1s A types "deleteall /app"',
        ),
      },
      {
        name: words('The parent stays', '父节点没有删除'),
        misses: 'gone',
        answers: { parent: RIGHT },
        script: lines(
          'A types "create /app"',
          'A types "create /app/config blue"',
          'A types "set /app/config green"',
          'after 1s A types "delete /app"',
          'after 1s A types "delete /app/config"',
        ),
      },
    ],
    par: 5,
  }),
};

export default lesson;
