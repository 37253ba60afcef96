/** Words of what clients see: znodes, sessions, watches. */
import { words } from '../engine/lesson.ts';
import type { Entries } from './entry.ts';

export const DATA_TERMS = {
  acl: {
    term: words('ACL', 'ACL'),
    meaning: words(
      'The list on a znode that says who may do what: read, write, create and delete children, administer. It holds for that znode alone; its children do not inherit it.',
      'znode 上的访问控制列表：谁可以读、写、创建和删除子节点、管理。它只对这个 znode 有效，子节点不会继承。',
    ),
  },
  client: {
    term: words('client', '客户端'),
    meaning: words(
      'A program that uses ZooKeeper. It holds one TCP connection to one server at a time, and one session with the whole ensemble.',
      '使用 ZooKeeper 的程序。同一时刻它只与一台服务器保持一条 TCP 连接，但 session 属于整个 ensemble。',
    ),
  },
  connectionloss: {
    term: words('ConnectionLoss', 'ConnectionLoss'),
    meaning: words(
      'The client lost its connection while a request was under way, so nobody can tell it whether the request took effect. The session may well be alive.',
      '请求还没有答复，连接就断了，因此客户端无从知道请求是否生效。此时 session 很可能还活着。',
    ),
  },
  container: {
    term: words('container znode', 'container znode'),
    meaning: words(
      'A znode that the leader deletes by itself some time after its last child is gone. It goes by a check every minute, not at once.',
      '最后一个子节点消失之后，由 leader 自动删除的 znode。靠每分钟一次的检查来删除，不是立刻。',
    ),
  },
  cversion: {
    term: words('cversion', 'cversion'),
    meaning: words(
      "A field of a znode's Stat: how often its list of children has changed, that is, how many were created and deleted.",
      'znode 的 Stat 中的一个字段：子节点列表变化的次数，即创建与删除的次数之和。',
    ),
  },
  czxid: {
    term: words('czxid', 'czxid'),
    meaning: words(
      "A field of a znode's Stat: the zxid of the transaction that created it. It never changes, so it tells two znodes apart that had the same path one after the other.",
      'znode 的 Stat 中的一个字段：创建它的事务的 zxid。它永不改变，所以能区分先后使用同一路径的两个 znode。',
    ),
  },
  ephemeral: {
    term: words('ephemeral znode', '临时节点（ephemeral）'),
    meaning: words(
      'A znode that lives as long as the session that created it. It has an owner, and can have no children.',
      '与创建它的 session 同生共死的 znode。它有一个所有者，并且不能有子节点。',
    ),
  },
  expiry: {
    term: words('session expiry', 'session 过期'),
    meaning: words(
      'The leader has heard nothing of a session for its whole timeout, and ends it by a transaction. Its ephemerals go with it, and the session never comes back.',
      '在整个超时时间内，leader 都没有某个 session 的消息，于是用一个事务结束它。它的临时节点随之删除，而且这个 session 再也不会回来。',
    ),
  },
  fencing: {
    term: words('fencing', 'fencing'),
    meaning: words(
      'A resource refuses whoever comes with an older token than it has seen. So somebody who only believes to hold a lock can do no harm. A zxid makes a good token.',
      '资源拒绝任何拿着比它见过的更旧的令牌的人，于是一个只是自以为持有锁的客户端也无法造成破坏。zxid 就是很好的令牌。',
    ),
  },
  herd: {
    term: words('herd effect', '羊群效应（herd）'),
    meaning: words(
      'One change wakes many clients at once although only one of them can use it. Recipes avoid it by letting each client watch a znode of its own.',
      '一次变化同时唤醒许多客户端，而其中只有一个用得上。recipe 的做法是让每个客户端各自 watch 不同的 znode。',
    ),
  },
  'jute-maxbuffer': {
    term: words('jute.maxbuffer', 'jute.maxbuffer'),
    meaning: words(
      'The most bytes that a server takes in one packet, just under 1 MiB unless configured otherwise. A client whose request is larger loses its connection.',
      '服务器在一个数据包里接受的最大字节数，默认略小于 1 MiB。请求超过它的客户端会被断开连接。',
    ),
  },
  multi: {
    term: words('multi', 'multi'),
    meaning: words(
      'Several operations as one transaction with one zxid: either all of them take place or none.',
      '把若干操作合成一个事务，只有一个 zxid：要么全部生效，要么全都不生效。',
    ),
  },
  mzxid: {
    term: words('mzxid', 'mzxid'),
    meaning: words(
      "A field of a znode's Stat: the zxid of the transaction that last wrote its data.",
      'znode 的 Stat 中的一个字段：最近一次写入其数据的事务的 zxid。',
    ),
  },
  ping: {
    term: words('ping', 'ping'),
    meaning: words(
      'A small packet that says: I am still here. Clients ping their server when they have nothing else to ask; the leader pings its learners twice a tick.',
      '一个小数据包，意思是“我还在”。客户端没有别的请求时 ping 自己的服务器；leader 每个 tick ping 它的 learner 两次。',
    ),
  },
  pzxid: {
    term: words('pzxid', 'pzxid'),
    meaning: words(
      "A field of a znode's Stat: the zxid of the transaction that last added or removed a child of it. Where there was none yet, its own czxid.",
      'znode 的 Stat 中的一个字段：最近一次增删其子节点的事务的 zxid；还没有过子节点时，等于它自己的 czxid。',
    ),
  },
  quota: {
    term: words('quota', '配额（quota）'),
    meaning: words(
      "A limit for the number of znodes or of bytes below a path. A soft one is only warned of in the leader's log, a hard one refuses. Neither is looked at unless enforceQuota is on.",
      '对某个路径之下 znode 数量或字节数的限制。软配额只在 leader 的日志里警告，硬配额会拒绝。只有打开 enforceQuota 时才会检查。',
    ),
  },
  recipe: {
    term: words('recipe', '配方（recipe）'),
    meaning: words(
      'A way to build something larger, such as a lock or a queue, from znodes, sessions and watches. Its code runs in the clients; the servers know nothing of it.',
      '用 znode、session 和 watch 搭建锁、队列等更大构件的方法。代码在客户端里运行，服务器对此一无所知。',
    ),
  },
  sequential: {
    term: words('sequential znode', '顺序节点（sequential）'),
    meaning: words(
      'A znode to whose name the server appends ten digits: a counter of the parent that only grows. The order of the names is the order in which they were created.',
      '创建时由服务器在名字后面附加十位数字的 znode：这个数字是父节点的计数器，只增不减。名字的顺序就是创建的顺序。',
    ),
  },
  session: {
    term: words('session', 'session'),
    meaning: words(
      'What the ensemble knows of a client: an id, a password and a timeout. It outlives the loss of a connection, moves from server to server, and ends when it is closed or expires.',
      'ensemble 对一个客户端的认识：一个 id、一个密码和一个超时时间。它在连接断开后依然存在，可以换到别的服务器，直到被关闭或过期。',
    ),
  },
  'stale-read': {
    term: words('stale read', '过期读（stale read）'),
    meaning: words(
      'A read that shows an older state than one that was already committed. A server answers reads from its own tree, which may lag behind. It never goes back in time for one client.',
      '读到的状态比已经提交的更旧。服务器用自己的树回答读请求，而它可能落后。但对同一个客户端，看到的状态不会倒退。',
    ),
  },
  stat: {
    term: words('Stat', 'Stat'),
    meaning: words(
      'What ZooKeeper keeps of a znode beside its data: zxids, times, versions, owner, length of the data and number of children.',
      'ZooKeeper 在数据之外为 znode 保存的信息：zxid、时间、版本、所有者、数据长度和子节点数。',
    ),
  },
  sync: {
    term: words('sync', 'sync'),
    meaning: words(
      'A request that makes a server catch up with its leader before it answers. A read behind it sees what was committed before.',
      '让服务器先追上 leader 再答复的请求。它之后的读能看到此前已提交的内容。',
    ),
  },
  transaction: {
    term: words('transaction', '事务（transaction）'),
    meaning: words(
      'One change of the tree, with one zxid. It says what becomes of the znodes and not what was asked for, so that all servers come to the same tree.',
      '对树的一次修改，有一个 zxid。它写的是 znode 变成什么样，而不是请求了什么，因此所有服务器得到同一棵树。',
    ),
  },
  ttl: {
    term: words('TTL', 'TTL'),
    meaning: words(
      'A persistent znode with a time to live goes by itself when it has had no children and its data was not written for that long. It has to be enabled on the servers.',
      '带 TTL 的持久节点：没有子节点，并且数据在这么长时间内没有被写过，就会自动删除。需要在服务器上启用。',
    ),
  },
  version: {
    term: words('version', '版本（version）'),
    meaning: words(
      'A number in the Stat that grows by one with every write of the data. A write that names the version it has read is refused when somebody else was faster.',
      'Stat 中的一个数，每写一次数据加一。写的时候带上读到的版本，如果别人抢先写过，就会被拒绝。',
    ),
  },
  watch: {
    term: words('watch', 'watch'),
    meaning: words(
      'A client asks to be told of one change of a znode. A standard watch fires once and is gone; it says what kind of change it was, not the new value.',
      '客户端要求在某个 znode 变化时得到通知。标准 watch 只触发一次便消失；它只说明是哪种变化，不带新的值。',
    ),
  },
  zkcli: {
    term: words('zkCli', 'zkCli'),
    meaning: words(
      "ZooKeeper's own console program. The console of this page understands its commands and prints as it does.",
      'ZooKeeper 自带的控制台程序。本页面的控制台理解它的命令，输出也与它一样。',
    ),
  },
  znode: {
    term: words('znode', 'znode'),
    meaning: words(
      "A node of ZooKeeper's tree: a path, a little data, a Stat and perhaps children. It is file and directory at once.",
      'ZooKeeper 树上的一个节点：路径、少量数据、Stat，也许还有子节点。它既是文件又是目录。',
    ),
  },
} satisfies Entries;
