import { stage } from '../../../scenarios/world.ts';
import { drill, inLog, onConsole, typed } from '../drill.ts';

/** A queue takes nothing more: a quota of its parent is used up, of znodes or of bytes. */
export default drill((seed) => {
  const isCount = seed % 2 === 1;
  return {
    world: stage(3, 0, { enforceQuota: true }),
    start: [
      'wait until 1, 2, 3 serve',
      'new client A',
      'when A is connected: A: create /jobs x',
      'wait until znode /jobs exists',
      'wait 300ms',
      isCount ? 'A: setquota -N 3 /jobs' : 'A: setquota -B 20 /jobs',
      'wait 1s',
      ...['one', 'two', 'three'].flatMap((name) => [
        `A: create /jobs/${name} 12345678`,
        'wait 500ms',
      ]),
      'A: listquota /jobs',
      'wait 1s',
    ],
    causes: [
      typed(
        'count',
        ['A hard quota of znodes is used up', 'znode 数量的硬 quota 已用尽'],
        'setquota -N',
      ),
      typed(
        'bytes',
        ['A hard quota of bytes is used up', '字节数的硬 quota 已用尽'],
        'setquota -B',
      ),
      typed('acl', ['The ACL of /jobs does not allow it', '/jobs 的 ACL 不允许'], 'setAcl'),
      typed(
        'ephemeral',
        ['/jobs is ephemeral, and has no children', '/jobs 是 ephemeral，不能有子节点'],
        'create -e',
      ),
    ],
    proofs: [
      onConsole('Quota has exceeded : /jobs/three', 'A'),
      onConsole(isCount ? 'countHardLimit=3' : 'byteHardLimit=20', 'A'),
      inLog(
        isCount
          ? 'Quota exceeded: /jobs .*hardCountLimit=3'
          : 'Quota exceeded: /jobs .*hardByteLimit=20',
      ),
    ],
    evidence: 2,
    repaired: [
      { fact: 'znode', path: '/jobs/three', at: 'leader' },
      '/jobs/three is there',
      '/jobs/three 存在',
    ],
    proven: [
      {
        fact: 'all',
        of: [
          { fact: 'znode', path: '/jobs/three', at: 'every' },
          { fact: 'znode', path: '/zookeeper/quota/jobs/zookeeper_limits', at: 'every' },
        ],
      },
      'It is at every server, and /jobs still has a quota',
      '每台服务器都有它，且 /jobs 仍有 quota',
    ],
    atMost: 0,
    solutions: [
      [
        'A job that is done goes',
        '删掉做完的任务',
        [
          'A: delete /jobs/one',
          'wait until znode /jobs/one gone',
          'A: create /jobs/three 12345678',
        ],
      ],
      [
        'Another job goes',
        '删掉另一个任务',
        [
          'A: deleteall /jobs/two',
          'wait until znode /jobs/two gone',
          'A: create /jobs/three 12345678',
        ],
      ],
    ],
    misses: [
      ['repaired', 'Once more', '再来一次', ['A: create /jobs/three 12345678', 'wait 1s']],
      [
        'proven',
        'The quota is thrown away',
        '直接去掉 quota',
        [
          isCount ? 'A: delquota -N /jobs' : 'A: delquota -B /jobs',
          'wait 500ms',
          'A: deleteall /zookeeper/quota/jobs',
          'wait 500ms',
          'A: create /jobs/three 12345678',
        ],
      ],
      [
        'budget',
        'A server is restarted',
        '重启服务器',
        [
          'crash 1',
          'wait 1s',
          'restart 1',
          'wait until 1, 2, 3 serve',
          'when A is connected: A: delete /jobs/one',
          'wait until znode /jobs/one gone',
          'A: create /jobs/three 12345678',
        ],
      ],
    ],
    hints: [
      [
        '`listquota /jobs` shows the limits and what is used.',
        '`listquota /jobs` 显示上限和已用量。',
      ],
      [
        'Make room: a quota counts what is there, not what ever was.',
        '腾出空间：quota 数的是现有的，而不是曾经有过的。',
      ],
    ],
    par: 2,
  };
});
