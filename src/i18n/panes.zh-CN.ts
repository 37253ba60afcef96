/** Texts of the tree, the inspector and the console in Simplified Chinese. */
import type { PanesDictionary } from './panes.en.ts';

export const panesZhCN: PanesDictionary = {
  tree: { title: 'ZNodes' },
  inspector: { title: '检查器' },
  console: { title: '控制台' },
};
