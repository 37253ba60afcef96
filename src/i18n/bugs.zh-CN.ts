/** Simplified Chinese texts of the lamps and the monkey. */
import type { bugsEn } from './bugs.en.ts';

export const bugsZhCN: typeof bugsEn = {
  bar: { label: '捉虫', title: '捉虫：历史上的 bug，或从此刻开始' },
  monkey: {
    label: '猴子',
    title: '让猴子玩：它搞破坏又修补，一切只由 seed 决定',
    plays: '猴子在玩。',
    intensity: '强度',
    of: (n) => `${String(n)} / 10`,
    stop: '叫它停',
    came: '猴子在玩。有性质被违反时它会停下。',
    gone: '猴子走了。',
  },
  lamps: {
    groups: {
      A: '协议',
      B: '每一步都合法',
      C: '磁盘、树与选举',
      K: '客户端所见',
      D: '活性',
    },
    notes: {
      A: 'Zab 的承诺：一个 epoch 一个 leader，大家同一段历史。',
      B: '正确的代码从不走的分支。',
      C: '说出口之前必须先在磁盘上，各处的树都相同。',
      K: '顺序、读取、watch 与会话，从客户端自己的历史来判断。',
      D: '故障结束之后才问：在 swarm 的一次运行或一个脚本的末尾。',
    },
    of: (holding, all) => `${String(holding)}/${String(all)}`,
    trueNow: '此刻成立',
    lastTrue: (at) => `最后成立于 ${at} s`,
    brokenAt: (at) => `在 ${at} s 被违反`,
    atEnd: '在运行的末尾才问',
    show: '指出这个事件',
    lamp: (name, holds) => `${name}：${holds ? '成立' : '被违反'}`,
  },
};
