/** Simplified Chinese. */
import type { EmbedDictionary } from './embedding.en.ts';

export const embedZhCN: EmbedDictionary = {
  label: '时间',
  again: '从头开始',
  open: '完整打开',
  openTitle: '在单独的页面中打开同一次运行',
  openFailed: (why) => `无法在单独的页面中打开这次运行：${why}`,
  snippet: {
    title: '嵌入到网页',
    panes: '面板',
    theme: '主题',
    themes: { system: '跟随读者的系统', light: '浅色', dark: '深色' },
    controls: '带时间控制',
    withRun: '带上当前的运行',
    runTooLong: '这次运行太长，放不进一个地址。嵌入的页面会从新的 ensemble 开始。',
    way: '形式',
    ways: { element: '带方法和事件的元素', frame: '普通 iframe' },
    code: '把这段代码粘贴到你的网页',
    copy: '复制代码',
    copied: '已复制。',
    copyFailed: '浏览器不允许页面复制：请选中代码后手动复制。',
    none: '请至少选择一个面板。',
  },
};
