import { digestId } from '../../../../core/auth/digest-auth.ts';
import { stage } from '../../../scenarios/world.ts';
import { drill, inLog, onConsole, typed } from '../drill.ts';

const ACLS = ['auth::cdrwa', 'ip:10.9.9.9:cdrwa', 'world:anyone:r'] as const;

/** Nobody may write /app any more: an ACL of a lost password, of an old address, or read-only. */
export default drill((seed) => {
  const acl = ACLS[seed % 3] ?? ACLS[0];
  return {
    world: stage(3, 0, { superDigest: digestId('super', 'secret') }),
    start: [
      'wait until 1, 2, 3 serve',
      'new client A servers=1',
      'new client B servers=2',
      'when A is connected: A: create /app one',
      'wait until znode /app exists',
      'A: addauth digest deploy:forgotten',
      'wait 300ms',
      `A: setAcl /app ${acl}`,
      'wait 500ms',
      'A: close',
      'when B is connected: B: set /app two',
      'wait 500ms',
      'B: getAcl /app',
      'wait 500ms',
    ],
    causes: [
      typed('password', ['Only a lost password may', '只有一个丢失的密码有权限'], 'auth::cdrwa'),
      typed(
        'address',
        ['Only a machine that is gone may', '只有一台已不存在的机器有权限'],
        'ip:10.9.9.9',
      ),
      typed(
        'read-only',
        ['Everybody may read, nobody may write', '人人可读，无人可写'],
        'world:anyone:r',
      ),
      typed('quota', ['A quota forbids it', 'quota 不允许'], 'setquota'),
    ],
    proofs: [
      onConsole('Insufficient permission : /app', 'B'),
      onConsole('\\] setAcl /app (auth|ip|world):', 'A'),
      inLog('auth success for scheme digest and address /10\\.0\\.1\\.1'),
    ],
    evidence: 2,
    repaired: [
      { fact: 'znode', path: '/app', text: 'fixed', at: 'leader' },
      'B has written: set /app fixed',
      'B 已写入：set /app fixed',
    ],
    proven: [
      { fact: 'znode', path: '/app', aversion: { min: 2 }, at: 'every' },
      'The ACL of /app is mended, at every server',
      '/app 的 ACL 在每台服务器上都已修好',
    ],
    atMost: 0,
    solutions: [
      [
        'The super user opens it',
        '超级用户打开它',
        [
          'B: addauth digest super:secret',
          'wait 300ms',
          'B: setAcl /app world:anyone:cdrwa',
          'wait 500ms',
          'B: set /app fixed',
        ],
      ],
      [
        'The super user writes, then opens it',
        '超级用户先写，再打开',
        [
          'B: addauth digest super:secret',
          'wait 300ms',
          'B: set /app fixed',
          'wait 500ms',
          'B: setAcl /app world:anyone:rwa',
        ],
      ],
    ],
    misses: [
      [
        'repaired',
        'With a guessed password',
        '猜一个密码',
        [
          'B: addauth digest deploy:guess',
          'wait 300ms',
          'B: setAcl /app world:anyone:cdrwa',
          'wait 500ms',
          'B: set /app fixed',
        ],
      ],
      [
        'proven',
        'Written as super, and left closed',
        '以 super 写入，却不打开',
        ['B: addauth digest super:secret', 'wait 300ms', 'B: set /app fixed'],
      ],
      [
        'repaired',
        'The ensemble is restarted',
        '重启整个 ensemble',
        ['crash 1', 'wait 500ms', 'restart 1', 'wait until 1, 2, 3 serve', 'B: set /app fixed'],
      ],
    ],
    hints: [
      [
        'Ask for the ACL: `getAcl /app`. If you may not even see it, you are neither reader nor administrator.',
        '查看 ACL：`getAcl /app`。连看都不行，说明你既不是读者也不是管理员。',
      ],
      [
        'This ensemble has a super user: `addauth digest super:secret`.',
        '这个 ensemble 有超级用户：`addauth digest super:secret`。',
      ],
    ],
    par: 3,
  };
});
