/** What each sample shows, and what to break while it runs. */
import type { Sample } from './sample.ts';

export type SampleId =
  | 'lock'
  | 'election'
  | 'barrier'
  | 'double-barrier'
  | 'queue'
  | 'discovery'
  | 'configuration'
  | 'members'
  | 'read-write-lock'
  | 'counter';

export const SAMPLE_WORDS: Readonly<Record<SampleId, Sample['words']>> = {
  lock: {
    en: {
      title: 'Lock',
      summary: 'Three programs stand in line for one lock, each watching only the one ahead.',
      see: 'The line under /lock in the tree: the lowest number has the lock. The token, a zxid, only ever grows.',
      breakIt:
        'Crash the leader while one has the lock: nobody else gets it, and nothing is done twice. Pause the holder for longer than its session timeout: the next one takes over, and what the late one still writes is refused.',
    },
    'zh-CN': {
      title: '锁',
      summary: '三个程序排队争用一把锁，每个只 watch 排在自己前面的那一个。',
      see: '看 znode 树里 /lock 下的队伍：编号最小者持有锁。令牌是一个 zxid，只增不减。',
      breakIt:
        '有人持锁时让 leader 崩溃：别人不会趁机得到锁，也没有什么被做两遍。让持锁者暂停得比会话超时更久：下一个接手，迟到者再写什么都会被拒绝。',
    },
  },
  election: {
    en: {
      title: 'Leader election',
      summary: 'The oldest candidate leads; when it goes or dies, the next in line takes over.',
      see: 'The candidates under /election, and the name of the one that leads in /leader.',
      breakIt:
        'Kill the session of the one that leads: the next takes over once the session has expired, not before. Cut its server off: it stops leading by itself, because it does not know.',
    },
    'zh-CN': {
      title: '选主',
      summary: '最早的候选者当选；它离开或死去后，由队伍里的下一个接任。',
      see: '看 /election 下的候选者，以及 /leader 里当选者的名字。',
      breakIt:
        '杀掉当选者的客户端：要等它的会话过期，下一个才会接任，不会更早。把它连接的 server 隔离开：它自己就会停止行使职责，因为它无从得知自己是否仍然当选。',
    },
  },
  barrier: {
    en: {
      title: 'Barrier',
      summary: 'Nobody passes as long as the znode is there; when it goes, all pass together.',
      see: 'The watches on /barrier in the inspector, and how one delete sets off all of them.',
      breakIt:
        'Crash the server of one that waits: its watch is set again at the next server, and it passes all the same.',
    },
    'zh-CN': {
      title: '屏障',
      summary: '只要这个 znode 还在，谁也过不去；它一消失，大家一起通过。',
      see: '在检查器里看 /barrier 上的 watch，以及一次删除怎样同时触发它们。',
      breakIt:
        '让某个等待者所连的 server 崩溃：它的 watch 会在下一台 server 上重新设置，照样能通过。',
    },
  },
  'double-barrier': {
    en: {
      title: 'Double barrier',
      summary: 'All begin together, and nobody goes before all are done.',
      see: 'The members under /round, and /round/ready, which the last to arrive creates.',
      breakIt:
        'Kill one session before it is done: its ephemeral znode goes when the session expires, and the others do not wait for ever.',
    },
    'zh-CN': {
      title: '双重屏障',
      summary: '大家一起开始；全部完成之前，谁也不离开。',
      see: '看 /round 下的成员，以及由最后到达者创建的 /round/ready。',
      breakIt: '在某个程序完成之前杀掉它：会话过期时它的临时 znode 消失，其他程序不会永远等下去。',
    },
  },
  queue: {
    en: {
      title: 'Queue',
      summary: 'One puts six items in, two take them out; each item is done once.',
      see: 'Items and claims under /queue. Item and claim go together, in one multi.',
      breakIt:
        'Kill one that has taken an item: its claim goes with its session, and the other takes the item up.',
    },
    'zh-CN': {
      title: '队列',
      summary: '一个程序放入六件任务，两个程序取出；每件只完成一次。',
      see: '看 /queue 下的任务与认领记录。二者在同一个 multi 里一起删除。',
      breakIt: '杀掉刚取走任务的程序：它的认领随会话消失，另一个程序会接着做这件任务。',
    },
  },
  discovery: {
    en: {
      title: 'Service discovery',
      summary:
        'Services register themselves; a client spreads its calls over those that are there.',
      see: 'The ephemeral znodes under /services, and the calls that go to one that has just died.',
      breakIt:
        'Cut the link between the client and its server: it goes on with the list that it knows. Kill another service: calls go to it in vain until its session expires.',
    },
    'zh-CN': {
      title: '服务发现',
      summary: '各服务自行注册，客户端把调用分摊到在场的服务上。',
      see: '看 /services 下的临时 znode，以及打到刚死去的服务上的调用。',
      breakIt:
        '切断客户端与其 server 的链路：它继续使用已知的列表。再杀掉一个服务：在它的会话过期之前，打给它的调用都会落空。',
    },
  },
  configuration: {
    en: {
      title: 'Configuration',
      summary:
        'Two keys that must never be seen half old, half new: one pointer says which version counts.',
      see: 'Every version has znodes of its own under /config; the data of /config names the one in force.',
      breakIt:
        'Crash the leader in the middle of a publication: readers keep the old version, whole, until the pointer moves.',
    },
    'zh-CN': {
      title: '配置',
      summary: '两个键绝不能被读成一新一旧：用一个指针说明哪个版本生效。',
      see: '每个版本在 /config 下有自己的 znode；/config 的数据指明生效的版本。',
      breakIt: '在发布中途让 leader 崩溃：在指针移动之前，读者看到的始终是完整的旧版本。',
    },
  },
  members: {
    en: {
      title: 'Group membership',
      summary:
        'Who is there? Each keeps an ephemeral znode; the second program dies without a word.',
      see: 'How long the dead one is still listed: until its session has expired.',
      breakIt:
        'Pause another for longer than its session timeout: it is missed like a dead one, and learns of it when it wakes.',
    },
    'zh-CN': {
      title: '组成员',
      summary: '谁在场？每个程序保有一个临时 znode；第二个程序会不声不响地死去。',
      see: '看死者还会留在名单里多久：直到它的会话过期。',
      breakIt: '让另一个程序暂停得比会话超时更久：别人会当它已死，它醒来后才得知。',
    },
  },
  'read-write-lock': {
    en: {
      title: 'Read-write lock',
      summary: 'Readers together, writers alone, in the order in which they came.',
      see: 'The line under /rw: a reader waits for the nearest writer ahead, a writer for whoever is ahead.',
      breakIt:
        'Crash the leader while readers hold the lock: the writer still waits for all of them.',
    },
    'zh-CN': {
      title: '读写锁',
      summary: '读者可以同时进入，写者独占，都按到达的先后排队。',
      see: '看 /rw 下的队伍：读者等待前面最近的写者，写者等待紧挨在前面的那一个。',
      breakIt: '读者持锁时让 leader 崩溃：写者仍会等所有读者离开。',
    },
  },
  counter: {
    en: {
      title: 'Counter',
      summary: 'Three programs add ten each; the version of what was read guards every write.',
      see: 'Writes that came too late: BADVERSION, and another try. The sum is right all the same.',
      breakIt:
        'Crash the leader again and again: a write whose reply was lost is not done twice, because the counter remembers whose it was.',
    },
    'zh-CN': {
      title: '计数器',
      summary: '三个程序各加十次；每次写入都以读到的版本号把关。',
      see: '看来迟的写入：BADVERSION，再试一次。总和依然正确。',
      breakIt: '反复让 leader 崩溃：应答丢失的写入不会做两遍，因为计数器记得是谁写的。',
    },
  },
};
