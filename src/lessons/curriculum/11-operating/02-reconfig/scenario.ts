import { digestId } from '../../../../core/auth/digest-auth.ts';
import {
  goal,
  happens,
  hint,
  lessonOf,
  miss,
  reached,
  safe,
  stands,
  way,
} from '../../../engine/build.ts';
import { stage } from '../../../scenarios/world.ts';

const REMOVED = ['A: reconfig -remove 1,2', 'wait 3s'];

export default lessonOf(
  [
    'wait until 1, 2, 3, 4, 5 serve',
    'new client A servers=5',
    'wait until A is connected',
    'A: addauth digest super:secret',
    'wait 300ms',
    'A: create /app x',
    'wait until znode /app exists',
  ],
  {
    world: stage(5, 0, {
      reconfigEnabled: true,
      standaloneEnabled: false,
      superDigest: digestId('super', 'secret'),
    }),
    goals: [
      goal(
        'look',
        'looked',
        happens({
          happening: 'answer',
          client: 'A',
          op: 'getData',
          path: '/zookeeper/config',
          err: 0,
        }),
        'The configuration is read',
        '读取配置',
      ),
      goal(
        'remove',
        'voters',
        reached({ fact: 'voters', are: [3, 4, 5] }),
        'The voters are 3, 4 and 5',
        '投票成员是 3、4、5',
      ),
      goal(
        'stop',
        'one-down',
        reached({
          fact: 'all',
          of: [
            { fact: 'not', of: { fact: 'running', server: 1 } },
            { fact: 'not', of: { fact: 'running', server: 2 } },
          ],
        }),
        'Servers 1 and 2 are stopped',
        '服务器 1 和 2 已停止',
      ),
      goal(
        'stop',
        'order',
        {
          test: 'never',
          what: {
            fact: 'all',
            of: [
              { fact: 'not', of: { fact: 'running', server: 1 } },
              { fact: 'not', of: { fact: 'voters', are: [3, 4, 5] } },
              { fact: 'serves' },
            ],
          },
        },
        'They were stopped only after they had left the configuration',
        '它们离开配置之后才被停止',
      ),
      goal(
        'stop',
        'spare',
        reached({
          fact: 'all',
          of: [
            { fact: 'not', of: { fact: 'running', server: 3 } },
            { fact: 'serves' },
            { fact: 'znode', path: '/still' },
          ],
        }),
        'Server 3 fails as well, and /still can be written',
        '服务器 3 也失效，仍能写入 /still',
        { after: ['voters', 'one-down'] },
      ),
      goal('stop', 'serves', stands({ fact: 'serves' }), 'A quorum serves', '有 quorum 提供服务'),
      safe('stop'),
    ],
    hints: [
      hint('look', '`config` in the console of A.', '在 A 的控制台里执行 `config`。'),
      hint('remove', 'By A: `reconfig -remove 1,2`', '由 A 执行：`reconfig -remove 1,2`'),
      hint(
        'stop',
        'With voters 3, 4, 5 two are a quorum: crash 1 and 2, then 3, then `create /still x`.',
        '投票成员为 3、4、5 时两台就是 quorum：让 1 和 2 崩溃，再让 3 崩溃，然后 `create /still x`。',
      ),
    ],
    solutions: [
      way(
        'Both at once',
        '一次移除两台',
        [
          'A: config',
          'wait 300ms',
          ...REMOVED,
          'crash 1',
          'crash 2',
          'wait 500ms',
          'crash 3',
          'wait 500ms',
          'A: create /still x',
          'wait until znode /still exists',
        ],
        { afterwards: 3_000_000 },
      ),
      way(
        'One after the other',
        '逐台移除',
        [
          'A: config',
          'wait 300ms',
          'A: reconfig -remove 1',
          'wait 3s',
          'A: reconfig -remove 2',
          'wait 3s',
          'crash 1',
          'crash 2',
          'crash 3',
          'wait 500ms',
          'A: create /still x',
          'wait until znode /still exists',
        ],
        { afterwards: 3_000_000 },
      ),
    ],
    nearMisses: [
      miss('order', 'Stopped first', '先停止', [
        'A: config',
        'wait 300ms',
        'crash 1',
        'crash 2',
        'wait 1s',
        ...REMOVED,
        'crash 3',
        'wait 1s',
      ]),
      miss('voters', 'Never removed', '从未移除', [
        'A: config',
        'wait 300ms',
        'crash 1',
        'wait 500ms',
        'crash 2',
        'A: create /still x',
        'wait 2s',
      ]),
      miss('spare', 'The new quorum is not tried', '没有检验新的 quorum', [
        'A: config',
        'wait 300ms',
        ...REMOVED,
        'crash 1',
        'crash 2',
        'A: create /still x',
        'wait 1s',
      ]),
    ],
    par: 6,
  },
);
