/**
 * Simplified Chinese for what the checkers say, by its English: trees, sessions, what clients see,
 * and what servers say of themselves. See facts-protocol.zh-CN.ts.
 */
export const factsOfTreesZhCN: Readonly<Record<string, string>> = {
  // Trees.
  'Server {0} processed everything up to {1} twice, and yet it has':
    '服务器 {0} 两次处理到 {1}，可是它两次的',
  'Servers {0} and {1} both processed everything up to {2}, and yet they have':
    '服务器 {0} 和服务器 {1} 都处理到 {2}，可是两者的',
  '{0} different {1}.': '{0}{1}不同。',
  'Server {0} processed everything up to {1} twice, and its trees differ':
    '服务器 {0} 两次处理到 {1}，而两次的树不同',
  'Servers {0} and {1} both processed everything up to {2}, and yet their trees differ':
    '服务器 {0} 和服务器 {1} 都处理到 {2}，可是它们的树不同',
  '{0}: digest {1} against {2}.': '{0}：摘要 {1} 对 {2}。',
  ACLs: ' ACL ',
  data: '数据',
  znodes: 'znode',
  stats: 'Stat',
  sessions: '会话',
  'lists of children': '子节点列表',
  'ephemeral znodes of sessions': '会话的临时 znode',
  'a restart of server {0}': '服务器 {0} 的一次重启',
  'In the tree of {0} {1} is an ephemeral znode of session {2}, but the same server knows no such session.':
    '在{0} 的树中，{1} 是会话 {2} 的临时 znode，但同一台服务器不知道有这个会话。',
  'The tree of {0} counts {1} among the ephemeral znodes of session {2}, but no znode there says so itself.':
    '{0} 的树把 {1} 算作会话 {2} 的临时 znode，但那里没有 znode 自己这样说。',
  '{0} in the tree of {1} is an ephemeral znode of session {2}, but is missing from the list of what that session owns.':
    '{1} 的树中的 {0} 是会话 {2} 的临时 znode，但不在该会话所拥有的列表里。',
  'The tree of {0} lists {1} ephemeral znodes, but holds {2}.':
    '{0} 的树列出 {1} 个临时 znode，但实际有 {2} 个。',
  'the session is still among its sessions': '该会话还在它的会话之中',
  '{0} is still': '{0} 还在',
  '{0} is still in its tree': '{0} 还在它的树里',
  'Server {0} closed session {1} with {2}, but {3}{4}.':
    '服务器 {0} 以 {2} 关闭了会话 {1}，但 {3}{4}。',
  ' in its tree': '（在它的树里）',
  'Server {0} closed session {1} with {2}, but {3}.': '服务器 {0} 以 {2} 关闭了会话 {1}，但 {3}。',
  '{0} is not done there': '{0} 在那里没有做',
  'only {0}, not {1}': '只有 {0}，没有 {1}',
  'The tree of {0} has processed everything up to {1}, but of the multi {2} it shows {3}.':
    '{0} 的树已处理到 {1}，但 multi {2} 在其中显示：{3}。',
  'nothing: {0}': '什么都没有：{0}',
  'the {0} of {1}': '对 {1} 的 {0}',
  'Server {0} still expects the change of {1} by {2}, but its tree has processed everything up to {3}.':
    '服务器 {0} 还在等待 {2} 对 {1} 的修改，但它的树已处理到 {3}。',
  'On server {0} {1} ({2}) was created after {3}, but does not have a larger number.':
    '在服务器 {0} 上，{1}（{2}）在 {3} 之后创建，编号却没有更大。',
  'In the tree of {0} {1}.': '在{0} 的树中，{1}。',
  'In the tree of server {0} {1}.': '在服务器 {0} 的树中，{1}。',
  '{0} was changed by {1}, before {2} created it': '{0} 被 {1} 修改，早于创建它的 {2}',
  'the children of {0} changed by {1}, before {2} created it':
    '{0} 的子节点由 {1} 改变，早于创建它的 {2}',
  '{0} has {1} children, but counts only {2} creations': '{0} 有 {1} 个子节点，却只计了 {2} 次创建',
  '{0} shows cversion {1}, which does not follow from {2} creations and {3} children':
    '{0} 显示 cversion {1}，与 {2} 次创建和 {3} 个子节点不符',
  '{0} lists the child {1}, which is not there': '{0} 列出了子节点 {1!}，而它不存在',
  '{0} was created by {1}, but its parent says that its children changed last by {2}':
    '{0} 由 {1} 创建，但它的父节点说子节点最后由 {2} 改变',
  '{0} was created by {1}, before its parent, which {2} created':
    '{0} 由 {1} 创建，早于由 {2} 创建的父节点',
  // What a server holds of itself.
  'Server {0} {1}.': '服务器 {0} {1}。',
  'says that it is {0} in {1}': '自称处于 {0}（{1}）',
  '{0}, but looks for a leader': '{0}，却在寻找 leader',
  '{0}, but leads': '{0}，却在领导',
  '{0}, but learns from server {1}': '{0}，却在向服务器 {1} 学习',
  '{0}, but stands alone': '{0}，却是单机',
  'has the acceptedEpoch {0}': '的 acceptedEpoch 是 {0}',
  'has the currentEpoch {0}': '的 currentEpoch 是 {0}',
  'is in round {0}': '在第 {0} 轮',
  'has a tree at {0}, no zxid': '的树在 {0}，那不是 zxid',
  'votes for server {0}, which does not exist': '投票给并不存在的服务器 {0}',
  'has a learner {0}, which does not exist': '有一个并不存在的 learner {0}',
  // Clients.
  '{0} ({1})': '{0}（{1}）',
  '{0} (xid {1})': '{0}（xid {1}）',
  'session {0}': '会话 {0}',
  'a client': '某个客户端',
  '{0} on server {1}': '服务器 {1} 上的{0}',
  '{0} of {1} at {2}': '{1} 的 {0}（{2}）',
  '{0} of {1} was answered with {2} at {3}, but no transaction of it was ever committed that failed so.':
    '{1} 的 {0} 在 {3} 得到答复 {2}，但从没有提交过它这样失败的事务。',
  'failed with {0}': '以 {0} 失败',
  'was done': '做成了',
  '{0} of {1} was answered with {2}, but it {3} at {4}.':
    '{1} 的 {0} 得到答复 {2}，但它在 {4} {3}。',
  '{0} of {1} was answered with OK, but it failed with {2} at {3}.':
    '{1} 的 {0} 得到答复 OK，但它在 {3} 以 {2} 失败。',
  '{0} asked once for its {1} (xid {2}), whose answer it does not know; it was done at {3}, and again at {4}.':
    '{0}只请求过一次 {1}（xid {2}），并且不知道答复；它在 {3} 做成，又在 {4} 再做了一次。',
  'Transaction {0} is a {1} of {2} (xid {3}), but that session never asked for it.':
    '事务 {0} 是{2} 的 {1}（xid {3}），但该会话从没有请求过它。',
  'A read of {0} at {1} shows the ephemeral {2} of {3}, which was closed at {4}.':
    '{0}在 {1} 的一次读取显示了{3} 的临时 znode {2}，而该会话在 {4} 已关闭。',
  'Transaction {0} is what became of {1}, but in the state before it that is wrong: {2}.':
    '事务 {0} 是 {1} 的结果，但就它之前的状态而言那是错的：{2}。',
  'Transaction {0} was committed after {1}: the order of writes is not that of their zxids.':
    '事务 {0} 在 {1} 之后提交：写入的次序不是它们 zxid 的次序。',
  '{0} was done at {1}, but it was asked only after another write had been acknowledged: {2}.':
    '{0} 在 {1} 做成，但它是在另一个写入得到确认之后才请求的：{2}。',
  'Server {0} acknowledged {1} of {2} with {3}, but no transaction of it was ever committed.':
    '服务器 {0} 以 {3} 确认了{2} 的 {1}，但从没有提交过它的事务。',
  'Server {0} acknowledged {1} of {2} at {3}, but it was committed at {4}.':
    '服务器 {0} 在 {3} 确认了{2} 的 {1}，但它是在 {4} 提交的。',
  'The acknowledgement of {0} of {1} at {2} shows {3}.': '{1} 的 {0} 在 {2} 的确认显示了 {3}。',
  '{0} and not {1}': '{0} 而不是 {1}',
  'The {0} of {1} (xid {2}) was acknowledged and done at {3}, and it was done again at {4}.':
    '{1} 的 {0}（xid {2}）得到确认并在 {3} 做成，又在 {4} 再做了一次。',
  'A read of {0} shows {1}.': '{0}的一次读取显示了 {1}。',
  'On one connection of {0}, {1} shows {2} after {3} had been shown.':
    '在{0}的同一个连接上，{1}显示了 {2}，而之前已显示过 {3}。',
  'The last answer to {0} showed {1}, but server {2} had shown {3} to the same session before.':
    '给{0}的最后一个答复显示了 {1}，但服务器 {2} 之前已向同一会话显示过 {3}。',
  'ephemeralOwner 0x{0} and not 0x{1}': 'ephemeralOwner 0x{0} 而不是 0x{1}',
  '{0} {1} and not {2}': '{0} {1} 而不是 {2}',
  'the answer to a {0}': '对一个 {0} 的答复',
  'the answer to {0}': '对 {0} 的答复',
  'the state at {0}, but nothing after {1} is committed': ' {0} 的状态，但 {1} 之后什么都没有提交',
  'an event for {0}': '关于 {0} 的一个事件',
  '{0} among the ephemerals': '临时 znode 之中的 {0}',
  '{0}, which is not there': '并不存在的 {0}',
  '{0} with {1}': '{0}，带有 {1}',
  'other data of {0} than it has': ' {0} 的数据，与它实际的不同',
  '{0} children of {1} and not {2}': ' {1} 有 {0} 个子节点而不是 {2} 个',
  'no {0} ({1}), which is there': '没有 {0}（{1}），而它存在',
  'a {0} that it may not read, and which is not there': '不许它读取的 {0}，而那并不存在',
  '{0} for an exists': '对 exists 答复 {0}',
  '{0} for {1}, which everybody may read': '对谁都可以读的 {1} 答复 {0}',
  'a child of {0} twice at {1}': ' {0} 的一个子节点在 {1} 出现两次',
  'the child {0}': '子节点 {0}',
  '{0} at {1}': '{0}（在 {1}）',
  'A read of {0} with {1} in its header shows {2}: that is the state before {3}.':
    '{0}的一次读取，头部是 {1}，显示了 {2}：那是 {3} 之前的状态。',
  '{0} Before its last sync a write had been acknowledged: {1}.':
    '{0}在它最后一次 sync 之前，有一个写入已得到确认：{1}。',
  '{0} It had been told that its own write was done: {1}.': '{0}它曾被告知自己的写入已做成：{1}。',
  'The answer to {0} of {1} shows {2}, but the session had been told before that its own write was done: {3}.':
    '对{1}的 {0} 的答复显示了 {2}，但该会话之前已被告知自己的写入已做成：{3}。',
  'it was heard of': '最后听到它',
  'this leader began to lead': '这个 leader 开始领导',
  'Leader {0} expires {1} {2} ms after {3}, but it may be silent for {4} ms.':
    'leader {0} 在{3}之后 {2} ms 让{1} 过期，但它可以沉默 {4} ms。',
  '{0} was closed at {1}, but neither had its client asked for that nor had a leader found it silent for too long.':
    '{0} 在 {1} 被关闭，但既不是它的客户端要求的，也没有 leader 发现它沉默得太久。',
  'The {0} of {1} (xid {2}) was done at {3}, but that session had been closed at {4}.':
    '{1} 的 {0}（xid {2}）在 {3} 做成，但该会话在 {4} 已关闭。',
  'Server {0} told the client of {1} that it has expired, but no leader has expired it and nobody has closed it.':
    '服务器 {0} 告诉{1} 的客户端会话已过期，但没有 leader 让它过期，也没有谁关闭它。',
  nothing: '什么都没有',
  'nothing was asked': '没有请求过什么',
  'the turn is that of {0}': '轮到的是 {0}',
  'The next reply to {0} is for xid {1}, but {2}.': '给{0}的下一个答复属于 xid {1}，但{2}。',
  'The {0} of {1} (xid {2}) was done at {3}, after its xid {4} at {5}, which it had asked for later.':
    '{1} 的 {0}（xid {2}）在 {3} 做成，晚于它在 {5} 的 xid {4}，而后者是它更晚请求的。',
  'The answer to {0} of {1} shows {2}, but before its sync was sent a write had been acknowledged: {3}.':
    '对{1}的 {0} 的答复显示了 {2}，但在它的 sync 发出之前，有一个写入已得到确认：{3}。',
  'The watch of {0} on {1} was to fire {2} for {3}, but {4} shows {5} and the event has not come.':
    '{0}在 {1} 上的 watch 应为 {3} 触发 {2}，但{4}显示了 {5}，而事件还没有来。',
  'The watch of {0} on {1} was to fire {2} for {3}, but the next event to come is {4} of {5} for {6}.':
    '{0}在 {1} 上的 watch 应为 {3} 触发 {2}，但接下来到的事件是 {5} 的 {4}（为 {6}）。',
  'a later one': '更晚的一个',
  ' for {0}': '（为 {0}）',
  '{0} was sent {1} of {2}{3}, but it has no watch there that such a change would fire.':
    '向{0}发送了 {2} 的 {1}{3}，但它在那里没有会被这种改变触发的 watch。',
  '{0} was sent {1} of {2}, but it has no watch there that such a change would fire.':
    '向{0}发送了 {2} 的 {1}，但它在那里没有会被这种改变触发的 watch。',
  '{0} was sent {1} of {2} for {3}, but it has no watch there that such a change would fire.':
    '为 {3} 向{0}发送了 {2} 的 {1}，但它在那里没有会被这种改变触发的 watch。',
  '{0} set its watch on {1} again after a reconnect; at {2} that watch had to fire {3} for what the client had missed, but no event came.':
    '{0}在重新连接后再次设置了 {1} 上的 watch；在 {2}，该 watch 应为客户端错过的改变触发 {3}，但没有事件到来。',
  '{0} set its watches again after a reconnect and was sent {1} of {2}, but it had missed no such change up to {3}.':
    '{0}在重新连接后再次设置了 watch，并收到了 {2} 的 {1}，但到 {3} 为止它没有错过这种改变。',
  '{0} had a watch on {1} when its last connection ended, but did not set it again before it asked for {2}.':
    '{0}在上一个连接结束时有 {1} 上的 watch，但在请求 {2} 之前没有再次设置它。',
  'it deletes {0}': '它删除了 {0}',
  '{0} is not there': '{0} 不存在',
  '{0} has children': '{0} 有子节点',
  'it sets {0}': '它设置了 {0}',
  'it sets other data than was asked for': '它设置的数据与请求的不同',
  'it is a {0}, and not a {1}': '它是 {0} 而不是 {1}',
  'the version is {0}, and {1} was asked for': '版本是 {0}，而请求的是 {1}',
  'it makes version {0} of version {1}': '它把版本 {1} 变成了版本 {0}',
  'it creates {0}': '它创建了 {0}',
  'it has other data than was asked for': '它的数据与请求的不同',
  '{0} is there already': '{0} 已经存在',
  '{0} is an ephemeral': '{0} 是临时 znode',
  'its number is {0}, and {1} is the next': '它的编号是 {0}，而下一个应是 {1}',
  '{0} is there': '{0} 存在',
  'the version is {0}': '版本是 {0}',
  '{0} has no children': '{0} 没有子节点',
  '{0} is no ephemeral': '{0} 不是临时 znode',
  'it fails with {0}, but {1}': '它以 {0} 失败，但{1}',
  'everybody may do that with {0}': '谁都可以对 {0} 这样做',
  // What servers say of themselves, as ZooKeeper's own code does.
  'Server {0} got {1} from its leader while {2}.':
    '服务器 {0} 从它的 leader 收到 {1}，当时处于 {2!}。',
  'got {0} of epoch {1} from server {2}': '从服务器 {2} 收到 epoch {1} 的 {0}',
  '{0}, but it is {1} for epoch {2}': '{0}，但它对 epoch {2} 处于 {1!}',
  '{0} got {1} while in {2}': '{0} 在 {2} 收到 {1}',
  'got {0} from its leader {1}': '从它的 leader 收到 {0}（{1}）',
  'before it serves': '在它开始服务之前',
  'while it serves': '在它服务时',
  'in the middle of a synchronisation': '在一次同步的中途',
  'wrong first packet': '第一个数据包不对',
  'while its handler is in {0}': '它的 handler 处于 {0!}',
  'a learner': '某个 learner',
  'got {0} from its learner, {1}, {2}': '从它的 learner（{1}）收到 {0}（{2}）',
  'was told to commit {0}': '被要求提交 {0}',
  '{0}, but the oldest proposal that it has open is {1}': '{0}，但它最早的未决提议是 {1}',
  none: '没有',
  'Got zxid {0} expected {1}': '收到 zxid {0}，而应是 {1}',
  'Committing zxid {0} but next pending txn {1}': '要提交 zxid {0}，而下一个待提交的事务是 {1}',
  'Trying to commit future proposal: zxid {0} from {1}': '服务器 {1} 确认了尚未提议的 zxid {0}',
  'DIFF sync got proposal {0}, last queued {1}, expected {2}':
    'DIFF 同步收到提议 {0}，之前排队的是 {1}，应是 {2}',
  'COMMIT {0} came before its proposal': '{0} 的 COMMIT 先于它的提议到来',
  'ACK of NEWLEADER from {0} has zxid {1}, not {2}':
    '服务器 {0} 对 NEWLEADER 的 ACK 带着 zxid {1} 而不是 {2}',
  'commits {0} right after {1}': '在 {1} 之后紧接着提交 {0}',
  '{0}, which is not the one before it': '{0}，而那不是前一个',
  'got the acknowledgement of {0} from server {1}': '从服务器 {1} 收到对 {0} 的确认',
  '{0} right after that of {1}': '{0}，紧跟在对 {1} 的确认之后',
};
