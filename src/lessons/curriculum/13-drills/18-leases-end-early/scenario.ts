import type { Millis } from '../../../../core/units.ts';
import { stage } from '../../../scenarios/world.ts';
import { did, drill, inLog, onConsole, typed } from '../drill.ts';

/** A lease of ten minutes is gone within seconds: the leader's clock jumped, or the TTL is wrong. */
export default drill((seed) => {
  const isClock = seed % 2 === 1;
  return {
    world: stage(3, 0, {
      extendedTypesEnabled: true,
      containerCheckInterval: 1000 as Millis,
    }),
    start: [
      'wait until 1, 2, 3 serve',
      'new client A servers=3 timeout=20s',
      `when A is connected: A: create -t ${isClock ? '600000' : '600'} /lease A`,
      'wait until znode /lease exists',
      'A: stat /lease',
      'wait 500ms',
      ...(isClock ? ['skew 3 3600s'] : []),
      'wait until znode /lease gone',
      'A: stat /lease',
      'wait 500ms',
      ...(isClock ? ['skew 3 -3600s'] : []),
      'wait 500ms',
    ],
    causes: [
      did('clock', ['The clock of the leader was wrong', 'leader 的时钟不准'], { kind: 'skew' }),
      typed(
        'seconds',
        ['The TTL was given in seconds, and is read in milliseconds', 'TTL 按秒给出，却按毫秒理解'],
        'create -t 600 ',
      ),
      did('session', ['The session of the client ended', '客户端的会话结束了'], {
        kind: 'killClient',
      }),
      typed('deleted', ['Somebody deleted it', '有人删除了它'], 'delete /lease'),
    ],
    proofs: [
      inLog('Attempting to delete candidate container: /lease'),
      onConsole('Node does not exist: /lease', 'A'),
      onConsole(isClock ? '^ctime = ' : '\\] create -t 600 /lease', 'A'),
    ],
    evidence: 2,
    repaired: [
      { fact: 'znode', path: '/lease', kind: 'ttl', at: 'leader' },
      '/lease is there again, with a TTL',
      '/lease 重新存在，并带有 TTL',
    ],
    proven: [
      { fact: 'znode', path: '/lease', at: 'every' },
      'It is at every server, for three seconds',
      '它在每台服务器上保持三秒',
      3_000_000,
    ],
    atMost: 1,
    solutions: [
      [
        'A new lease',
        '新的租约',
        [...(isClock ? ['skew 3 0s'] : []), 'A: create -t 600000 /lease A'],
      ],
      [
        'A longer one',
        '更长的租约',
        [...(isClock ? ['skew 3 0s'] : []), 'A: create -t 900000 /lease A'],
      ],
    ],
    misses: [
      ['repaired', 'An ordinary znode', '普通 znode', ['A: create /lease A']],
      ['repaired', 'Nothing is done', '什么也不做', ['wait 2s']],
      ['proven', 'A lease of half a second', '半秒的租约', ['A: create -t 500 /lease A']],
    ],
    hints: [
      [
        '`stat` at the console shows when it was created. What did the person type behind -t?',
        '控制台里 `stat` 显示它何时创建。`-t` 后面输入的是什么？',
      ],
      [
        'The leader looks at TTLs, by its own clock. A TTL is in milliseconds.',
        '由 leader 按自己的时钟检查 TTL。TTL 的单位是毫秒。',
      ],
    ],
    par: 2,
  };
});
