/** English texts of the tree, the inspector and the console. */
export const panesEn = {
  tree: { title: 'ZNodes' },
  inspector: { title: 'Inspector' },
  console: { title: 'Console' },
};

export type PanesDictionary = typeof panesEn;
