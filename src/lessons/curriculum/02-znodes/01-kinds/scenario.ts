import type { Fact } from '../../../engine/goal.ts';
import { PLAIN, RIGHT, words, WRONG, type Lesson } from '../../../engine/lesson.ts';
import { lines, stage } from '../../../scenarios/world.ts';

const NO_CHILDREN = -108;
const REPORT: Fact = { fact: 'znode', path: '/report' };
const WORKER: Fact = { fact: 'znode', path: '/worker' };
const SERVES: Fact = { fact: 'serves' };

const not = (of: Fact): Fact => ({ fact: 'not', of });

const MAKE = lines('A types "create /report done"', 'A types "create -e /worker A"');
const TRY = lines('after 1s A types "create /worker/task one"');

const lesson: Lesson = {
  plan: (seed) => ({
    ...PLAIN,
    world: { ...stage(3), seed },
    start: {
      kind: 'script',
      text: lines(
        'wait until 1, 2, 3 serve',
        'new client A timeout=4s',
        'new client B',
        'wait until A is connected',
        'wait until B is connected',
      ),
    },
    questions: [
      {
        id: 'child',
        step: 'child',
        after: ['made'],
        ask: words('Can /worker have a child?', '/worker 能有子节点吗？'),
        options: [
          {
            id: 'yes',
            words: words('Yes, and it goes with it', '能，并随它一起消失'),
            when: { happening: 'answer', op: 'create', path: '/worker/task', err: 0 },
          },
          {
            id: 'no',
            words: words('No, it is refused', '不能，会被拒绝'),
            when: { happening: 'answer', op: 'create', path: '/worker/task', err: NO_CHILDREN },
          },
        ],
      },
      {
        id: 'left',
        step: 'end',
        after: ['made'],
        ask: words('A’s session ends. What is left?', 'A 的 session 结束后，剩下什么？'),
        options: [
          {
            id: 'report',
            words: words('Only /report', '只有 /report'),
            when: { fact: 'all', of: [SERVES, REPORT, not(WORKER)] },
          },
          {
            id: 'worker',
            words: words('Only /worker', '只有 /worker'),
            when: { fact: 'all', of: [SERVES, WORKER, not(REPORT)] },
          },
          {
            id: 'none',
            words: words('Neither', '都不在了'),
            when: { fact: 'all', of: [SERVES, not(WORKER), not(REPORT)] },
          },
        ],
      },
    ],
    goals: [
      {
        id: 'made',
        step: 'make',
        test: {
          test: 'reached',
          what: {
            fact: 'all',
            of: [
              { fact: 'znode', path: '/report', kind: 'persistent' },
              { fact: 'znode', path: '/worker', kind: 'ephemeral', owner: 'A' },
            ],
          },
        },
        words: words(
          '/report is persistent, /worker is ephemeral and belongs to A',
          '/report 是持久节点，/worker 是属于 A 的临时节点',
        ),
      },
      {
        id: 'no-child',
        step: 'child',
        test: { test: 'predicted', question: 'child' },
        words: words('You said whether it may have a child', '你说对了它能不能有子节点'),
      },
      {
        id: 'killed',
        step: 'end',
        after: ['made'],
        test: { test: 'happens', what: { happening: 'expires', client: 'A' } },
        words: words('The leader expires the session of A', 'leader 让 A 的 session 过期'),
        unchecked: words(
          'Killed, frozen or cut off: the leader hears no more of it',
          '杀掉、冻结或断网都行：leader 再也听不到它',
        ),
      },
      {
        id: 'what-is-left',
        step: 'end',
        test: { test: 'predicted', question: 'left' },
        words: words('You said what is left', '你说对了剩下什么'),
      },
    ],
    hints: [
      {
        step: 'child',
        words: words(
          'Whose session would own the child, if the parent goes with A’s?',
          '如果父节点随 A 的 session 消失，子节点归谁呢？',
        ),
      },
      {
        step: 'end',
        words: words(
          'Select the session of A; “Kill its client” is in the menu “…” of the tools. The timeout is 4 s.',
          '选中 A 的会话；“杀死它的客户端”在工具的菜单“…”里。超时是 4 秒。',
        ),
      },
    ],
    solutions: [
      {
        name: words('The client is killed', '杀掉客户端'),
        answers: { child: RIGHT, left: RIGHT },
        script: `${MAKE}${TRY}${lines('after 1s kill A', 'wait until znode /worker gone')}`,
      },
      {
        name: words('The client is frozen', '冻结客户端'),
        answers: { child: 'no', left: 'report' },
        script: `${MAKE}${TRY}${lines('after 1s pause A', 'wait until znode /worker gone')}`,
      },
    ],
    nearMisses: [
      {
        name: words('The session is closed in good order', '正常关闭 session'),
        misses: 'killed',
        answers: { child: RIGHT, left: RIGHT },
        script: `${MAKE}${TRY}${lines('after 1s A types "close"')}`,
        afterwards: 10_000_000,
      },
      {
        name: words('Not an ephemeral one', '不是临时节点'),
        misses: 'made',
        answers: { child: RIGHT, left: RIGHT },
        script: lines(
          'A types "create /report done"',
          'A types "create /worker A"',
          'after 1s A types "create /worker/task one"',
          'after 1s kill A',
        ),
        afterwards: 8_000_000,
      },
      {
        name: words('A wrong prediction', '预测错误'),
        misses: 'what-is-left',
        answers: { child: RIGHT, left: WRONG },
        script: `${MAKE}${TRY}${lines('after 1s kill A', 'wait until znode /worker gone')}`,
      },
    ],
    par: 4,
  }),
};

export default lesson;
