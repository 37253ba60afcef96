/** Simplified Chinese. Protocol terms stay in English. */
import type { Dictionary } from './en.ts';
import { panesZhCN } from './panes.zh-CN.ts';

export const zhCN: Dictionary = {
  brand: 'ZooKeeper Playground',
  panes: panesZhCN,
};
