import type { Fact } from '../../../engine/goal.ts';
import { PLAIN, RIGHT, words, WRONG, type Lesson } from '../../../engine/lesson.ts';
import { lines, stage } from '../../../scenarios/world.ts';

const BAD_VERSION = -103;
const ORDER: Fact = { fact: 'znode', path: '/orders/1' };

const OPEN_ACL = [{ perms: 31, id: { scheme: 'world', id: 'anyone' } }];

/** A request as a program sends it: the order, if /stock has this version. */
function order(tag: number, version: number): string {
  const ops = [
    {
      op: 'create',
      path: '/orders/1',
      data: btoa('one, please'),
      acl: OPEN_ACL,
      flags: 0,
      ttl: 0,
    },
    { op: 'check', path: '/stock', version },
    { op: 'setData', path: '/stock', data: btoa('4'), version: -1 },
  ];
  return `A asks ${String(tag)} ${JSON.stringify({ op: 'multi', ops })}`;
}

const lesson: Lesson = {
  plan: (seed) => ({
    ...PLAIN,
    world: { ...stage(3), seed },
    start: {
      kind: 'script',
      text: lines(
        'wait until 1, 2, 3 serve',
        'new client A',
        'when A is connected: A: create /stock 5',
        'A: create /orders',
        'wait until znode /orders exists',
        'wait 500ms',
      ),
    },
    questions: [
      {
        id: 'left',
        step: 'half',
        ask: words(
          'Create, a check that fails, set. What does the program leave behind?',
          'create，一个失败的 check，再 set。程序会留下什么？',
        ),
        options: [
          {
            id: 'created',
            words: words('/orders/1, and /stock as it was', '有 /orders/1，/stock 不变'),
            when: { fact: 'all', of: [ORDER, { fact: 'znode', path: '/stock', text: '5' }] },
          },
          {
            id: 'all',
            words: words('Everything but the check', '除 check 外的一切'),
            when: { fact: 'all', of: [ORDER, { fact: 'znode', path: '/stock', text: '4' }] },
          },
          {
            id: 'nothing',
            words: words('Nothing at all', '什么也不留下'),
            when: { happening: 'answer', op: 'multi', err: BAD_VERSION },
          },
        ],
      },
    ],
    goals: [
      {
        id: 'refused',
        step: 'half',
        test: {
          test: 'happens',
          what: { happening: 'answer', op: 'multi', err: BAD_VERSION },
        },
        words: words('A multi fails at its check', '一个 multi 在 check 处失败'),
      },
      {
        id: 'said',
        step: 'half',
        test: { test: 'predicted', question: 'left' },
        words: words('You said what it leaves behind', '你说对了它会留下什么'),
      },
      {
        id: 'done',
        step: 'whole',
        after: ['refused'],
        test: { test: 'happens', what: { happening: 'answer', op: 'multi', err: 0 } },
        words: words('A multi is done', '一个 multi 成功'),
      },
      {
        id: 'whole',
        step: 'whole',
        after: ['refused'],
        test: {
          test: 'reached',
          what: { fact: 'all', of: [ORDER, { fact: 'znode', path: '/stock', text: '4' }] },
        },
        words: words('The order is there, and /stock holds 4', '订单在，/stock 的值是 4'),
      },
      {
        id: 'never-half',
        step: 'whole',
        test: {
          test: 'never',
          what: { fact: 'all', of: [ORDER, { fact: 'znode', path: '/stock', text: '5' }] },
        },
        words: words('At no moment half of the order', '任何时刻都没有半个订单'),
      },
    ],
    hints: [
      {
        step: 'half',
        words: words(
          '“Multi” is one transaction. Can half of one be done?',
          'multi 是一个事务。事务能只做一半吗？',
        ),
      },
      {
        step: 'whole',
        words: words(
          'stat /stock in the console: dataVersion is 0. So version: 0 in the check.',
          '在控制台 stat /stock：dataVersion 是 0。所以 check 里写 version: 0。',
        ),
      },
    ],
    solutions: [
      {
        name: words('With the right version', '用正确的版本'),
        answers: { left: RIGHT },
        script: lines(order(1, 7), 'after 1s A types "stat /stock"', `after 1s ${order(2, 0)}`),
      },
      {
        name: words('With any version', '不限版本'),
        answers: { left: 'nothing' },
        script: lines(order(1, 7), `after 1s ${order(2, -1)}`),
      },
    ],
    nearMisses: [
      {
        name: words('Line by line in the console', '在控制台逐行完成'),
        misses: 'never-half',
        answers: { left: 'nothing' },
        script: lines(
          order(1, 7),
          'after 1s A types "create /orders/1 one"',
          'A types "set /stock 4"',
        ),
      },
      {
        name: words('The same again', '原样重试'),
        misses: 'done',
        answers: { left: RIGHT },
        script: lines(order(1, 7), `after 1s ${order(2, 7)}`),
      },
      {
        name: words('A wrong prediction', '预测错误'),
        misses: 'said',
        answers: { left: WRONG },
        script: lines(order(1, 7), `after 1s ${order(2, 0)}`),
      },
    ],
    par: 2,
  }),
};

export default lesson;
