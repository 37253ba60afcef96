/** Words of what servers do together. */
import { words } from '../engine/lesson.ts';
import type { Entries } from './entry.ts';

export const PROTOCOL_TERMS = {
  ack: {
    term: words('ACK', 'ACK'),
    meaning: words(
      "A follower's word that a proposal is safe in its log on the disk. With those of a quorum, the leader's own included, the proposal is committed.",
      'follower 的答复：proposal 已经安全地写进它磁盘上的日志。凑齐 quorum（包括 leader 自己的一份）后，proposal 就被提交。',
    ),
  },
  broadcast: {
    term: words('broadcast', 'broadcast'),
    meaning: words(
      'The phase in which an ensemble serves: the leader proposes every change, a quorum logs it, and then it is committed, all in one order.',
      'ensemble 正常服务的阶段：leader 提出每一个修改，quorum 写入日志，然后提交，全都按同一个顺序。',
    ),
  },
  committedlog: {
    term: words('committedLog', 'committedLog'),
    meaning: words(
      'The latest committed transactions, at least 500, that a server keeps in memory. A learner that is behind by no more gets them as a DIFF.',
      '服务器保存在内存里的最近已提交的事务，至少 500 个。落后不超过这个范围的 learner 可以用 DIFF 补上。',
    ),
  },
  commit: {
    term: words('commit', '提交（commit）'),
    meaning: words(
      'A proposal that a quorum has acknowledged is decided: no crash takes it back. The leader tells its followers by a COMMIT packet, and they apply it to their trees.',
      'proposal 得到 quorum 的确认后就算定了：任何崩溃都不会让它作废。leader 用 COMMIT 数据包告诉 follower，它们便应用到自己的树上。',
    ),
  },
  diff: {
    term: words('DIFF', 'DIFF'),
    meaning: words(
      'The cheapest way to bring a learner up to date: it is sent just the transactions that it lacks.',
      '让 learner 追上来的最省的办法：只把它缺少的事务发给它。',
    ),
  },
  discovery: {
    term: words('discovery', 'discovery'),
    meaning: words(
      'The phase behind an election: the leader asks a quorum for the epochs they have accepted, and picks a new one that is larger than all of them.',
      '选举之后的阶段：leader 向 quorum 询问它们接受过的 epoch，然后选一个比它们都大的新 epoch。',
    ),
  },
  election: {
    term: words('election', '选举（election）'),
    meaning: words(
      'How servers agree on a leader: they exchange votes until a quorum votes for the same server.',
      '服务器确定 leader 的过程：互相交换选票，直到 quorum 投给同一台服务器。',
    ),
  },
  ensemble: {
    term: words('ensemble', 'ensemble'),
    meaning: words(
      'All servers that together are one ZooKeeper.',
      '共同组成一个 ZooKeeper 的所有服务器。',
    ),
  },
  epoch: {
    term: words('epoch', 'epoch'),
    meaning: words(
      'The number of a reign. Every leader that is established has a larger one than all before it; it is the high half of every zxid.',
      '一届 leader 任期的编号。每个确立的 leader 都比以往的更大；它是每个 zxid 的高半部分。',
    ),
  },
  follower: {
    term: words('follower', 'follower'),
    meaning: words(
      'A server that votes and follows a leader: it logs and acknowledges its proposals, applies what is committed, and answers reads of its own clients.',
      '参加投票并跟随 leader 的服务器：记录并确认 proposal，应用已提交的内容，回答自己客户端的读请求。',
    ),
  },
  inform: {
    term: words('INFORM', 'INFORM'),
    meaning: words(
      'What the leader sends to observers instead of PROPOSAL and COMMIT: a transaction that is committed already, in one packet.',
      'leader 发给 observer 的数据包，代替 PROPOSAL 和 COMMIT：一个数据包里就是已经提交的事务。',
    ),
  },
  initlimit: {
    term: words('initLimit', 'initLimit'),
    meaning: words(
      'How many ticks a leader and its learners may take to agree on the epoch and to get up to date.',
      'leader 与 learner 商定 epoch 并完成同步最多可用的 tick 数。',
    ),
  },
  leader: {
    term: words('leader', 'leader'),
    meaning: words(
      'The one server that gives every change its zxid and proposes it. It leads only as long as a quorum follows it.',
      '唯一给每个修改编上 zxid 并提出它的服务器。只有 quorum 跟随它时，它才是 leader。',
    ),
  },
  learner: {
    term: words('learner', 'learner'),
    meaning: words(
      'Whoever follows a leader: followers and observers.',
      '跟随 leader 的服务器：follower 和 observer 的统称。',
    ),
  },
  linearizable: {
    term: words('linearizable', '线性一致（linearizable）'),
    meaning: words(
      "As if every operation took place at one moment between its request and its answer. ZooKeeper's writes are so; its plain reads are not.",
      '就像每个操作都在请求与答复之间的某一瞬间发生。ZooKeeper 的写是这样的，普通的读不是。',
    ),
  },
  logicalclock: {
    term: words('logical clock', 'logical clock'),
    meaning: words(
      "The number of a server's election round. Votes of an older round do not count. It has nothing to do with the epoch and is kept in memory only.",
      '服务器的选举轮次编号。旧轮次的选票不算数。它与 epoch 无关，并且只保存在内存里。',
    ),
  },
  observer: {
    term: words('observer', 'observer'),
    meaning: words(
      'A learner that does not vote and whose acknowledgement is not needed. It adds capacity for reads without making writes slower.',
      '不投票、也不需要它确认的 learner。它增加读的容量，而不拖慢写。',
    ),
  },
  peerepoch: {
    term: words('peerEpoch', 'peerEpoch'),
    meaning: words(
      'The currentEpoch of the server that a vote names. Votes are compared by it first, then by zxid, then by sid.',
      '选票所投服务器的 currentEpoch。比较选票时先比它，再比 zxid，最后比 sid。',
    ),
  },
  proposal: {
    term: words('proposal', 'proposal'),
    meaning: words(
      'A transaction that the leader has sent to its followers and that is not decided yet.',
      'leader 已发给 follower、但还没有定下来的事务。',
    ),
  },
  quorum: {
    term: words('quorum', 'quorum'),
    meaning: words(
      'Enough voters to decide: more than half of them. Any two quorums have a server in common, so what one has decided the next one knows.',
      '足以做决定的投票者：超过半数。任意两个 quorum 至少有一台共同的服务器，所以前一个决定的事，后一个一定知道。',
    ),
  },
  'request-processor': {
    term: words('request processor', 'request processor'),
    meaning: words(
      'A station of the line that a request passes in a server: one prepares it, one logs it, one waits for the commit, the last applies and answers it.',
      '请求在服务器里依次经过的一环：有的做准备，有的写日志，有的等待提交，最后一个应用并答复。',
    ),
  },
  rollover: {
    term: words('zxid rollover', 'zxid 翻转（rollover）'),
    meaning: words(
      'When the 32-bit counter of an epoch is used up, the leader steps down, so that a new election begins a new epoch.',
      '一个 epoch 的 32 位计数器用完时，leader 会下台，让新的选举开始新的 epoch。',
    ),
  },
  sid: {
    term: words('sid', 'sid'),
    meaning: words(
      "A server's number in the configuration, from its myid file. It breaks ties between votes, and it is the first byte of the ids of sessions that the server opens.",
      '服务器在配置中的编号，来自 myid 文件。选票打平时由它决定；服务器创建的 session id 的首字节也是它。',
    ),
  },
  snap: {
    term: words('SNAP', 'SNAP'),
    meaning: words(
      "The most expensive way to bring a learner up to date: it is sent the leader's whole tree.",
      '让 learner 追上来的最贵的办法：把 leader 的整棵树发给它。',
    ),
  },
  'split-brain': {
    term: words('split brain', '脑裂（split brain）'),
    meaning: words(
      'Two leaders that both commit. ZooKeeper has none, because two quorums share a server that follows only one of them. Two servers may for a while believe that they lead.',
      '两个 leader 都能提交。ZooKeeper 不会这样，因为两个 quorum 必有一台共同的服务器，而它只跟随其中一个。但可能有两台服务器在一段时间里都以为自己是 leader。',
    ),
  },
  syncing: {
    term: words('synchronization', '同步（synchronization）'),
    meaning: words(
      'The phase in which learners get what they lack (DIFF), lose what nobody decided (TRUNC), or are sent everything (SNAP), before the ensemble serves.',
      'ensemble 提供服务之前的阶段：learner 补上缺少的（DIFF），丢弃没有定下来的（TRUNC），或者整个重传（SNAP）。',
    ),
  },
  synclimit: {
    term: words('syncLimit', 'syncLimit'),
    meaning: words(
      'How many ticks of silence, or of a proposal without an ACK, a leader and its learners bear before they part.',
      'leader 与 learner 之间能容忍多少个 tick 没有音讯、或 proposal 没有 ACK，超过就分手。',
    ),
  },
  tick: {
    term: words('tick', 'tick'),
    meaning: words(
      "ZooKeeper's unit of time, tickTime in the configuration. Session timeouts, initLimit and syncLimit are counted in it.",
      'ZooKeeper 的时间单位，即配置里的 tickTime。session 超时、initLimit 和 syncLimit 都以它计量。',
    ),
  },
  trunc: {
    term: words('TRUNC', 'TRUNC'),
    meaning: words(
      'Tells a learner to cut its log back to a zxid: it has transactions that were never committed.',
      '让 learner 把日志截断到某个 zxid：它那里有从未提交的事务。',
    ),
  },
  voter: {
    term: words('voter', '投票成员（voter）'),
    meaning: words(
      'A server that counts for quorums; in the configuration a participant. Observers are none.',
      '计入 quorum 的服务器，在配置中叫 participant。observer 不算。',
    ),
  },
  vote: {
    term: words('vote', '选票（vote）'),
    meaning: words(
      "What a server says in an election: whom it would follow, with that one's epoch and last zxid. It changes its vote when it hears of a better one.",
      '服务器在选举中的表态：愿意跟随谁，附上对方的 epoch 和最后的 zxid。听到更好的选票就改投。',
    ),
  },
  weight: {
    term: words('weight', '权重（weight）'),
    meaning: words(
      "How much a server's vote counts where quorums are by groups and weights. A server of weight 0 is never chosen as leader. Without them each voter counts one.",
      '按组和权重计算 quorum 时，一台服务器那一票的分量。权重为 0 的服务器不会被选为 leader。没有设置时每个投票成员算一。',
    ),
  },
  zab: {
    term: words('Zab', 'Zab'),
    meaning: words(
      "ZooKeeper's protocol of atomic broadcast: discovery, synchronization, broadcast. It gives all changes one order and loses none that was committed.",
      'ZooKeeper 的原子广播协议：discovery、synchronization、broadcast。它让所有修改有同一个顺序，并且不丢失任何已提交的修改。',
    ),
  },
  zxid: {
    term: words('zxid', 'zxid'),
    meaning: words(
      'The number of a transaction: the epoch in its high 32 bits, a counter that begins anew with every epoch in its low 32. It is no time.',
      '事务的编号：高 32 位是 epoch，低 32 位是每个 epoch 从头开始的计数器。它不是时间。',
    ),
  },
} satisfies Entries;
