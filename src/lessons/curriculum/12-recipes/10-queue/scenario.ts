import {
  goal,
  happens,
  hint,
  lessonOf,
  miss,
  not,
  predicted,
  question,
  reached,
  safe,
  threeWith,
  way,
} from '../../../engine/build.ts';
import { RIGHT, WRONG } from '../../../engine/lesson.ts';

const DELETED = {
  happening: 'answer',
  client: 'C',
  op: 'delete',
  path: '/queue/item-0000000000',
} as const;
const FILL = [
  'P: create -s /queue/item- first',
  'wait until znode /queue/item-0000000000 exists',
  'P: create -s /queue/item- second',
  'wait until znode /queue/item-0000000001 exists',
  'after 300ms C: ls /queue',
  'D: ls /queue',
  'after 300ms D: get /queue/item-0000000000',
  'D: delete /queue/item-0000000000',
  'wait until znode /queue/item-0000000000 gone',
];

export default lessonOf(
  [...threeWith('P', 'C', 'D'), 'P: create /queue', 'wait until znode /queue exists'],
  {
    questions: [
      question(
        'race',
        'second',
        [
          'D has taken the first item. C, whose list is older, tries to delete it too: what does it get?',
          'D 已取走第一项。列表较旧的 C 也去删除它：会得到什么？',
        ],
        {
          ok: ['OK: both have it', 'OK：两者都拿到了', { ...DELETED, err: 0 }],
          nonode: [
            'NoNode: somebody else was faster',
            'NoNode：别人更快',
            { ...DELETED, err: -101 },
          ],
          wait: ['It waits until D has finished', '它等到 D 处理完', { otherwise: 60_000_000 }],
        },
      ),
    ],
    goals: [
      goal(
        'fill',
        'filled',
        reached({
          fact: 'all',
          of: [
            { fact: 'znode', path: '/queue/item-0000000000', kind: 'persistent' },
            { fact: 'znode', path: '/queue/item-0000000001', kind: 'persistent' },
          ],
        }),
        'Two items stand in the queue, and outlive their producer',
        '队列里有两项，并且比生产者活得久',
      ),
      goal(
        'race',
        'd-takes',
        happens({
          happening: 'answer',
          client: 'D',
          op: 'delete',
          path: '/queue/item-0000000000',
          err: 0,
        }),
        'D takes the first item: its delete succeeds',
        'D 取走第一项：它的删除成功',
        { after: ['filled'] },
      ),
      predicted('race', 'second'),
      goal(
        'race',
        'c-late',
        happens({ ...DELETED, err: -101 }),
        'C tries the same, and is too late',
        'C 也去取，但晚了',
        { after: ['d-takes'] },
      ),
      goal(
        'next',
        'c-takes',
        happens({
          happening: 'answer',
          client: 'C',
          op: 'delete',
          path: '/queue/item-0000000001',
          err: 0,
        }),
        'C goes on with the next, and has it',
        'C 继续取下一项，拿到了',
        { after: ['c-late'] },
      ),
      goal(
        'next',
        'empty',
        reached(not({ fact: 'znode', path: '/queue', children: { min: 1 } })),
        'The queue is empty',
        '队列空了',
        { after: ['c-takes'] },
      ),
      safe('next'),
    ],
    hints: [
      hint(
        'fill',
        '`create -s /queue/item- first` by P: sequential, and not ephemeral.',
        'P 执行 `create -s /queue/item- first`：顺序节点，但不是 ephemeral。',
      ),
      hint(
        'race',
        'Read before you delete: afterwards nothing is left to be read.',
        '先读再删：删了就没得读了。',
      ),
      hint(
        'next',
        '`delete /queue/item-0000000001` by C.',
        'C 执行 `delete /queue/item-0000000001`。',
      ),
    ],
    solutions: [
      way(
        'C goes on',
        'C 继续',
        [
          ...FILL,
          'C: delete /queue/item-0000000000',
          'after 300ms C: get /queue/item-0000000001',
          'C: delete /queue/item-0000000001',
        ],
        { answers: { second: RIGHT } },
      ),
      way(
        'The producer dies first',
        '生产者先死',
        [
          ...FILL,
          'kill P',
          'C: delete /queue/item-0000000000',
          'after 300ms C: delete /queue/item-0000000001',
        ],
        { answers: { second: 'nonode' } },
      ),
    ],
    nearMisses: [
      miss(
        'filled',
        'Items that die with their producer',
        '随生产者消失的项',
        [
          'P: create -e -s /queue/item- first',
          'P: create -e -s /queue/item- second',
          'wait until znode /queue/item-0000000001 exists',
          'D: delete /queue/item-0000000000',
          'after 500ms C: delete /queue/item-0000000000',
          'C: delete /queue/item-0000000001',
        ],
        { answers: { second: RIGHT } },
      ),
      miss('c-takes', 'C gives up', 'C 放弃', [...FILL, 'C: delete /queue/item-0000000000'], {
        answers: { second: RIGHT },
      }),
      miss(
        'second-predicted',
        'A wrong prediction',
        '预测错误',
        [
          ...FILL,
          'C: delete /queue/item-0000000000',
          'after 300ms C: delete /queue/item-0000000001',
        ],
        { answers: { second: WRONG } },
      ),
    ],
    par: 5,
  },
);
