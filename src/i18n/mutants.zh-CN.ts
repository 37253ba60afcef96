/** Simplified Chinese for the bug gallery; English stands in `core/mutants.ts`. */
import type { MutantName } from '../core/mutants.ts';

export const mutantsZhCN: Partial<
  Record<MutantName, { readonly title: string; readonly story: string }>
> = {
  'epoch-from-last-zxid': {
    title: 'epoch 被重复使用',
    story:
      '新 leader 取自己最后一个事务的 epoch 加一，已接受的 epoch 完全不算数：一个没有留下事务的 epoch 会有两个 leader，同一个 zxid 会指两个不同的事务。',
  },
  'vote-ignores-epoch': {
    title: '选票不看 epoch',
    story:
      '比较选票时只看 zxid 和服务器编号：日志更长但 epoch 更旧的服务器会当选，而知道更新 epoch 的服务器永远拒绝跟随它。',
  },
  'trust-votes-for-self': {
    title: '重启的服务器相信上一次选举的选票',
    story:
      '一个重启的服务器听到其他服务器说正在跟随它。那是更早一轮选举的结果，它却当成自己当选：它开始领导，而没有人投过它的票。',
  },
  'strict-vote-equality': {
    title: '后来者要求选票完全相同',
    story:
      '一个要加入运行中 ensemble 的服务器，要求 quorum 的选票每个字段都相同。成员若在不同的轮次找到 leader，就永远给不出这样的选票，它只能一直寻找 leader。',
  },
  'check-wrong-set': {
    title: '在错误的集合里寻找 leader 的话',
    story:
      '一个寻找 leader 的服务器已经有了 quorum 的选票和 leader 自己的话，却到一个事后才会放入这句话的集合里去找：它要再问所有人一遍才能加入。',
  },
  'forward-too-late': {
    title: '提案落在 DIFF 与转发之间',
    story:
      'DIFF 算好之后，learner 过了一段时间才被登记为提案的接收者。其间的提案从未发给它：它的日志里有一个空洞。',
  },
  'no-trunc-in-range': {
    title: 'committed log 范围内没有 TRUNC',
    story:
      'follower 的最后一个事务落在 committed log 的范围之内，却不在 committed log 里。它收到 DIFF，于是保留了一个谁也没有提交的事务。',
  },
  'truncate-before-record': {
    title: 'TRUNC 多截掉一条记录',
    story: '日志被截到 TRUNC 所指的记录之前，而不是之后：一个已提交的事务跟着一起消失。',
  },
  'epoch-at-uptodate': {
    title: 'currentEpoch 写得太晚',
    story:
      'learner 先确认了 NEWLEADER，到 UPTODATE 时才写 currentEpoch：如果在两者之间崩溃，它就忘了自己属于这个 epoch。',
  },
  'leader-accepts-late': {
    title: 'leader 提议了一个自己还没写下的 epoch',
    story:
      'leader 还在写 acceptedEpoch 时，其他服务器已经听说了这个 epoch。如果它此时崩溃，它就不知道自己提议过什么，可能再提议一次同一个 epoch。',
  },
  'sync-skips-session-map': {
    title: '同步期间看到的会话被遗忘',
    story:
      'learner 把 UPTODATE 之前的 createSession 应用到树上，却没有把会话记入会话表。如果它以后成为 leader，没有人能让这个会话过期，它的 ephemeral 节点会永远留着。',
  },
  'no-rollover-check': {
    title: '计数器溢出到 epoch 里',
    story:
      '计数器到了 0xffffffff，没有人让 leader 停下：下一个 zxid 属于一个没有人选举过的 epoch，对它的 ack 都不算数，ensemble 不再处理写请求。',
  },
  'partial-snap-retained': {
    title: '没有保存的 SNAP 被保留',
    story:
      'learner 收完了整个 SNAP，还没有保存就失去了 leader。它保留这棵树，并把树的 zxid 告诉下一个 leader，而它的磁盘还停在原处。',
  },
  'trunc-failure-ignored': {
    title: '失败的 TRUNC 当作完成',
    story:
      '磁盘已满，被要求截断日志的 learner 无法截断。它却当作已经截断：谁也没有的事务留在它的日志和树里。',
  },
  'ack-newleader-unlogged': {
    title: '没有记录 DIFF 就确认 NEWLEADER',
    story:
      'learner 确认了 NEWLEADER，而 DIFF 的事务还只在内存里：要到 UPTODATE 之后才写日志。leader 以为多数服务器已有这些事务；两次崩溃之后，谁也没有了。',
  },
  'epoch-before-txns': {
    title: '先写 epoch，后写事务',
    story:
      'learner 在写 DIFF 的事务之前就写了 currentEpoch。如果在两者之间崩溃，它的 epoch 更新而日志更短：它会赢得选举，截掉别人已经提交的事务。',
  },
  'ack-before-fsync': {
    title: '落盘之前就确认 NEWLEADER',
    story:
      'learner 把 DIFF 的事务交给日志线程，不等写完就确认 NEWLEADER。此时崩溃，已经算作提交的事务就丢失了。',
  },
  'log-all-at-newleader': {
    title: 'COMMIT 找不到提案',
    story:
      '收到 NEWLEADER 时，learner 把尚未提交的提案也写进日志，并清空等待队列。UPTODATE 之前到来的 COMMIT 在队列里什么也找不到，learner 只好退出。',
  },
  'proposal-ack-first': {
    title: '提案的 ACK 抢在 NEWLEADER 的 ACK 之前',
    story:
      'learner 的日志先确认了一个提案，learner 自己才确认 NEWLEADER。leader 把前一个 ACK 当成后一个，不予计数，最后在大家都健康的情况下放弃领导。',
  },
  'syncproc-not-joined': {
    title: '日志线程活得比角色长',
    story:
      'follower 离开角色时，还有提案等着写入日志。它先让树追上日志，随后这些提案仍被写进日志：它投票时所说的比它实有的少。',
  },
  'sync-skips-committedlog': {
    title: 'committed log 有空洞',
    story:
      'learner 从 DIFF 得到的事务没有进入它的 committed log，之后的事务却进入了。等它成为 leader，发给别人的 DIFF 就有空洞。',
  },
  'memory-survives-disk-error': {
    title: '内存领先于出错的磁盘',
    story:
      '一个服务器有一次写日志失败，却带着现有的树去寻找 leader。别人在此期间提交的事务在这棵树里，却永远不会进它的日志：重启就丢失。',
  },
  'partial-trunc-retained': {
    title: '中断的 TRUNC 被保留',
    story:
      'TRUNC 之后，learner 只把提交应用到树，到 NEWLEADER 时才保存这棵树。如果在此之前连接断开，树被保留，而磁盘上缺少这些已提交的事务。',
  },
  'truncate-keeps-next': {
    title: 'TRUNC 的 zxid 不在日志中时留下后一条记录',
    story:
      '日志在第一条不早于该 zxid 的记录之后截断。如果该 zxid 来自 SNAP 而不在日志中，这条记录就是更晚的一条：它留了下来，并会重新出现。',
  },
  'ro-pollutes-committedlog': {
    title: '只读服务器弄脏 committed log',
    story:
      '没有 quorum 的服务器提供只读服务，用从 0 数起的 zxid 打开和关闭会话。这些事务进入它的 committed log：以后成为 leader 时，它会把别人的日志几乎全部截掉。',
  },
  'acks-survive-resync': {
    title: '旧连接的 ACK 仍然有效',
    story:
      'follower 确认了一个提案，断开连接，又回到同一个 leader 并被截断日志。它的旧 ACK 仍然算数，leader 于是提交了多数服务器磁盘上已经没有的事务。',
  },
  'trunc-keeps-newer-snapshot': {
    title: 'TRUNC 留下更新的快照',
    story:
      '即将领导的服务器会先保存一个快照，其中也有谁都没有提交的事务。如果后来它被要求截断日志，它照做了，却又从那个快照重新读出数据库。',
  },
  'epoch-memory-first': {
    title: 'epoch 先改内存，后写文件',
    story:
      'acceptedEpoch 的文件没能写成，服务器却已在内存里采用了它。磁盘上 currentEpoch 于是超过 acceptedEpoch，重启之后服务器拒绝接受这样的文件。',
  },
  'no-epoch-tmp': {
    title: '进入新 epoch 途中的崩溃无法恢复',
    story:
      '服务器已经保存了属于新 epoch 的内容，还没有写 currentEpoch 就崩溃了。它以为自己的文件已损坏，从此再也启动不了。',
  },
  'diff-sets-zxid-early': {
    title: 'DIFF 刚宣布就算已收到',
    story:
      'learner 在 DIFF 的事务到来之前就采用了它的 zxid。如果连接这时断开，它以为自己已经完整，再也不会去要这些事务。',
  },
  'skip-gap-check': {
    title: '跨越空洞的 DIFF',
    story:
      'leader 的日志在 committed log 之前有一个空洞，它却把空洞两边的内容当作一个 DIFF 发出去：learner 永远不知道中间缺了什么。',
  },
  'retain-db-no-fastforward': {
    title: '角色结束后，树落后于日志',
    story:
      '服务器寻找 leader 时保留着自己的树，却忘了日志里还多一个事务。它不带这个事务去投票、去同步，直到一次重启把它重放出来。',
  },
  'snap-keeps-stale-tail': {
    title: 'SNAP 留下过时的日志尾部',
    story:
      'leader 的内存里没有已提交的事务，于是给一个比它还靠前的 learner 发送快照。learner 在那个 zxid 之后写下的日志仍然留着，下次启动时会被重放。',
  },
  'snap-not-synced': {
    title: 'SNAP 的快照没有落盘',
    story:
      'learner 确认 NEWLEADER 时，收到的快照还只在页缓存里。断电之后，后来写的日志还在，快照却没有了：它的历史里有一个空洞。',
  },
  'newleader-before-snap': {
    title: '快照还没发完，NEWLEADER 就已排队',
    story:
      '发送快照期间事务仍在继续，有些事务只被快照拍到一半。能补全它们的内容排在 NEWLEADER 之后，所以 learner 保存并确认了一棵从未存在过的树。',
  },
  'zxid-after-first-subop': {
    title: 'multi 的第一个操作完成就算全部完成',
    story:
      '树的最后 zxid 在 multi 的第一个操作之后就前移。快照若恰好在两个操作之间开始，就带着整个 multi 的 zxid，却缺少其余操作，启动时也不会重放它们。',
  },
  'close-without-paths': {
    title: 'closeSession 不列出它的 ephemeral 节点',
    story:
      '快照里的父节点可能是会话结束之前的样子，而它下面的 ephemeral 节点已经不在了。在这样的快照上重放 closeSession，它不知道该删除什么，父节点的 pzxid 就一直是旧的。',
  },
  'replay-skips-pzxid': {
    title: '重放使父节点倒退',
    story:
      '快照里的父节点可能比要重放的事务更新。重放子节点的创建和删除时，它的 cversion 和 pzxid 被设回了当时的值。',
  },
};
