import {
  both,
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
  stands,
  way,
} from '../../../engine/build.ts';
import type { Fact } from '../../../engine/goal.ts';
import { RIGHT, WRONG } from '../../../engine/lesson.ts';

const away = (client: string): Fact => ({ fact: 'client', client, is: 'disconnected' });
const ownedBy = (owner: string): Fact => ({ fact: 'znode', path: '/lock', at: 'leader', owner });
/** Server 1 hears nothing of its leader. */
const CUT: Fact = { fact: 'cut', from: 3, to: 1 };

const APART = ['partition 1, A | 2, 3, B', 'wait until 1 is LOOKING', 'wait 500ms'];
const EXPIRED = ['wait until session A expires', 'wait until znode /lock gone', 'wait 300ms'];
const TAKEN = ['B types "create -e /lock B"', 'wait until znode /lock exists', 'wait 300ms'];
const HEAL = ['heal', 'wait until 1, 2, 3 serve'];
const RIGHTLY = { answers: { apart: RIGHT, after: RIGHT } };

export default lessonOf(
  [
    'wait until 1, 2, 3 serve',
    'new client A servers=1 timeout=6s',
    'new client B servers=2 timeout=6s',
    'wait until A is connected',
    'wait until B is connected',
    'A: create -e /lock A',
    'wait until znode /lock exists',
  ],
  {
    questions: [
      question(
        'apart',
        'apart',
        [
          'A is cut off with server 1, for longer than its timeout. What is it told meanwhile?',
          'A 和服务器 1 一起被隔开，时间长过它的超时。这期间它得知什么？',
        ],
        {
          disconnected: [
            'That it is disconnected, and no more',
            '它断开了，仅此而已',
            both(away('A'), not(ownedBy('A')), { fact: 'serves' }),
          ],
          expired: [
            'That its session has expired',
            '它的 session 过期了',
            { fact: 'client', client: 'A', is: 'closed' },
          ],
          nothing: [
            'Nothing: server 1 keeps it connected',
            '什么也没有：服务器 1 保持着它的连接',
            both({ fact: 'client', client: 'A', is: 'connected' }, not(ownedBy('A')), {
              fact: 'serves',
            }),
          ],
        },
      ),
      question(
        'heal',
        'after',
        [
          'The network heals, and A reaches server 1 again. What does it hear?',
          '网络恢复，A 又连上服务器 1。它听到什么？',
        ],
        {
          expired: [
            'Its session has expired',
            '它的 session 已过期',
            { happening: 'session', client: 'A', is: 'closed' },
          ],
          connected: [
            'Connected: the session goes on',
            '已连接：session 继续',
            { happening: 'session', client: 'A', is: 'connected' },
          ],
        },
        { after: ['taken'] },
      ),
    ],
    goals: [
      goal(
        'apart',
        'apart',
        reached(both(CUT, away('A'), ownedBy('A'))),
        'A is disconnected in the partition, and /lock is still its own',
        'A 在分区中断开了，而 /lock 仍属于它',
      ),
      predicted('apart', 'apart'),
      goal(
        'expires',
        'expired',
        happens({ happening: 'expires', client: 'A' }),
        'The leader expires the session of A',
        'leader 让 A 的 session 过期',
        { after: ['apart'] },
      ),
      goal(
        'expires',
        'taken',
        reached(both(CUT, away('A'), ownedBy('B'))),
        'B owns /lock, while A knows only that it is disconnected',
        'B 拥有 /lock，而 A 只知道自己断开了',
        { after: ['expired'] },
      ),
      predicted('heal', 'after'),
      goal(
        'heal',
        'told',
        happens({ happening: 'session', client: 'A', is: 'closed' }),
        'A is told that its session is over',
        'A 得知自己的 session 结束了',
        { after: ['taken'] },
      ),
      goal(
        'heal',
        'healed',
        stands(both({ fact: 'allServe' }, { fact: 'noFaults' }, ownedBy('B'))),
        'All serve, nothing is cut, and /lock is still of B',
        '全部提供服务，没有任何链路被切断，/lock 仍属于 B',
        { after: ['taken'] },
      ),
      safe('heal'),
    ],
    hints: [
      hint(
        'apart',
        'The group tool: server 1 and client A; then make the partition (G).',
        '分组工具：服务器 1 和客户端 A；然后制造分区（G）。',
      ),
      hint(
        'expires',
        'Its timeout is 6 s, counted by the leader. Then `create -e /lock B` in the console of B.',
        '它的超时是 6 秒，由 leader 计时。然后在 B 的控制台里执行 `create -e /lock B`。',
      ),
      hint('heal', 'H heals all links.', 'H 恢复所有链路。'),
    ],
    solutions: [
      way('A partition', '一次分区', [...APART, ...EXPIRED, ...TAKEN, ...HEAL], RIGHTLY),
      way(
        'Only the links of server 1 to the others are cut',
        '只切断服务器 1 与其他服务器的链路',
        [
          'cut 1 <-> 2',
          'cut 1 <-> 3',
          ...EXPIRED,
          ...TAKEN,
          'wait 2s',
          'heal 1 <-> 2',
          'heal 1 <-> 3',
          'wait until 1, 2, 3 serve',
        ],
        { answers: { apart: 'disconnected', after: 'expired' } },
      ),
    ],
    nearMisses: [
      miss(
        'apart-predicted',
        'A wrong prediction',
        '预测错误',
        [...APART, ...EXPIRED, ...TAKEN, ...HEAL],
        { answers: { apart: WRONG, after: RIGHT } },
      ),
      miss(
        'expired',
        'Healed before the leader gives the session up',
        '在 leader 放弃这个 session 之前就恢复了',
        [...APART, ...HEAL, 'wait 3s', 'B: create -e /lock B', 'wait 1s'],
        RIGHTLY,
      ),
      miss(
        'taken',
        'Taken only after the heal',
        '恢复之后才取得',
        [...APART, ...EXPIRED, ...HEAL, 'wait 2s', ...TAKEN],
        RIGHTLY,
      ),
      miss(
        'apart',
        'The program dies, and no network is broken',
        '程序死了，网络没有坏',
        ['kill A', 'wait until znode /lock gone', ...TAKEN, 'wait 1s'],
        RIGHTLY,
      ),
      miss('healed', 'Never healed', '没有恢复', [...APART, ...EXPIRED, ...TAKEN], RIGHTLY),
    ],
    par: 3,
  },
);
