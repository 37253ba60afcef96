/** 分享与保存运行的中文文字，随对话框加载。 */
import type { ShareDictionary } from './share.en.ts';

export const shareZhCN: ShareDictionary = {
  title: '分享与保存这次运行',
  close: '关闭',
  what: '分享什么',
  moment: (at) => `当前时刻，${at} s`,
  momentText: '打开链接的人看到的与你此刻所见相同，并可由此回退或继续。',
  whole: '整个运行，从头开始',
  wholeText: '从起点播放，包含你做过的一切。',
  making: '正在写下……',
  copy: '复制链接',
  copyAnyway: '仍然复制',
  size: (size) => `链接长 ${size}。`,
  long: (size) => `链接将长达 ${size}：许多程序会截断这么长的链接。文件更稳妥。`,
  file: '存为文件',
  copied: (size) => `链接已复制（${size}）。打开它的人会看到完全相同的运行。`,
  savedInstead: (size, file) => `链接将长达 ${size}，许多程序会截断它：运行已存为 ${file}。`,
  inAddress: '浏览器不允许复制：链接已放在地址栏中。',
  failed: (why) => `无法分享：${why}`,
  unlinkable:
    '这个集群从以前访问留下的磁盘继续运行，而这些磁盘超过 5 MB：链接或运行文件都装不下。请新建集群（按 E 键），或带走它的数据目录（箭头从盒中伸出的按钮）。',
  keep: '保存在此浏览器中',
  name: '名称',
  namePlaceholder: '例如：旧 leader 归来',
  keepIt: '保存',
  kept: (name) => `“${name}”已保存在此浏览器中。`,
  list: '已保存的运行',
  none: '尚未保存任何运行。',
  about: (servers, actions, until) =>
    `${String(servers)} 台服务器 · ${String(actions)} 个动作 · ${until} s`,
  open: (name) => `打开“${name}”`,
  openWord: '打开',
  rename: (name) => `“${name}”的名称`,
  save: (name) => `把“${name}”存为文件`,
  saveWord: '文件',
  remove: (name) => `删除“${name}”`,
  removeWord: '删除',
  removed: (name) => `“${name}”已删除。`,
  undo: '撤销',
  storeFailed: (why) => `浏览器的存储拒绝了：${why}`,
  bring: '打开运行文件……',
  bringText: '也可以拖放到这里。',
  badFile: (name, why) => `无法打开 ${name}：${why}`,
  why: {
    noJson: '它不是 JSON。请使用保存时的原文件。',
    otherFormat: '它是 JSON，但不是在这里保存的运行。',
    newer: '它来自更新版本的 playground。请刷新本页，或在保存它的地方打开。',
  },
  otherBuild: (theirs, ours) =>
    `这次运行由另一个构建（${theirs}，当前为 ${ours}）记录：在这里可能走向不同。`,
  other: {
    title: '来自另一个构建的运行',
    text: (theirs, ours) =>
      `它由构建 ${theirs} 记录，这里是 ${ours}。同样的操作、同样的时刻，在这里可能走向不同。`,
    has: (servers, actions, until) =>
      `它有 ${String(servers)} 台服务器、${String(actions)} 个操作，长 ${until} s。`,
    anyway: '仍然试试',
    anywayTitle: '在这里重放，并说明是否到达分享者看到的状态',
    world: '只要它的集群',
    worldTitle: '同样的服务器和链路，从头开始，不做任何操作',
    leave: '不打开',
  },
  sameWay: (events) => `在这里同样经过了 ${String(events)} 个事件，与记录它的构建一致。`,
  otherWay: (theirs, ours) =>
    `在这里走向了不同：到此刻为止有 ${String(ours)} 个事件，而记录它的地方是 ${String(theirs)} 个。`,
  embed: '嵌入到其他页面',
};
