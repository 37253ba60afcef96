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
};
