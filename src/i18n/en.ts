/** English. The other languages have the same keys, or do not compile. */
import { panesEn } from './panes.en.ts';

export const en = {
  brand: 'ZooKeeper Playground',
  /** Texts of the tree, the inspector and the console. */
  panes: panesEn,
};

export type Dictionary = typeof en;
