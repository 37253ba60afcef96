/** Scenarios of networks that fail, and of machines that stand still. */
import type { Scenario } from './scenario.ts';
import { lines, stage } from './world.ts';

const MINORITY: Scenario = {
  id: 'leader-in-minority',
  kind: 'links',
  world: stage(5),
  script: lines(
    'when leader serves: new client A',
    'when A is connected: A: create /app one',
    'wait until znode /app exists',
    '# The leader keeps one follower; three servers are on the other side.',
    'after 500ms partition leader, follower',
    'wait until 5 is LOOKING',
    'wait until leader serves',
    'after 3s heal',
    'wait until 1, 2, 3, 4, 5 serve',
  ),
  words: {
    en: {
      title: 'The leader in the minority',
      summary: 'A partition leaves the leader with one follower. The three others elect their own.',
      see: [
        'The old leader hears no quorum any more and gives up by itself.',
        'The majority founds a new epoch.',
        'Healed, both of the minority follow the new leader.',
      ],
    },
    'zh-CN': {
      title: '少数派中的 leader',
      summary: '网络分区后 leader 只剩一个 follower，另外三台选出自己的 leader。',
      see: [
        '旧 leader 听不到 quorum，自行放弃。',
        '多数派建立新的 epoch。',
        '恢复后，少数派的两台都追随新 leader。',
      ],
    },
  },
};

const MAJORITY: Scenario = {
  id: 'minority-cut-off',
  kind: 'links',
  world: stage(5),
  script: lines(
    'when leader serves: new client A servers=3',
    'when A is connected: A: create /app one',
    'wait until znode /app exists',
    'new client B servers=1',
    'when B is connected: partition 1, 2, B | 3, 4, 5, A',
    'after 200ms A: set /app two',
    'after 6s heal',
    'wait until 1, 2, 3, 4, 5 serve',
    'when B is connected: B: get /app',
  ),
  words: {
    en: {
      title: 'A minority is cut off',
      summary: 'Two followers are cut off with a client. The majority goes on as if nothing was.',
      see: [
        'Writes are committed by the three that are left.',
        'Client B is turned away: its servers have lost the leader and close their connections.',
        'Healed, the two catch up, and B reads what A wrote meanwhile.',
      ],
    },
    'zh-CN': {
      title: '少数派被隔离',
      summary: '两个 follower 连同一个客户端被隔离，多数派照常工作。',
      see: [
        '剩下三台继续提交写入。',
        '客户端 B 被拒之门外：它的服务器失去 leader，关闭了连接。',
        '恢复后两台追赶上来，B 读到 A 期间写入的内容。',
      ],
    },
  },
};

const ONE_WAY: Scenario = {
  id: 'one-way-cut',
  kind: 'links',
  world: stage(3),
  script: lines(
    'wait until 1, 2, 3 serve',
    '# What the leader says does not arrive; what the follower says does.',
    'after 500ms cut leader -> follower',
    'wait until 1 is LOOKING',
    'after 5s heal',
    'wait until 1, 2, 3 serve',
  ),
  words: {
    en: {
      title: 'A link cut in one direction',
      summary: 'Nothing of the leader reaches server 1 any more, though the leader hears it.',
      see: [
        'No PING arrives: after syncLimit the follower gives its leader up.',
        'The leader has a quorum without it, and goes on.',
        'It can come back only when the link is whole.',
      ],
    },
    'zh-CN': {
      title: '单向断开的链路',
      summary: 'leader 发出的一切都到不了服务器 1，而 leader 却听得到它。',
      see: [
        'PING 不再到达：超过 syncLimit 后 follower 放弃它的 leader。',
        '没有它 leader 依然有 quorum，照常工作。',
        '只有链路恢复后它才能回来。',
      ],
    },
  },
};

const LEADER_PAUSE: Scenario = {
  id: 'leader-gc-pause',
  kind: 'links',
  world: stage(5),
  script: lines(
    'when leader serves: new client A',
    'when A is connected: A: create /app one',
    'wait until znode /app exists',
    '# A long collection of garbage: the process stands still, its machine answers.',
    'after 500ms pause leader',
    'wait until leader serves',
    'after 1s resume last',
    'wait until last is FOLLOWING',
  ),
  words: {
    en: {
      title: 'The leader stops to collect garbage',
      summary: 'The leader stands still for longer than syncLimit, and wakes up in another epoch.',
      see: [
        'Its followers hear nothing until syncLimit is over, then elect another.',
        'It wakes up and still believes that it leads; no quorum answers it any more.',
        'Of what it might say nothing counts: its epoch is over.',
      ],
    },
    'zh-CN': {
      title: 'leader 的 GC 停顿',
      summary: 'leader 停顿的时间超过 syncLimit，醒来时已是另一个 epoch。',
      see: [
        'follower 在 syncLimit 内听不到任何消息，于是另选 leader。',
        '它醒来时仍以为自己是 leader，却再没有 quorum 回应。',
        '它再说什么都不算数：它的 epoch 已经结束。',
      ],
    },
  },
};

export const LINK_SCENARIOS: readonly Scenario[] = [MAJORITY, MINORITY, ONE_WAY, LEADER_PAUSE];
