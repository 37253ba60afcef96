/** Scenarios of elections and of quorums. */
import type { Scenario } from './scenario.ts';
import { lines, stage } from './world.ts';

const COLD_START: Scenario = {
  id: 'cold-start',
  kind: 'election',
  world: stage(5),
  script: lines(
    '# Five servers start with empty disks. Each votes for itself at first.',
    'wait until leader serves',
    'new client A',
    'when A is connected: A: create /hello world',
    'wait until znode /hello exists',
  ),
  words: {
    en: {
      title: 'Cold start',
      summary: 'Five servers start with empty disks, agree on a leader, and serve a first write.',
      see: [
        'Votes change until a quorum has the same: on empty logs the highest server id wins.',
        'The leader gathers acceptedEpoch from a quorum and founds epoch 1.',
        'NEWLEADER, its ACKs, UPTODATE: from here on clients are served.',
      ],
    },
    'zh-CN': {
      title: '冷启动',
      summary: '五台服务器以空磁盘启动，选出 leader，并完成第一次写入。',
      see: [
        '选票不断改变，直到一个 quorum 意见一致：日志都为空时，编号最大的服务器胜出。',
        'leader 从 quorum 收集 acceptedEpoch，建立 epoch 1。',
        'NEWLEADER、ACK、UPTODATE：从这里开始为客户端服务。',
      ],
    },
  },
};

const LEADER_CRASH: Scenario = {
  id: 'leader-crash',
  kind: 'election',
  world: stage(5),
  script: lines(
    'when leader serves: new client A',
    'when A is connected: A: create /app one',
    'wait until znode /app exists',
    'after 500ms crash leader',
    'wait until no leader',
    'wait until leader serves',
    'when A is connected: A: set /app two',
    'after 2s restart last',
    '# The old leader comes back as a follower of the new epoch.',
    'wait until last is FOLLOWING',
    'after 1s A: get /app',
  ),
  words: {
    en: {
      title: 'The leader crashes',
      summary: 'The leader dies; the others elect a new one, in a new epoch, and nothing is lost.',
      see: [
        'Followers lose their connection to the leader and look for another at once.',
        'The new epoch has a new hue; the session goes on, on whichever server it finds.',
        'The old leader returns and follows.',
      ],
    },
    'zh-CN': {
      title: 'leader 崩溃',
      summary: 'leader 死去；其余服务器在新的 epoch 选出新 leader，什么也没有丢失。',
      see: [
        'follower 与 leader 的连接断开，立刻开始寻找新的 leader。',
        '新的 epoch 有新的色调；会话在它找到的服务器上继续。',
        '旧 leader 回来后成为 follower。',
      ],
    },
  },
};

const NEWEST_LOG: Scenario = {
  id: 'newest-log-wins',
  kind: 'election',
  world: stage(3),
  script: lines(
    'wait until 1, 2, 3 serve',
    'crash 3',
    'when 1, 2 serve: new client A servers=1',
    'when A is connected: A: create /newer x',
    'wait until znode /newer exists',
    'after 500ms crash 2 tail=kept',
    'crash 1 tail=kept',
    '# 3 has the highest id, and 1 the newer log.',
    'after 500ms restart 3',
    'restart 1',
    'wait until leader serves',
  ),
  words: {
    en: {
      title: 'The newest log wins',
      summary: 'Server 3 missed a write. Between it and server 1 the log decides, not the id.',
      see: [
        'Both vote for themselves; the vote of server 1 carries the higher zxid.',
        'Server 3 changes its vote, and server 1 leads although its id is lower.',
      ],
    },
    'zh-CN': {
      title: '日志最新者胜出',
      summary: '服务器 3 错过了一次写入。在它与服务器 1 之间，决定胜负的是日志，而不是编号。',
      see: [
        '两者都先投自己；服务器 1 的选票带着更大的 zxid。',
        '服务器 3 改投，编号更小的服务器 1 成为 leader。',
      ],
    },
  },
};

const EVEN_SPLIT: Scenario = {
  id: 'split-votes',
  kind: 'election',
  world: stage(4),
  script: lines(
    '# Two halves of four: neither is a quorum.',
    'partition 1, 2 | 3, 4',
    'after 4s heal',
    'wait until leader serves',
  ),
  words: {
    en: {
      title: 'Split votes',
      summary: 'Four servers in two halves: votes for 2 here, for 4 there, and no quorum anywhere.',
      see: [
        'Petals of the one half name server 2, those of the other server 4.',
        'Notifications are sent again, at longer and longer intervals.',
        'Healed, all change to server 4. Four servers bear one failure, as three do.',
      ],
    },
    'zh-CN': {
      title: '选票分裂',
      summary: '四台服务器分成两半：一边投 2，一边投 4，谁也不是 quorum。',
      see: [
        '一半的花瓣写着服务器 2，另一半写着服务器 4。',
        '通知一再重发，间隔越来越长。',
        '恢复后全部改投服务器 4。四台服务器只能容忍一台故障，与三台相同。',
      ],
    },
  },
};

const LATE_FAVOURITE: Scenario = {
  id: 'late-favourite',
  kind: 'election',
  world: stage(5),
  script: lines(
    'crash 5',
    'when leader serves: restart 5',
    'wait until 5 is FOLLOWING',
    'wait until 5 serves',
  ),
  words: {
    en: {
      title: 'The favourite comes late',
      summary: 'Server 5 would win every election. It starts when there is a leader already.',
      see: [
        'Server 5 votes for itself; the others answer with the leader that they follow.',
        'It joins. A leader that serves is never voted out by a higher id.',
      ],
    },
    'zh-CN': {
      title: '热门候选迟到',
      summary: '服务器 5 本可赢得任何选举，但它启动时已经有了 leader。',
      see: [
        '服务器 5 先投自己；其余服务器回答它们正在追随的 leader。',
        '它加入了。正在服务的 leader 不会因为编号更大者出现而下台。',
      ],
    },
  },
};

const QUORUM_LOST: Scenario = {
  id: 'quorum-lost',
  kind: 'election',
  world: stage(5),
  script: lines(
    'when leader serves: new client A',
    'when A is connected: A: create /app one',
    'wait until znode /app exists',
    'crash 1',
    'crash 2',
    'after 1s crash leader',
    '# Two of five are left.',
    'wait until no leader',
    'A: set /app two',
    'after 4s restart 1',
    'wait until leader serves',
    'when A is connected: A: get /app',
  ),
  words: {
    en: {
      title: 'The quorum is lost',
      summary: 'Three of five are down. Nobody leads and nothing is served, until one returns.',
      see: [
        'Two servers look for a leader and cannot have one.',
        'The session waits; its write is not acknowledged.',
        'With the third server there is a quorum, and all that was acknowledged is still there.',
      ],
    },
    'zh-CN': {
      title: '失去 quorum',
      summary: '五台中三台停机。没有 leader，也不提供服务，直到有一台回来。',
      see: [
        '剩下两台寻找 leader，却不可能有。',
        '会话在等待；它的写入没有得到确认。',
        '第三台回来后又有了 quorum，凡是确认过的都还在。',
      ],
    },
  },
};

export const ELECTION_SCENARIOS: readonly Scenario[] = [
  COLD_START,
  LEADER_CRASH,
  NEWEST_LOG,
  LATE_FAVOURITE,
  EVEN_SPLIT,
  QUORUM_LOST,
];
