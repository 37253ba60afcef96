import { PLAIN, RIGHT, words, WRONG, type Lesson, type Option } from '../../../engine/lesson.ts';
import { lines, stage } from '../../../scenarios/world.ts';

const leads = (sid: number): Option => ({
  id: `server-${String(sid)}`,
  words: words(`Server ${String(sid)}`, `服务器 ${String(sid)}`),
  when: { fact: 'serves', by: sid },
});

const lesson: Lesson = {
  plan: (seed) => ({
    ...PLAIN,
    world: { ...stage(3), seed },
    start: { kind: 'script', text: lines('new client A servers=1') },
    questions: [
      {
        id: 'leader',
        step: 'lead',
        ask: words('Who will lead?', '谁会成为 leader？'),
        options: [leads(1), leads(2), leads(3)],
      },
      {
        id: 'proposer',
        step: 'write',
        after: ['connected'],
        ask: words(
          'A is connected to server 1. Who makes a proposal of its write?',
          'A 连着服务器 1。谁把它的写请求变成 proposal？',
        ),
        options: [
          {
            id: 'leader',
            words: words('The leader', 'leader'),
            when: { happening: 'sent', type: 'PROPOSAL', from: 'leader' },
          },
          {
            id: 'own',
            words: words('Server 1, which A is connected to', 'A 所连的服务器 1'),
            when: { happening: 'sent', type: 'PROPOSAL', from: 1 },
          },
        ],
      },
    ],
    goals: [
      {
        id: 'who-leads',
        step: 'lead',
        test: { test: 'predicted', question: 'leader' },
        words: words('You said who will lead', '你说对了谁会当选'),
      },
      {
        id: 'connected',
        step: 'lead',
        test: {
          test: 'reached',
          what: {
            fact: 'all',
            of: [{ fact: 'allServe' }, { fact: 'client', client: 'A', is: 'connected', server: 1 }],
          },
        },
        words: words(
          'All three serve, and A is connected to server 1',
          '三台都提供服务，A 已连接服务器 1',
        ),
      },
      {
        id: 'who-proposes',
        step: 'write',
        test: { test: 'predicted', question: 'proposer' },
        words: words('You said who makes the proposal', '你说对了谁发出 proposal'),
      },
      {
        id: 'written',
        step: 'write',
        after: ['connected'],
        test: {
          test: 'reached',
          what: { fact: 'znode', path: '/ring', text: 'one', at: 'every' },
        },
        words: words(
          '/ring holds “one” on every server that runs',
          '每台运行中的服务器上，/ring 的值都是 “one”',
        ),
      },
      {
        id: 'answered',
        step: 'write',
        after: ['connected'],
        test: {
          test: 'happens',
          what: { happening: 'answer', op: 'create', path: '/ring', err: 0 },
        },
        words: words('The client is told that it is done', '客户端得到成功的答复'),
      },
    ],
    hints: [
      {
        step: 'lead',
        words: words(
          'All epochs and zxids are equal. What is compared last?',
          'epoch 和 zxid 都相同。最后比较的是什么？',
        ),
      },
      {
        step: 'write',
        words: words(
          'If every server numbered its own clients’ writes, how would they agree on one order?',
          '如果每台服务器都给自己客户端的写请求编号，它们怎么得到同一个顺序？',
        ),
      },
    ],
    solutions: [
      {
        name: words('Wait, write', '等待，写入'),
        answers: { leader: RIGHT, proposer: RIGHT },
        script: lines(
          'wait until 1, 2, 3 serve',
          'when A is connected: A types "create /ring one"',
        ),
      },
      {
        name: words('Two lines', '分两行写'),
        answers: { leader: RIGHT, proposer: 'leader' },
        script: lines(
          'wait until 1, 2, 3 serve',
          'when A is connected: A types "create /ring one"',
          'after 1s A types "set /ring one"',
          'A types "get /ring"',
        ),
      },
    ],
    nearMisses: [
      {
        name: words('Another leader was expected', '以为别的服务器当选'),
        misses: 'who-leads',
        answers: { leader: WRONG, proposer: RIGHT },
        script: lines(
          'wait until 1, 2, 3 serve',
          'when A is connected: A types "create /ring one"',
        ),
      },
      {
        name: words('Server 1 was expected to propose', '以为由服务器 1 提出'),
        misses: 'who-proposes',
        answers: { leader: RIGHT, proposer: 'own' },
        script: lines(
          'wait until 1, 2, 3 serve',
          'when A is connected: A types "create /ring one"',
        ),
      },
      {
        name: words('Only a read', '只是读'),
        misses: 'written',
        answers: { leader: RIGHT, proposer: RIGHT },
        script: lines('wait until 1, 2, 3 serve', 'when A is connected: A types "ls /"'),
      },
    ],
    par: 1,
  }),
};

export default lesson;
