import {
  both,
  goal,
  happens,
  hint,
  lessonOf,
  miss,
  not,
  predicted,
  question,
  reached,
  safe,
  way,
} from '../../../engine/build.ts';
import type { Fact } from '../../../engine/goal.ts';
import { RIGHT, WRONG } from '../../../engine/lesson.ts';

const down = (server: number): Fact => not({ fact: 'running', server });
const epoch = (is: number): Fact => ({ fact: 'epoch', is: { min: is, max: is } });

const PROMISE = ['crash 3', 'when 1 sends ACKEPOCH: crash 2 silent'];
const DARK = [...PROMISE, 'wait 100ms', 'crash 1 silent', 'wait 500ms'];
const AGAIN = ['restart 1', 'restart 3', 'wait until 1, 3 serve', 'wait 300ms'];
const RIGHTLY = { answers: { next: RIGHT } };

export default lessonOf(
  [
    'wait until 1, 2, 3 serve',
    'new client A servers=1 timeout=10s',
    'wait until A is connected',
    'wait 500ms',
    'kill A',
  ],
  {
    questions: [
      question(
        'again',
        'next',
        [
          'Epoch 1 was served. Server 1 has promised epoch 2, and its power is gone. Which epoch do 1 and 3 serve in, when they come back?',
          'epoch 1 服务过。服务器 1 承诺了 epoch 2，随后断电。1 和 3 回来以后，在哪个 epoch 里服务？',
        ],
        {
          two: ['2: nobody has ever served in it', '2：没有人在其中服务过', epoch(2)],
          three: ['3: above whatever was promised', '3：高于一切承诺过的', epoch(3)],
          one: ['1: it is the last that was served', '1：它是最后服务过的', epoch(1)],
        },
        { after: ['dark'] },
      ),
    ],
    goals: [
      goal(
        'promise',
        'promised',
        happens({ happening: 'sent', type: 'ACKEPOCH', from: 1, to: 2 }),
        'Server 1 promises an epoch to server 2 (ACKEPOCH)',
        '服务器 1 向服务器 2 承诺一个 epoch（ACKEPOCH）',
      ),
      goal(
        'promise',
        'dark',
        reached(both(down(1), down(2), down(3))),
        'Then all three are down: no memory is left, only disks',
        '然后三台都停了：内存全无，只剩磁盘',
        { after: ['promised'] },
      ),
      predicted('again', 'next'),
      goal(
        'again',
        'third',
        reached(both(epoch(3), { fact: 'running', server: 1 })),
        'Server 1 is up again, and epoch 3 is served',
        '服务器 1 又启动了，epoch 3 开始服务',
        { after: ['dark'] },
      ),
      goal(
        'again',
        'unborn',
        { test: 'never', what: epoch(2) },
        'Nobody ever served in epoch 2',
        '从来没有谁在 epoch 2 里服务过',
      ),
      safe('again'),
    ],
    hints: [
      hint(
        'promise',
        'Slow the run down, crash server 3, and step by packet until ACKEPOCH leaves server 1. Or hold that packet.',
        '放慢运行，让服务器 3 崩溃，逐个数据包步进，直到 ACKEPOCH 离开服务器 1。或者扣住这个数据包。',
      ),
      hint(
        'promise',
        'At that moment crash server 2 (⇧C cuts its power), then server 1.',
        '就在那一刻让服务器 2 崩溃（⇧C 为断电），然后是服务器 1。',
      ),
      hint(
        'again',
        'Restart 1 and 3. The new leader takes the largest acceptedEpoch of a quorum, and adds one.',
        '重启 1 和 3。新 leader 取 quorum 里最大的 acceptedEpoch，再加一。',
      ),
    ],
    solutions: [
      way(
        'Power cuts at the moment of the promise',
        '承诺的那一刻断电',
        [...DARK, ...AGAIN],
        RIGHTLY,
      ),
      way(
        'The promise is held on its way, and 1 and 2 come back',
        '承诺在途中被扣住，回来的是 1 和 2',
        [
          'crash 3',
          'when 1 sends ACKEPOCH: hold ACKEPOCH 1 -> 2',
          'wait 500ms',
          'crash 2',
          'crash 1',
          'wait 500ms',
          'restart 2',
          'restart 1',
          'wait until 1, 2 serve',
          'wait 300ms',
        ],
        { answers: { next: 'three' } },
      ),
    ],
    nearMisses: [
      miss('next-predicted', 'A wrong prediction', '预测错误', [...DARK, ...AGAIN], {
        answers: { next: WRONG },
      }),
      miss(
        'unborn',
        'Too late: epoch 2 has begun',
        '太迟了：epoch 2 已经开始',
        ['crash 3', 'wait until 1, 2 serve', 'crash 2', 'crash 1', 'wait 300ms', ...AGAIN],
        RIGHTLY,
      ),
      miss(
        'promised',
        'Too early: nothing was promised yet',
        '太早了：还没有承诺任何东西',
        ['crash 3', 'crash 2', 'crash 1', 'wait 300ms', ...AGAIN],
        RIGHTLY,
      ),
      miss(
        'dark',
        'Server 1 goes on: its promise was never on its own',
        '服务器 1 一直运行：没有单靠磁盘来保住承诺',
        [...PROMISE, 'wait 500ms', 'restart 3', 'wait until 1, 3 serve', 'wait 300ms'],
        RIGHTLY,
      ),
    ],
    par: 5,
  },
);
