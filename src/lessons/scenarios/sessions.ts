/** Scenarios of sessions, their ephemerals and their watches. */
import type { Scenario } from './scenario.ts';
import { lines, stage } from './world.ts';

const EXPIRES: Scenario = {
  id: 'session-expires',
  kind: 'sessions',
  world: stage(3),
  script: lines(
    'when leader serves: new client A timeout=3s',
    'when A is connected: A: create -e /lock A',
    'wait until znode /lock exists',
    'new client B',
    'when B is connected: B: stat -w /lock',
    '# A stands still for longer than its session timeout.',
    'after 500ms pause A',
    'when session A expires: resume A',
    'wait until znode /lock gone',
    'after 2s B: create -e /lock B',
    'after 2s A: get /lock',
  ),
  words: {
    en: {
      title: 'A pause beyond the session timeout',
      summary:
        'A client stands still too long. Its session expires, and its lock passes to another.',
      see: [
        'The ring around session A runs out; the leader closes the session by a transaction.',
        'The ephemeral /lock goes with it, and the watch of B fires.',
        'A wakes up, believes for a moment that it holds the lock, and is told SESSION_EXPIRED.',
      ],
    },
    'zh-CN': {
      title: '停顿超过会话超时',
      summary: '客户端停顿太久，会话过期，锁转到别人手里。',
      see: [
        '会话 A 周围的环走到尽头；leader 用一个事务关闭会话。',
        '临时节点 /lock 随之消失，B 的 watch 触发。',
        'A 醒来，有一瞬间仍以为自己持有锁，随后得知 SESSION_EXPIRED。',
      ],
    },
  },
};

const MOVES: Scenario = {
  id: 'session-moves',
  kind: 'sessions',
  world: stage(3),
  script: lines(
    'wait until 1, 2, 3 serve',
    'new client A servers=1, 2 timeout=6s',
    'when A is connected: A: create -e /mine A',
    'wait until znode /mine exists',
    '# Its two servers go one after the other, and come back.',
    'after 500ms crash 1',
    'after 3s restart 1',
    'wait until 1, 2, 3 serve',
    'after 1s crash 2',
    'after 3s restart 2',
    'wait until 1, 2, 3 serve',
    'when A is connected: A: stat /mine',
  ),
  words: {
    en: {
      title: 'A session moves',
      summary: 'The server of a client dies. The session lives on at another, with its ephemeral.',
      see: [
        'The client loses its connection, not its session, and knocks at the next server.',
        'The new server asks the leader (REVALIDATE) whether the session is still alive.',
        '/mine is there all the time.',
      ],
    },
    'zh-CN': {
      title: '会话迁移',
      summary: '客户端所连的服务器死去。会话连同临时节点在另一台上继续。',
      see: [
        '客户端失去的是连接，而不是会话，它去敲下一台服务器的门。',
        '新服务器询问 leader（REVALIDATE）会话是否仍然有效。',
        '/mine 一直都在。',
      ],
    },
  },
};

const HERD: Scenario = {
  id: 'herd',
  kind: 'sessions',
  world: stage(3),
  script: lines(
    'when leader serves: new client A',
    'when A is connected: A: create -e /lock A',
    'wait until znode /lock exists',
    'new client B',
    'new client C',
    'new client D',
    'new client E',
    'new client F',
    'when B is connected: B: stat -w /lock',
    'when C is connected: C: stat -w /lock',
    'when D is connected: D: stat -w /lock',
    'when E is connected: E: stat -w /lock',
    'when F is connected: F: stat -w /lock',
    'after 1s A: delete /lock',
    '# All of them run for the one lock.',
    'wait until znode /lock gone',
    'after 100ms B: create -e /lock B',
    'C: create -e /lock C',
    'D: create -e /lock D',
    'E: create -e /lock E',
    'F: create -e /lock F',
    'wait until znode /lock exists',
    'wait 1s',
  ),
  words: {
    en: {
      title: 'The herd effect',
      summary: 'Five sessions watch the same lock. It is freed, all are woken, and one wins.',
      see: [
        'Five threads from the eye on /lock: one delete fires every watch at once.',
        'Five creates race; four fail with “Node already exists”.',
        'The recipe for locks avoids this: each waits for the one before it only.',
      ],
    },
    'zh-CN': {
      title: '羊群效应',
      summary: '五个会话监视同一把锁。锁一释放，全部被唤醒，只有一个得手。',
      see: [
        '/lock 的眼睛连出五条线：一次 delete 同时触发所有 watch。',
        '五个 create 竞争；四个以 “Node already exists” 失败。',
        '锁的 recipe 避免了这一点：每一个只等它前面的那个。',
      ],
    },
  },
};

export const SESSION_SCENARIOS: readonly Scenario[] = [EXPIRES, MOVES, HERD];
