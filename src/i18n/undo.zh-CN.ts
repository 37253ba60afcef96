/** Simplified Chinese for what was taken back, and brought back. */
import type { UndoDictionary } from './undo.en.ts';

export const undoZhCN: UndoDictionary = {
  undone: (what) => `已撤销：${what}`,
  redone: (what) => `已重做：${what}`,
  undo: '撤销',
  redo: '重做',
  nothing: '没有可撤销的操作',
  lost: (why) => `无法显示过去：${why}`,
};
