import type { Fact } from '../../../engine/goal.ts';
import { PLAIN, RIGHT, words, WRONG, type Lesson } from '../../../engine/lesson.ts';
import { lines, stage } from '../../../scenarios/world.ts';

const QUOTA_EXCEEDED = -125;
const LIMITS = '/zookeeper/quota/team/zookeeper_limits';
const SOFT = 'softCountLimit=3';

const child = (name: string): Fact => ({ fact: 'znode', path: `/team/${name}` });

const ABC = lines(
  'A types "setquota -n 3 /team"',
  'A types "create /team/a"',
  'A types "create /team/b"',
  'A types "create /team/c"',
  'wait until znode /team/c exists',
  'wait 500ms',
);
const DE = lines(
  'A types "setquota -N 5 /team"',
  'A types "create /team/d"',
  'A types "create /team/e"',
  'wait until znode /team/d exists',
  'wait 1s',
);

const lesson: Lesson = {
  plan: (seed) => ({
    ...PLAIN,
    world: { ...stage(3, 0, { enforceQuota: true }), seed },
    start: {
      kind: 'script',
      text: lines(
        'wait until 1, 2, 3 serve',
        'new client A',
        'when A is connected: A: create /team',
        'wait until znode /team exists',
        'wait 500ms',
      ),
    },
    questions: [
      {
        id: 'third',
        step: 'soft',
        ask: words(
          'With a soft limit of three: what becomes of the third child?',
          '软限制为三：第三个子节点会怎样？',
        ),
        options: [
          {
            id: 'refused',
            words: words('The client is refused', '客户端被拒绝'),
            when: {
              happening: 'answer',
              op: 'create',
              path: '/team/c',
              err: QUOTA_EXCEEDED,
            },
          },
          {
            id: 'warned',
            words: words(
              'It is created, and the leader’s log has a warning',
              '创建成功，leader 的日志里有一条警告',
            ),
            when: { happening: 'logs', server: 'leader', text: SOFT },
          },
          {
            id: 'nothing',
            words: words('It is created, and nobody says anything', '创建成功，没有任何提示'),
            when: child('c'),
          },
        ],
      },
    ],
    goals: [
      {
        id: 'warned',
        step: 'soft',
        test: { test: 'happens', what: { happening: 'logs', server: 'leader', text: SOFT } },
        words: words(
          'The leader warns that a soft limit of 3 is exceeded',
          'leader 警告：超过了软限制 3',
        ),
      },
      {
        id: 'said',
        step: 'soft',
        test: { test: 'predicted', question: 'third' },
        words: words('You said what becomes of the third', '你说对了第三个会怎样'),
      },
      {
        id: 'refused',
        step: 'hard',
        test: {
          test: 'happens',
          what: { happening: 'answer', op: 'create', err: QUOTA_EXCEEDED },
        },
        words: words('A create is refused by a hard limit', '一次 create 被硬限制拒绝'),
      },
      {
        id: 'urgent',
        step: 'room',
        after: ['refused'],
        test: { test: 'reached', what: child('urgent') },
        words: words('/team/urgent is there', '/team/urgent 存在'),
      },
      {
        id: 'kept',
        step: 'room',
        after: ['refused'],
        test: { test: 'stands', what: { fact: 'znode', path: LIMITS, version: { max: 1 } } },
        words: words(
          'The limits are those that were set: no change behind the refusal',
          '限制保持原样：被拒绝之后没有改过',
        ),
        unchecked: words('What you delete to make room', '你删掉什么来腾地方'),
      },
    ],
    hints: [
      {
        step: 'soft',
        words: words(
          'Soft: the server keeps to what the client wants, and tells the operator.',
          '软：服务器照客户端说的做，只告诉运维人员。',
        ),
      },
      {
        step: 'hard',
        words: words(
          '/team itself counts: four children fit.',
          '/team 自己也算一个：容得下四个子节点。',
        ),
      },
      { step: 'room', words: words('Delete one child first.', '先删掉一个子节点。') },
    ],
    solutions: [
      {
        name: words('One goes, one comes', '去一个，来一个'),
        answers: { third: RIGHT },
        script: `${ABC}${DE}${lines('A types "delete /team/a"', 'A types "create /team/urgent"')}`,
      },
      {
        name: words('Two go', '删掉两个'),
        answers: { third: 'warned' },
        script: `${ABC}${DE}${lines(
          'A types "delete /team/d"',
          'A types "delete /team/c"',
          'A types "create /team/urgent now"',
          'A types "listquota /team"',
        )}`,
      },
    ],
    nearMisses: [
      {
        name: words('The limit is raised', '调高了限制'),
        misses: 'kept',
        answers: { third: RIGHT },
        script: `${ABC}${DE}${lines(
          'A types "setquota -N 10 /team"',
          'A types "create /team/urgent"',
        )}`,
      },
      {
        name: words('The quota is removed', '删除了配额'),
        misses: 'kept',
        answers: { third: RIGHT },
        script: `${ABC}${DE}${lines('A types "delquota /team"', 'A types "create /team/urgent"')}`,
      },
      {
        name: words('No room is made', '没有腾地方'),
        misses: 'urgent',
        answers: { third: RIGHT },
        script: `${ABC}${DE}${lines('A types "create /team/urgent"')}`,
      },
      {
        name: words('Only a soft limit', '只有软限制'),
        misses: 'refused',
        answers: { third: WRONG },
        script: `${ABC}${lines('A types "create /team/d"', 'A types "create /team/e"')}`,
      },
    ],
    par: 8,
  }),
};

export default lesson;
