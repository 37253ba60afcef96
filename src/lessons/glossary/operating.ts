/** Words of disks, and of those who run servers. */
import { words } from '../engine/lesson.ts';
import type { Entries } from './entry.ts';

export const OPERATING_TERMS = {
  'four-letter-word': {
    term: words('four-letter word', '四字命令（four-letter word）'),
    meaning: words(
      'A short text such as srvr or ruok that a server answers on its client port, for operators. Only srvr is allowed unless more are put on a whitelist.',
      '运维人员发到服务器客户端端口的短命令，如 srvr、ruok。除非加入白名单，否则只允许 srvr。',
    ),
  },
  fsync: {
    term: words('fsync', 'fsync'),
    meaning: words(
      'The call that makes a disk write what is still in the page cache. A voter acknowledges a proposal only behind it.',
      '让磁盘把 page cache 里的内容真正写下去的调用。投票成员在它完成之后才确认 proposal。',
    ),
  },
  log: {
    term: words('transaction log', '事务日志（log）'),
    meaning: words(
      "The file on a server's disk to which each transaction is appended before it is acknowledged. The log grid of this page shows one row for each server's.",
      '服务器磁盘上的文件，每个事务先追加到这里，然后才被确认。本页面的日志网格为每台服务器显示一行。',
    ),
  },
  mntr: {
    term: words('mntr', 'mntr'),
    meaning: words(
      'A four-letter word that answers with a list of figures: role, latencies, counts of znodes, watches and connections, and many more.',
      '一个四字命令，回答一张数字表：角色、延迟、znode 数、watch 数、连接数等等。',
    ),
  },
  'page-cache': {
    term: words('page cache', 'page cache'),
    meaning: words(
      'Memory of the operating system in which written data waits for the disk. A crash of the process leaves it whole; a loss of power does not.',
      '操作系统的内存，写入的数据在这里等待落盘。进程崩溃时它还在；断电时就没有了。',
    ),
  },
  partition: {
    term: words('partition', '网络分区（partition）'),
    meaning: words(
      'Servers are cut into groups that cannot reach each other. At most one group has a quorum and goes on; the others serve no writes.',
      '服务器被分成互不可达的几组。最多有一组拥有 quorum 并继续工作，其余的组无法写入。',
    ),
  },
  reconfig: {
    term: words('reconfig', 'reconfig'),
    meaning: words(
      'A command that changes who belongs to the ensemble while it runs. It is a transaction that needs a quorum of the old members and one of the new.',
      '在运行中改变 ensemble 成员的命令。它是一个事务，既需要旧成员的 quorum，也需要新成员的 quorum。',
    ),
  },
  snapshot: {
    term: words('snapshot', '快照（snapshot）'),
    meaning: words(
      'The whole tree in a file, written now and then so that a server need not replay its log from the beginning. Writes go on meanwhile, so it is fuzzy; the log makes it exact.',
      '把整棵树写进一个文件，不时进行，这样服务器启动时不必从头重放日志。其间写入照常进行，所以它是模糊的，要靠日志补准。',
    ),
  },
  'torn-tail': {
    term: words('torn tail', '残尾（torn tail）'),
    meaning: words(
      'The end of a log of which a crash left only a part. A server drops such a record when it starts: it was never acknowledged.',
      '崩溃时日志末尾只写了一部分的记录。服务器启动时把它丢弃：它从未被确认过。',
    ),
  },
  'write-ahead-log': {
    term: words('write-ahead log', '预写日志（write-ahead log）'),
    meaning: words(
      'The rule to write a change to the log on the disk before it is acknowledged or done, so that a crash cannot forget it.',
      '规则：修改先写进磁盘上的日志，然后才确认或执行，这样崩溃也不会把它忘掉。',
    ),
  },
} satisfies Entries;
