/** English words for what was taken back, and brought back. */
export const undoEn = {
  undone: (what: string) => `Undone: ${what}`,
  redone: (what: string) => `Again: ${what}`,
  undo: 'Undo',
  redo: 'Redo',
  nothing: 'There is nothing to undo',
  lost: (why: string) => `The past cannot be shown: ${why}`,
};

export type UndoDictionary = typeof undoEn;
