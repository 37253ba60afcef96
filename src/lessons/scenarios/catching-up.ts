/** Scenarios of learners that have missed something, or have something that nobody else has. */
import type { Scenario } from './scenario.ts';
import { lines, stage } from './world.ts';

const DIFF: Scenario = {
  id: 'behind-by-diff',
  kind: 'sync',
  world: stage(3),
  script: lines(
    'wait until 1, 2, 3 serve',
    'new client A servers=3',
    'when A is connected: crash 1',
    'A: create /a 1',
    'A: create /b 2',
    'A: create /c 3',
    'wait until znode /c exists',
    'after 300ms restart 1',
    'wait until 1, 2, 3 serve',
    'after 500ms A: getAllChildrenNumber /',
  ),
  words: {
    en: {
      title: 'A follower behind, by DIFF',
      summary:
        'A follower was away for three writes. The leader still has them and sends just these.',
      see: [
        'FOLLOWERINFO and ACKEPOCH tell the leader the last zxid of server 1.',
        'DIFF, and behind it the proposals and commits that are missing.',
        'In the log grid, a bracket under the cells that came that way.',
      ],
    },
    'zh-CN': {
      title: '落后的 follower：DIFF',
      summary: '一个 follower 错过了三次写入。leader 手里还有，只发这些。',
      see: [
        'FOLLOWERINFO 与 ACKEPOCH 告诉 leader 服务器 1 的最后 zxid。',
        'DIFF，随后是缺少的 proposal 与 commit。',
        '日志网格里，有一个括号标出这样到达的格子。',
      ],
    },
  },
};

const SNAP: Scenario = {
  id: 'behind-by-snap',
  kind: 'sync',
  // Two transactions are all that a leader keeps, and none are read back from its disk.
  world: stage(3, 0, { commitLogCount: 2, snapshotSizeFactor: -1 }),
  script: lines(
    'wait until 1, 2, 3 serve',
    'new client A servers=3',
    'when A is connected: A: create /before x',
    'wait until znode /before exists',
    'after 300ms crash 1',
    'A: create /a 1',
    'A: create /b 2',
    'A: create /c 3',
    'A: create /d 4',
    'wait until znode /d exists',
    'after 300ms restart 1',
    'wait until 1, 2, 3 serve',
  ),
  words: {
    en: {
      title: 'A follower far behind, by SNAP',
      summary: 'The leader no longer has all that the follower missed, so it sends its whole tree.',
      see: [
        'committedLog holds two transactions here (500 by default): the gap is larger.',
        'SNAP, and the tree behind it; the follower writes it to disk before it acknowledges.',
        'In the log grid its row begins anew behind a snapshot.',
      ],
    },
    'zh-CN': {
      title: '远远落后的 follower：SNAP',
      summary: 'leader 已没有 follower 错过的全部内容，于是发送整棵树。',
      see: [
        '这里 committedLog 只保存两个事务（默认 500）：缺口更大。',
        'SNAP，随后是整棵树；follower 先写入磁盘，再确认。',
        '日志网格里，它的一行在快照之后重新开始。',
      ],
    },
  },
};

const TRUNCATED: Scenario = {
  id: 'proposal-truncated',
  kind: 'sync',
  world: stage(3),
  script: lines(
    'wait until 1, 2, 3 serve',
    'new client A servers=3',
    'when A is connected: A: create /kept x',
    'wait until znode /kept exists',
    '# From now on the leader writes for itself alone.',
    'after 300ms partition 3, A | 1, 2',
    'A: create /ghost x',
    'when 3 notes synced: crash 3 tail=kept',
    'wait until 1, 2 serve',
    'after 300ms heal',
    'restart 3',
    'wait until 1, 2, 3 serve',
    'new client B servers=1',
    'when B is connected: B: create /real x',
    'wait until znode /real exists',
    'after 300ms B: ls /',
  ),
  words: {
    en: {
      title: 'An uncommitted proposal is truncated',
      summary: 'A leader alone logs a proposal that nobody else gets. The next epoch cuts it off.',
      see: [
        '/ghost is in the log of server 3 only: no quorum, no commit, no answer to client A.',
        'Servers 1 and 2 found a new epoch, in which it never happened.',
        'Server 3 returns, is sent TRUNC, and the ghost is gone from its log.',
      ],
    },
    'zh-CN': {
      title: '未提交的 proposal 被截掉',
      summary: '孤立的 leader 记录了一个别人都没有的 proposal，下一个 epoch 把它截掉。',
      see: [
        '/ghost 只在服务器 3 的日志里：没有 quorum，没有提交，客户端 A 得不到答复。',
        '服务器 1 和 2 建立新的 epoch，其中没有这条记录。',
        '服务器 3 回来后收到 TRUNC，那条记录从日志中消失。',
      ],
    },
  },
};

const SURVIVES: Scenario = {
  id: 'proposal-survives',
  kind: 'sync',
  world: stage(3),
  script: lines(
    'wait until 1, 2, 3 serve',
    'new client A servers=3',
    'when A is connected: cut 1 <-> 3',
    '# The proposal gets to server 2, and the leader dies before it can commit.',
    'A: create /survivor x',
    'when 3 sends PROPOSAL where zxid=0x100000002: disk 3 slow 50x',
    'when 2 notes synced where zxid=0x100000002: crash 3 tail=lost',
    'heal',
    'wait until 1, 2 serve',
    'wait until znode /survivor exists',
    'after 500ms restart 3',
    'wait until 1, 2, 3 serve',
  ),
  words: {
    en: {
      title: 'An uncommitted proposal survives',
      summary:
        'The leader dies before it commits. One follower has the proposal on disk, and that is enough.',
      see: [
        'Server 2 has synced a proposal that was never committed, and nobody was told of it.',
        'It has the newest log, so it leads; what is in its log becomes the history of the new epoch.',
        'The write that nobody acknowledged took place: a client may not conclude the contrary.',
      ],
    },
    'zh-CN': {
      title: '未提交的 proposal 存活下来',
      summary: 'leader 在提交前死去。一个 follower 的磁盘上有这个 proposal，这就够了。',
      see: [
        '服务器 2 已把从未提交的 proposal 写入磁盘，而没有任何人被告知。',
        '它的日志最新，所以成为 leader；它日志中的内容成为新 epoch 的历史。',
        '没有得到确认的写入还是发生了：客户端不能据此断定它没有发生。',
      ],
    },
  },
};

const OBSERVER: Scenario = {
  id: 'observer-joins',
  kind: 'sync',
  world: stage(3, 2),
  script: lines(
    'crash 4',
    'when leader serves: new client A servers=3',
    'when A is connected: A: create /before x',
    'wait until znode /before exists',
    '# Server 4 is an observer: it votes for nothing, and nobody waits for it.',
    'after 500ms restart 4',
    'wait until 4 is OBSERVING',
    'wait until 4 serves',
    'new client B servers=4',
    'when B is connected: B: get /before',
    'A: create /after y',
    'wait until znode /after exists',
    'after 500ms B: get /after',
  ),
  words: {
    en: {
      title: 'An observer joins',
      summary: 'An observer catches up and serves reads. Writes never wait for it.',
      see: [
        'It is synchronised as a follower is, and then gets INFORM in place of PROPOSAL and COMMIT.',
        'No ACK comes from it: a quorum is two of the three voters.',
        'A client reads at the observer what was written elsewhere.',
      ],
    },
    'zh-CN': {
      title: 'observer 加入',
      summary: 'observer 追赶上来并提供读服务。写入从不等待它。',
      see: [
        '它像 follower 一样同步，之后收到的是 INFORM，而不是 PROPOSAL 与 COMMIT。',
        '它不发送 ACK：quorum 是三个投票成员中的两个。',
        '客户端在 observer 上读到别处写入的内容。',
      ],
    },
  },
};

export const SYNC_SCENARIOS: readonly Scenario[] = [DIFF, SNAP, TRUNCATED, SURVIVES, OBSERVER];
