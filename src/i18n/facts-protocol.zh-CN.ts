/**
 * Simplified Chinese for what the checkers say, by its English: the protocol, disks and trees, the
 * end of faults. `{0}` is what stands in the first hole of the English; `{0!}` is taken as it is.
 */
export const factsOfProtocolZhCN: Readonly<Record<string, string>> = {
  // Histories of servers.
  'Server {0} committed {1}, which server {2} did not, and server {3} committed {4}, which server {5} did not.':
    '服务器 {0} 提交了 {1}，服务器 {2} 没有；服务器 {3} 提交了 {4}，服务器 {5} 没有。',
  'once more': '又一次',
  'after {0}': '在 {0} 之后',
  'The tree of server {0} had processed everything up to {1}, but it applied {2} {3}.':
    '服务器 {0} 的树已处理到 {1}，但它{3}应用了 {2}。',
  'Server {0} committed {1}, but {2} removed it from the history of server {3}.':
    '服务器 {0} 提交了 {1}，但 {2} 把它从服务器 {3} 的历史中去掉了。',
  'Server {0} committed {1}, but the committed history of server {2}, leader of epoch {3}, goes on without it.':
    '服务器 {0} 提交了 {1}，但服务器 {2}（epoch {3} 的 leader）已提交的历史里没有它就继续下去了。',
  'Server {0} committed {1} of epoch {2} after {3} of the later epoch {4}.':
    '服务器 {0} 在提交了较晚的 epoch {4} 的 {3} 之后，才提交 epoch {2} 的 {1}。',
  'Server {0} committed': '服务器 {0} 提交了',
  '{0} {1}, but no leader ever proposed that transaction.':
    '{0} {1}，但从没有 leader 提议过这个事务。',
  '{0} a transaction under {1} that is not the one which was proposed under it.':
    '{0}一个以 {1} 为 zxid 的事务，但它不是以此 zxid 提议的那一个。',
  'it had committed itself': '它自己提交过',
  'server {0} had committed': '服务器 {0} 提交过',
  'Server {0} became the leader of epoch {1} without {2}, which {3}.':
    '服务器 {0} 成为 epoch {1} 的 leader，却没有 {2}，而那是{3}的。',
  'Servers {0} and {1} both lead epoch {2} now.':
    '服务器 {0} 和服务器 {1} 现在都在领导 epoch {2}。',
  'Server {0} became the leader of epoch {1}, which server {2} had led before.':
    '服务器 {0} 成为 epoch {1} 的 leader，而服务器 {2} 曾领导过这个 epoch。',
  'The leader of epoch {0} proposed': 'epoch {0} 的 leader 提议了',
  'server {0} committed': '服务器 {0} 提交了',
  '{0} {1} before {2}, but {3} the latter without the former.':
    '{0} {1} 先于 {2}，但{3}后者而没有前者。',
  '{0} {1} before {2}, but {3} it afterwards.': '{0} {1} 先于 {2}，但{3}它是在其后。',
  'server {0}': '服务器 {0}',
  '{0} {1}, but {2} went on to later transactions without it.':
    '{0} {1}，但{2} 没有它就继续到更晚的事务。',
  '{0} {1} but {2} committed another transaction under the same zxid.':
    '{0} {1}，但{2} 以同一个 zxid 提交了另一个事务。',
  'as the first transaction': '作为第一个事务',
  '{0} {1} {2}, but {3} committed {4} in its place.':
    '{0} {1}（{2}），但{3} 在这个位置提交了 {4}。',
  'What was committed is {0}, but server {1} applied another transaction under the same zxid.':
    '被提交的是 {0}，但服务器 {1} 以同一个 zxid 应用了另一个事务。',
  '{0} was committed before {1}, but server {2} applied the latter without the former.':
    '{0} 在 {1} 之前被提交，但服务器 {2} 应用了后者而没有前者。',
  'Server {0} follows server {1} in epoch {2} and has committed {3}, which its leader has not.':
    '服务器 {0} 在 epoch {2} 跟随服务器 {1}，并提交了 {3}，而它的 leader 没有提交。',
  'its leader, server {0},': '它的 leader（服务器 {0}）',
  'with {0} in its history, which {1} does not have': '历史中有 {0}，而{1}没有',
  'with another transaction under {0} than {1} has': '以 {0} 为 zxid 的事务与{1}的不同',
  'with {0} in its history, where {1} has {2}': '历史中有 {0}，而{1}在那里有 {2}',
  'Server {0} acknowledged NEWLEADER of epoch {1} {2}.':
    '服务器 {0} 确认了 epoch {1} 的 NEWLEADER，此时它{2}。',
  'Server {0} committed {1} before {2}, but server {3} committed the latter without the former.':
    '服务器 {0} 先提交 {1} 后提交 {2}，但服务器 {3} 提交了后者而没有前者。',
  'Server {0} committed {1} once, but server {2} committed it again after {3}.':
    '服务器 {0} 只提交过一次 {1}，但服务器 {2} 在 {3} 之后又提交了它。',
  '{0} ({1} by session {2})': '{0}（会话 {2} 的 {1}）',
  // Epochs and votes.
  'Server {0} promised epoch {1} with ACKEPOCH, but its acceptedEpoch file says {2}.':
    '服务器 {0} 用 ACKEPOCH 许诺了 epoch {1}，但它的 acceptedEpoch 文件里是 {2}。',
  'Server {0} proposed epoch {1} with LEADERINFO, but its own acceptedEpoch file says {2}.':
    '服务器 {0} 用 LEADERINFO 提议了 epoch {1}，但它自己的 acceptedEpoch 文件里是 {2}。',
  'Server {0} promised epoch {1} to server {2}, and then to server {3}.':
    '服务器 {0} 把 epoch {1} 许诺给服务器 {2}，之后又许诺给服务器 {3}。',
  'Server {0} logged {1} of epoch {2}, but its {3} file says {4}.':
    '服务器 {0} 把 epoch {2} 的 {1} 写入日志，但它的 {3} 文件里是 {4}。',
  'On the disk of server {0} currentEpoch is {1}, but acceptedEpoch only {2}.':
    '服务器 {0} 的磁盘上 currentEpoch 是 {1}，而 acceptedEpoch 只有 {2}。',
  'The {0} of server {1} was {2} on its disk and went back to {3}.':
    '服务器 {1} 磁盘上的 {0} 曾是 {2}，却退回到 {3}。',
  'server {0} had accepted epoch {1}': '服务器 {0} 已接受过 epoch {1}',
  'no majority had told it theirs': '没有多数服务器告诉过它各自的 epoch',
  'Server {0} proposed epoch {1} as a new leader, but {2} before.':
    '服务器 {0} 作为新 leader 提议了 epoch {1}，但在此之前{2}。',
  'Server {0} votes for server {1} with epoch {2} and {3}, though it has epoch {4} and {5} itself.':
    '服务器 {0} 投票给服务器 {1}（epoch {2}，{3}），尽管它自己有 epoch {4} 和 {5}。',
  'Server {0} was in round {1} of elections, and went back to round {2}.':
    '服务器 {0} 在第 {1} 轮选举，却退回到第 {2} 轮。',
  'Server {0} votes for server {1}, but the voters are {2}.':
    '服务器 {0} 投票给服务器 {1}，但有投票权的是 {2}。',
  'Server {0} takes server {1} for elected': '服务器 {0} 认为服务器 {1} 已当选',
  '{0}, but only nobody voted so, which is no majority.': '{0}，但没有谁这样投票，不是多数。',
  '{0}, but only {1} voted so, which is no majority.': '{0}，但只有 {1} 这样投票，不是多数。',
  '{0} by votes of round {1}, but is in round {2} itself: they speak of an election before its restart.':
    '{0}，依据的是第 {1} 轮的选票，而它自己在第 {2} 轮：那些选票说的是它重启之前的一次选举。',
  'Server {0} knows from server {1} that it leads, and that servers {2} are for it, which is a majority; and yet it goes on looking for a leader.':
    '服务器 {0} 从服务器 {1} 得知后者在领导，并且服务器 {2} 支持它，已是多数；可是服务器 {0} 仍在寻找 leader。',
  // What must be on disk.
  'Server {0} acknowledged NEWLEADER of epoch {1}, but its currentEpoch file says {2}.':
    '服务器 {0} 确认了 epoch {1} 的 NEWLEADER，但它的 currentEpoch 文件里是 {2}。',
  'Server {0} acknowledged NEWLEADER of epoch {1}, but a loss of power would leave it at {2}, without {3}, which its leader had committed by then.':
    '服务器 {0} 确认了 epoch {1} 的 NEWLEADER，但一旦断电它只会剩下到 {2} 为止的内容，没有 {3}，而它的 leader 那时已提交了后者。',
  'wrote currentEpoch {0}': '写下了 currentEpoch {0}',
  'acknowledged NEWLEADER of epoch {0}': '确认了 epoch {0} 的 NEWLEADER',
  'Server {0} {1}': '服务器 {0} {1}',
  'is not in the tree of which it saved a snapshot': '不在它存为快照的那棵树里',
  'is only in its page cache': '只在它的页缓存里',
  'is not in its log': '不在它的日志里',
  '{0}, but {1}, which its leader had committed by then, {2}.':
    '{0}，但它的 leader 那时已提交的 {1} {2}。',
  acknowledged: '确认了',
  'counted its own ack of': '计入了自己的确认：',
  'which is only in its page cache': '而那只在它的页缓存里',
  'which is not in its log': '而那不在它的日志里',
  'Server {0} {1} {2}, {3}.': '服务器 {0} {1} {2}，{3}。',
  'no server': '没有一台服务器',
  'only {0}': '只有 {0}',
  'of the voters {0} {1}': '在投票者 {0} 之中{1}',
  '{0} was committed, but {1} had it on disk, which is no majority.':
    '{0} 被提交了，但{1}把它写到了磁盘上，不是多数。',
  'Everything up to {0} was durable on the disk of server {1}, but {2} nothing after {3}.':
    '到 {0} 为止的一切在服务器 {1} 的磁盘上都已持久，但{2}不到 {3} 之后的任何内容。',
  'a restart now would recover': '现在重启会恢复',
  'its restart recovered': '它重启后恢复',
  'other {0}': '不同的{0}',
  'another tree': '另一棵树',
  'a restart now would find': '现在重启会得到',
  'its restart found': '它重启后得到了',
  'Server {0} processed everything up to {1}, and so did what is on the disk of server {2}, but {3} {4}.':
    '服务器 {0} 处理到了 {1}，服务器 {2} 磁盘上的内容也是如此，但{3}{4}。',
  'Server {0} logged {1}': '服务器 {0} 写入日志：{1}',
  '{0} right after {1}: its log has a hole.': '{0} 紧跟在 {1} 之后：它的日志有空洞。',
  '{0} after {1}, which is the later one.': '{0} 在 {1} 之后，而后者更晚。',
  'Server {0} found {1} right after {2} on its disk: its log has a hole.':
    '服务器 {0} 在自己的磁盘上发现 {1} 紧跟在 {2} 之后：它的日志有空洞。',
  'Server {0} was told to cut its log after {1}, but': '服务器 {0} 被要求把日志截断到 {1} 为止，但',
  '{0} {1} is still in it.': '{0} {1} 还在里面。',
  '{0} its database rests on the later snapshot {1}.': '{0}它的数据库建立在更晚的快照 {1} 上。',
  '{0} its tree is at {1}.': '{0}它的树到了 {1}。',
  '{0} {1} in its tree comes from {2}.': '{0}它树中的 {1} 来自 {2}。',
  '{0} its snapshot of {1} holds {2} from {3}.': '{0}它的快照 {1} 含有来自 {3} 的 {2}。',
  '{0} from its disk it would still recover {1}.': '{0}从它的磁盘仍会恢复出 {1}。',
  'Server {0} acknowledged NEWLEADER after {1} of {2}, but after a loss of power':
    '服务器 {0} 在 {2} 的 {1} 之后确认了 NEWLEADER，但断电之后',
  '{0} it would not start: {1}.': '{0}它将无法启动：{1!}。',
  'the end of another history that is still in its log': '那是还留在它日志里的另一段历史的末尾',
  'less than it was sent': '少于发给它的内容',
  '{0} it would recover {1} instead of {2}: {3}.': '{0}它会恢复到 {1} 而不是 {2}：{3}。',
  '{0} it would recover {1} at the same zxid.': '{0}它会在同一个 zxid 恢复出{1}。',
  'no reason given': '没有给出原因',
  'Server {0} looks for a leader with a tree that has processed everything up to {1}':
    '服务器 {0} 以一棵已处理到 {1} 的树寻找 leader',
  '{0}, but could not start on its disk: {1}.': '{0}，但用它的磁盘无法启动：{1!}。',
  '{0}, but from its own disk it would recover {1}.': '{0}，但从自己的磁盘它会恢复到 {1}。',
  '{0}, but its own disk holds {1} at that point.': '{0}，但它自己的磁盘在那一点上是{1}。',
  // The end of faults.
  'No fault has been left for {0}, but nobody leads: {1}.':
    '{0} 以来已没有任何故障，却没有谁在领导：{1}。',
  'No fault has been left for {0}, but no quorum follows server {1}, which leads: {2}.':
    '{0} 以来已没有任何故障，却没有 quorum 跟随正在领导的服务器 {1}：{2}。',
  'server {0} is {1} in {2}': '服务器 {0} 处于 {1}（{2}）',
  'No fault has been left for {0} and server {1} leads epoch {2}, but {3}.':
    '{0} 以来已没有任何故障，服务器 {1} 领导 epoch {2}，但{3}。',
  'The ensemble serves, but {0} requests of client {1}, which is {2}, have no answer.':
    'ensemble 在服务，但处于 {2} 的客户端 {1!} 有 {0} 个请求没有答复。',
  'All requests of client {0} have an answer, but server {1}, which leads, has no {2}, which it asked for.':
    '客户端 {0!} 的所有请求都有答复，但正在领导的服务器 {1} 没有它请求过的 {2}。',
  'Server {0} has heard of no other server for {1}, and still leads epoch {2}.':
    '服务器 {0} 已有 {1} 没有听到其他服务器的消息，却仍在领导 epoch {2}。',
  'Server {0} has not heard of server {1} for {2}, and still follows it.':
    '服务器 {0} 已有 {2} 没有听到服务器 {1} 的消息，却仍在跟随它。',
  'Nobody has had session {0} for {1}, and its timeout is {2}, but server {3}, which leads, still keeps it.':
    '已有 {1} 没有谁持有会话 {0}，它的超时是 {2}，但正在领导的服务器 {3} 还保留着它。',
  'Server {0} was started {1} times and is down again: {2}.':
    '服务器 {0} 被启动了 {1} 次，又停了下来：{2!}。',
  'nobody knows why': '没有谁知道原因',
  'Server {0} led epoch {1} with everybody behind it and no fault about, and {2} later it is {3}.':
    '服务器 {0} 在没有故障、全体跟随的情况下领导 epoch {1}，{2} 之后它处于：{3}。',
  '{0} in epoch {1}': '{0}（epoch {1}）',
  '{0} in {1}': '{0}（{1}）',
  '{0} in {1}{2}': '{0}（{1}）{2}',
  '{0} in {1}, which it is leaving': '{0}（{1}，正在离开）',
  'server {0} is {1} in {2}, which it is leaving': '服务器 {0} 处于 {1}（{2}，正在离开）',
  ', which it is leaving': '，正在离开',
  'server {0} is {1}': '服务器 {0} 处于 {1}',
  'server {0} is down': '服务器 {0} 已停机',
  'Servers {0} and {1} have both come to rest at {2}, and yet {3}.':
    '服务器 {0} 和服务器 {1} 都停在 {2}，可是{3}。',
  'only server {0} has {1}': '只有服务器 {0} 有 {1}',
  '{0} of {1} is {2} at the first and {3} at the other': '{1} 的 {0} 在前者是 {2!}，在后者是 {3!}',
  'server {0} has session {1} of {2} ms, and the other has not':
    '服务器 {0} 有 {2} ms 的会话 {1}，另一台没有',
};
