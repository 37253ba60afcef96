import { stage } from '../../../scenarios/world.ts';
import { configured, drill, inLog, onConsole, typed } from '../drill.ts';

const big = 'x'.repeat(400);

/** A report cannot be stored: it is larger than a request may be, or than its quota. */
export default drill((seed) => {
  const isBuffer = seed % 2 === 1;
  const ask = 'A: create /app/report ';
  return {
    world: stage(3, 0, isBuffer ? { maxBuffer: 300 } : { enforceQuota: true }),
    start: [
      'wait until 1, 2, 3 serve',
      'new client A',
      'when A is connected: A: create /app x',
      'wait until znode /app exists',
      'wait 300ms',
      ...(isBuffer ? [] : ['A: setquota -B 300 /app', 'wait 1s']),
      `${ask}${big}`,
      'wait 1s',
    ],
    causes: [
      configured(
        'buffer',
        ['The request is larger than jute.maxbuffer', '请求大于 jute.maxbuffer'],
        {
          maxBuffer: 300,
        },
      ),
      typed('bytes', ['The quota of bytes is used up', '字节 quota 已用尽'], 'setquota -B'),
      typed(
        'count',
        ['The quota of znodes is used up', 'znode 数量的 quota 已用尽'],
        'setquota -N',
      ),
      typed('acl', ['The ACL of /app does not allow it', '/app 的 ACL 不允许'], 'setAcl'),
    ],
    proofs: isBuffer
      ? [onConsole('larger than jute\\.maxbuffer', 'A'), onConsole('^Nothing was changed', 'A')]
      : [onConsole('Quota has exceeded : /app/report', 'A'), inLog('Quota exceeded: /app .*bytes')],
    evidence: 1,
    repaired: [
      { fact: 'znode', path: '/app/report', at: 'leader' },
      '/app/report is there',
      '/app/report 存在',
    ],
    proven: [
      { fact: 'znode', path: '/app/report', text: 'see-store-17', at: 'every' },
      'It holds a reference: see-store-17, at every server',
      '它保存一个引用：see-store-17，每台服务器都有',
    ],
    atMost: 0,
    solutions: [
      ['A reference, at once', '直接写引用', [`${ask}see-store-17`]],
      [
        'Empty first, then the reference',
        '先建空节点，再写引用',
        [
          'A: create /app/report',
          'wait until znode /app/report exists',
          'A: set /app/report see-store-17',
        ],
      ],
    ],
    misses: [
      ['repaired', 'Once more', '再来一次', [`${ask}${big}`, 'wait 1s']],
      ['proven', 'Cut off at the end', '截断内容', [`${ask}xxxx`, 'wait 1s']],
      [
        'budget',
        'A server is restarted',
        '重启服务器',
        [
          'crash 1',
          'wait 1s',
          'restart 1',
          'wait until 1, 2, 3 serve',
          'when A is connected: A: create /app/report see-store-17',
        ],
      ],
    ],
    hints: [
      [
        'The console says which limit it was. `listquota /app` shows the other one.',
        '控制台说明了碰到哪个上限。`listquota /app` 显示另一个。',
      ],
      [
        'Keep large data elsewhere, and a reference to it in the znode.',
        '大块数据存到别处，znode 里只放引用。',
      ],
    ],
    par: 1,
  };
});
