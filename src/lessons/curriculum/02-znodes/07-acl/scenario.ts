import { PLAIN, RIGHT, words, WRONG, type Lesson } from '../../../engine/lesson.ts';
import { lines, stage } from '../../../scenarios/world.ts';

const NO_AUTH = -102;

const CLOSE = lines(
  'A types "addauth digest alice:secret"',
  'A types "create /vault treasure auth::cdrwa"',
  'wait until znode /vault exists',
  'after 500ms B types "get /vault"',
  'after 500ms A types "create /vault/open hello"',
  'wait until znode /vault/open exists',
  'after 500ms B types "get /vault/open"',
);
const DELETE = lines('after 500ms B types "delete /vault/open"', 'wait 500ms');
const KEY = lines('B types "addauth digest alice:secret"', 'B types "get /vault"');

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
        'wait until A is connected',
        'wait until B is connected',
      ),
    },
    questions: [
      {
        id: 'read',
        step: 'child',
        after: ['closed'],
        ask: words(
          '/vault is closed to B. Can B read /vault/open?',
          '/vault 对 B 关闭。B 能读 /vault/open 吗？',
        ),
        options: [
          {
            id: 'yes',
            words: words('Yes: its own ACL counts', '能：看的是它自己的 ACL'),
            when: {
              happening: 'answer',
              client: 'B',
              op: 'getData',
              path: '/vault/open',
              err: 0,
            },
          },
          {
            id: 'no',
            words: words('No: the parent is closed', '不能：父节点关着'),
            when: {
              happening: 'answer',
              client: 'B',
              op: 'getData',
              path: '/vault/open',
              err: NO_AUTH,
            },
          },
        ],
      },
      {
        id: 'delete',
        step: 'delete',
        after: ['closed'],
        ask: words(
          '/vault/open lets everybody do everything. Can B delete it?',
          '/vault/open 允许任何人做任何事。B 能删除它吗？',
        ),
        options: [
          {
            id: 'yes',
            words: words('Yes', '能'),
            when: {
              happening: 'answer',
              client: 'B',
              op: 'delete',
              path: '/vault/open',
              err: 0,
            },
          },
          {
            id: 'no',
            words: words('No: that is up to the parent', '不能：这由父节点决定'),
            when: {
              happening: 'answer',
              client: 'B',
              op: 'delete',
              path: '/vault/open',
              err: NO_AUTH,
            },
          },
        ],
      },
    ],
    goals: [
      {
        id: 'closed',
        step: 'close',
        test: {
          test: 'happens',
          what: {
            happening: 'answer',
            client: 'B',
            op: 'getData',
            path: '/vault',
            err: NO_AUTH,
          },
        },
        words: words('B may not read /vault', 'B 不能读 /vault'),
      },
      {
        id: 'said-read',
        step: 'child',
        test: { test: 'predicted', question: 'read' },
        words: words('You said whether B can read the child', '你说对了 B 能否读子节点'),
      },
      {
        id: 'said-delete',
        step: 'delete',
        test: { test: 'predicted', question: 'delete' },
        words: words('You said whether B can delete it', '你说对了 B 能否删除它'),
      },
      {
        id: 'opened',
        step: 'key',
        after: ['closed'],
        test: {
          test: 'happens',
          what: { happening: 'answer', client: 'B', op: 'getData', path: '/vault', err: 0 },
        },
        words: words('B reads /vault', 'B 读到 /vault'),
        unchecked: words(
          'How it got in is left to you: by the password or by setAcl',
          '用密码还是用 setAcl 进来，不作要求',
        ),
      },
    ],
    hints: [
      {
        step: 'close',
        words: words(
          'The tabs of the console change between A and B. The first two lines are for A.',
          '用控制台的标签切换 A 和 B。前两行在 A 里输入。',
        ),
      },
      {
        step: 'delete',
        words: words(
          'Deleting changes the parent’s list of children.',
          '删除改变的是父节点的子节点列表。',
        ),
      },
    ],
    solutions: [
      {
        name: words('By the password', '凭密码'),
        answers: { read: RIGHT, delete: RIGHT },
        script: `${CLOSE}${DELETE}${KEY}`,
      },
      {
        name: words('A opens the vault', 'A 打开保险库'),
        answers: { read: 'yes', delete: 'no' },
        script: `${CLOSE}${DELETE}${lines(
          'A types "setAcl /vault world:anyone:r"',
          'after 1s B types "get /vault"',
        )}`,
      },
    ],
    nearMisses: [
      {
        name: words('A wrong password', '密码错误'),
        misses: 'opened',
        answers: { read: RIGHT, delete: RIGHT },
        script: `${CLOSE}${DELETE}${lines(
          'B types "addauth digest alice:guess"',
          'B types "get /vault"',
        )}`,
      },
      {
        name: words('The vault was never closed', '保险库没有关'),
        misses: 'closed',
        answers: { read: 'yes', delete: 'no' },
        script: lines(
          'A types "create /vault treasure"',
          'wait until znode /vault exists',
          'after 500ms B types "get /vault"',
        ),
      },
      {
        name: words('A wrong prediction', '预测错误'),
        misses: 'said-delete',
        answers: { read: RIGHT, delete: WRONG },
        script: `${CLOSE}${DELETE}${KEY}`,
      },
    ],
    par: 8,
  }),
};

export default lesson;
