/** Scenarios of disks, and of changes that an operator makes. */
import { digestId } from '../../core/auth/digest-auth.ts';
import type { Scenario } from './scenario.ts';
import { lines, stage } from './world.ts';

const SLOW_DISK: Scenario = {
  id: 'slow-disk-leader',
  kind: 'disks',
  world: stage(3),
  script: lines(
    'wait until 1, 2, 3 serve',
    'new client A servers=1',
    'when A is connected: disk leader slow 100x',
    'A: create /quick x',
    'wait until znode /quick exists',
    'after 2s disk leader healthy',
  ),
  words: {
    en: {
      title: 'A slow disk at the leader',
      summary:
        'The leader’s own log is the slowest. A write is committed all the same, without it.',
      see: [
        'Both followers sync and acknowledge long before the leader’s disk has finished.',
        'Their two ACKs are a quorum: COMMIT goes out while the leader’s own cell is still dashed.',
        'With the slow disk at both followers, every write would wait for it.',
      ],
    },
    'zh-CN': {
      title: 'leader 的慢磁盘',
      summary: 'leader 自己的日志最慢，但写入照样提交，不用等它。',
      see: [
        '两个 follower 早在 leader 的磁盘完成之前就已落盘并确认。',
        '两个 ACK 就是 quorum：leader 自己的格子还是虚线时，COMMIT 已经发出。',
        '如果慢的是两个 follower 的磁盘，每次写入都得等待。',
      ],
    },
  },
};

const TORN: Scenario = {
  id: 'torn-tail',
  kind: 'disks',
  world: stage(3),
  script: lines(
    'wait until 1, 2, 3 serve',
    'new client A servers=3',
    'when A is connected: disk 1 slow 30x',
    'A: create /a 1',
    'A: create /b 2',
    'wait until znode /b exists',
    '# Its machine loses power while the records are being written.',
    'crash 1 silent tail=torn',
    'after 500ms disk 1 healthy',
    'after 3s restart 1',
    'wait until 1, 2, 3 serve',
  ),
  words: {
    en: {
      title: 'A torn log',
      summary:
        'Power fails in the middle of a record. The server cuts the rest off and catches up.',
      see: [
        'Cells in the page cache only: dashed. The last one is torn by the crash.',
        'Recovery reads up to the record whose checksum is wrong, and stops there.',
        'Nothing that it had acknowledged is missing; the rest comes by DIFF.',
      ],
    },
    'zh-CN': {
      title: '撕裂的日志',
      summary: '断电发生在写一条记录的中途。服务器丢弃残余，然后追赶上来。',
      see: [
        '只在页缓存里的格子是虚线。最后一个被崩溃撕裂。',
        '恢复时读到校验和不对的记录就停下。',
        '它确认过的一条不少；其余由 DIFF 补上。',
      ],
    },
  },
};

const FULL: Scenario = {
  id: 'disk-full',
  kind: 'disks',
  world: stage(3),
  script: lines(
    'wait until 1, 2, 3 serve',
    'new client A servers=3',
    'when A is connected: disk 1 full',
    'A: create /a 1',
    'wait until znode /a exists',
    'after 3s disk 1 healthy',
    'restart 1',
    'wait until 1, 2, 3 serve',
  ),
  words: {
    en: {
      title: 'A disk without space',
      summary: 'A follower cannot write its log. It ends rather than lie, and the others go on.',
      see: [
        'A severe unrecoverable error: the process exits without having acknowledged.',
        'The other two are a quorum, and the write is committed.',
        'With space again it starts, and is sent what it missed.',
      ],
    },
    'zh-CN': {
      title: '磁盘已满',
      summary: 'follower 无法写日志。它宁可退出也不谎报，其余服务器照常工作。',
      see: [
        '严重且不可恢复的错误：进程未作确认便退出。',
        '另外两台是 quorum，写入得以提交。',
        '有了空间后它重新启动，并收到错过的内容。',
      ],
    },
  },
};

const ROLLING: Scenario = {
  id: 'rolling-restart',
  kind: 'change',
  world: stage(3),
  script: lines(
    'wait until 1, 2, 3 serve',
    'new client A',
    'when A is connected: A: create /app one',
    'wait until znode /app exists',
    '# Followers first, the leader last, and never two at once.',
    'crash 1',
    'after 1s restart 1',
    'wait until 1, 2, 3 serve',
    'after 1s crash 2',
    'after 1s restart 2',
    'wait until 1, 2, 3 serve',
    'after 1s crash 3',
    'wait until 1, 2 serve',
    'after 1s restart 3',
    'wait until 1, 2, 3 serve',
    'when A is connected: A: get /app',
  ),
  words: {
    en: {
      title: 'A rolling restart',
      summary:
        'Every server is restarted, one at a time. Clients notice little, and nothing is lost.',
      see: [
        'While a follower is away the two others are a quorum.',
        'Only when the leader goes is there a new epoch: it goes last, so there is just one.',
        'Wait for each to serve again before the next one goes.',
      ],
    },
    'zh-CN': {
      title: '滚动重启',
      summary: '所有服务器逐台重启。客户端几乎没有察觉，什么也没有丢失。',
      see: [
        '一个 follower 不在时，另外两台是 quorum。',
        '只有 leader 离开时才有新的 epoch：它最后重启，所以只有一次。',
        '等每一台重新提供服务，再动下一台。',
      ],
    },
  },
};

const RECONFIG: Scenario = {
  id: 'reconfig-remove',
  kind: 'change',
  world: stage(5, 0, {
    reconfigEnabled: true,
    standaloneEnabled: false,
    superDigest: digestId('super', 'secret'),
  }),
  script: lines(
    'wait until 1, 2, 3, 4, 5 serve',
    'new client A servers=5',
    'when A is connected: A: addauth digest super:secret',
    'A: config',
    '# Two servers are to go: five voters become three.',
    'after 500ms A: reconfig -remove 1,2',
    'after 2s A: config',
    'after 1s crash 1',
    'crash 2',
    '# Of the new three one may fail.',
    'crash 3',
    'A: create /still x',
    'wait until znode /still exists',
  ),
  words: {
    en: {
      title: 'Reconfiguration: servers leave',
      summary: 'Two of five servers are taken out while clients write. Quorums are counted anew.',
      see: [
        'The new configuration is a transaction: it is proposed, and a quorum of both must agree.',
        'Its version is its zxid, as `config` shows.',
        'Three servers go down afterwards, and two of three serve on.',
      ],
    },
    'zh-CN': {
      title: 'reconfig：服务器退出',
      summary: '客户端写入期间，五台服务器中的两台被移出，quorum 重新计算。',
      see: [
        '新配置本身是一个事务：它被提议，且新旧两个配置的 quorum 都必须同意。',
        '它的版本就是它的 zxid，`config` 可以看到。',
        '之后三台停机，三台中的两台仍继续服务。',
      ],
    },
  },
};

export const DISK_SCENARIOS: readonly Scenario[] = [SLOW_DISK, TORN, FULL];
export const CHANGE_SCENARIOS: readonly Scenario[] = [ROLLING, RECONFIG];
