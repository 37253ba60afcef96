/** Simplified Chinese texts of the client histories. */
import type { HistoriesDictionary } from './histories.en.ts';

export const historiesZhCN: HistoriesDictionary = {
  title: '历史',
  empty: '还没有客户端提出请求。在控制台里输入一条命令吧。',
  lead: '每个 session 一行，每个方框从请求到应答。',
  zoomIn: '放大',
  zoomOut: '缩小',
  fit: '整个过程',
  now: '现在',
  nowTitle: '始终显示过程的末端',
  earlier: '更早',
  later: '更晚',
  reads: '读',
  writes: '写',
  failed: '被拒绝',
  unanswered: '没有应答',
  row: (name, count) =>
    `session ${name}：${String(count)} 个请求。方向键逐个走过，Enter 回到应答的那一刻。`,
  operation: (asked, from, to) => `${asked}，${from} 到 ${to}`,
  pending: '还没有应答',
  tookEffect: (zxid, at) =>
    `它在 ${at} s 作为事务 ${zxid} 生效：从那时起，凡是有它的服务器都看得到。`,
  showsState: (zxid) =>
    `它显示 ${zxid} 时的状态。读可能落后于 leader，但绝不会落后于这个 session 已经看到的。`,
  noEffect: '没有已知的效果。',
  server: (sid) => `经由服务器 ${String(sid)}`,
  answer: '应答',
  asked: '请求',
  goThere: '回到这一刻',
  cut: (shown, all) => `可见的 ${String(all)} 个请求画出了 ${String(shown)} 个，放大可以看到全部。`,
};
