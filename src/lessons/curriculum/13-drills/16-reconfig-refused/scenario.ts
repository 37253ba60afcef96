import { digestId } from '../../../../core/auth/digest-auth.ts';
import { stage } from '../../../scenarios/world.ts';
import { byWord, did, drill, inLog, onConsole } from '../drill.ts';

/** Four voters are to become two, and the one that is to stay does not run. */
export default drill((seed) => {
  const away = (seed % 3) + 1;
  const goers = [1, 2, 3].filter((sid) => sid !== away).join(',');
  const isPaused = seed % 2 === 0;
  const at = String(away);
  const mend = isPaused ? `resume ${at}` : `restart ${at}`;
  const shrink = `when A is connected: A: reconfig -remove ${goers}`;
  return {
    world: stage(4, 0, {
      reconfigEnabled: true,
      standaloneEnabled: false,
      superDigest: digestId('super', 'secret'),
    }),
    start: [
      'wait until 1, 2, 3, 4 serve',
      'new client A servers=4 timeout=20s',
      'when A is connected: A: addauth digest super:secret',
      isPaused ? `pause ${at}` : `crash ${at}`,
      'wait 5s',
      `A: reconfig -remove ${goers}`,
      'wait 2s',
    ],
    causes: [
      did('down', ['A server that is to stay is down', '要留下的一台服务器已停机'], {
        kind: 'crash',
      }),
      did('frozen', ['A server that is to stay stands still', '要留下的一台服务器停住不动'], {
        kind: 'pause',
      }),
      did('network', ['A server that is to stay is cut off', '要留下的一台服务器被隔断'], {
        kind: 'cut',
      }),
      did('full', ['The disk of the leader is full', 'leader 的磁盘已满'], { kind: 'disk' }),
    ],
    proofs: [
      onConsole('No quorum of new config is connected', 'A'),
      inLog('Reconfig failed - there must be a connected and synced quorum', 4),
      inLog(`GOODBYE sid:${at} `, 4),
      byWord('mntr', '^zk_synced_followers\\t2(\\.0)?$', 4),
    ],
    evidence: 2,
    repaired: [{ fact: 'serves' }, 'A quorum serves', '一个 quorum 在提供服务'],
    proven: [
      { fact: 'voters', are: [away, 4] },
      `The voters are ${at} and 4`,
      `投票成员是 ${at} 和 4`,
    ],
    atMost: 1,
    solutions: [
      [
        'It comes back, then both go',
        '先让它回来，再移出两台',
        [mend, `wait until ${at}, 4 serve`, 'wait 1s', shrink],
      ],
      [
        'One at a time',
        '一次一台',
        [
          mend,
          `wait until ${at}, 4 serve`,
          'wait 1s',
          ...goers.split(',').flatMap((sid) => [`A: reconfig -remove ${sid}`, 'wait 3s']),
        ],
      ],
    ],
    misses: [
      ['proven', 'Asked once more', '再要求一次', [shrink, 'wait 2s']],
      [
        'proven',
        'It comes back, and nothing else',
        '让它回来，仅此而已',
        [mend, `wait until ${at}, 4 serve`],
      ],
      [
        'budget',
        'The leader is restarted first',
        '先重启 leader',
        ['crash 4', 'wait 1s', 'restart 4', mend, 'wait 4s'],
      ],
    ],
    hints: [
      [
        'Count who follows the leader: `mntr`. Who of the new configuration is among them?',
        '数一数谁跟随 leader：`mntr`。新配置里的哪些在其中？',
      ],
      [
        'The new configuration needs a quorum that is there and in step before it begins.',
        '新配置在生效之前，必须已有连上并同步的 quorum。',
      ],
    ],
    par: 2,
  };
});
