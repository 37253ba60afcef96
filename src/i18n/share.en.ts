/** English texts of sharing and keeping runs, loaded with their dialog. */
export const shareEn = {
  title: 'Share and keep this run',
  close: 'Close',
  what: 'What to share',
  moment: (at: string) => `This moment, at ${at} s`,
  momentText: 'Whoever opens it sees what you see now, and can go back or on from here.',
  whole: 'The whole run, from its beginning',
  wholeText: 'It plays from the start, with everything that you did.',
  making: 'Writing it down …',
  copy: 'Copy link',
  copyAnyway: 'Copy it all the same',
  size: (size: string) => `The link has ${size}.`,
  long: (size: string) =>
    `The link would have ${size}: many programs cut links that are so long. A file is safe.`,
  file: 'Save as file',
  copied: (size: string) => `The link is copied (${size}). Whoever opens it sees this very run.`,
  savedInstead: (size: string, file: string) =>
    `The link would have ${size}, which many programs cut: the run is saved as ${file} instead.`,
  inAddress: 'The browser did not let the link be copied: it stands in the address line.',
  failed: (why: string) => `This cannot be shared: ${why}`,
  unlinkable:
    'This ensemble went on from disks of an earlier visit that are larger than 5 MB: too much for a link or a file of a run. Start a new ensemble (key E), or take its data directories away (the button with the arrow out of a box).',
  keep: 'Keep in this browser',
  name: 'Name',
  namePlaceholder: 'such as: the old leader comes back',
  keepIt: 'Keep',
  kept: (name: string) => `“${name}” is kept in this browser.`,
  list: 'Kept runs',
  none: 'Nothing is kept yet.',
  about: (servers: number, actions: number, until: string) =>
    `${String(servers)} servers · ${String(actions)} ${actions === 1 ? 'action' : 'actions'} · ${until} s`,
  open: (name: string) => `Open “${name}”`,
  openWord: 'Open',
  rename: (name: string) => `Name of “${name}”`,
  save: (name: string) => `Save “${name}” as a file`,
  saveWord: 'File',
  remove: (name: string) => `Delete “${name}”`,
  removeWord: 'Delete',
  removed: (name: string) => `“${name}” is deleted.`,
  undo: 'Undo',
  storeFailed: (why: string) => `The browser's storage refused: ${why}`,
  bring: 'Open a file of a run …',
  bringText: 'Or drop it here.',
  badFile: (name: string, why: string) => `${name} cannot be opened: ${why}`,
  why: {
    noJson: 'it is not written as JSON. Take the file as it was saved.',
    otherFormat: 'it is JSON, but not a run that was saved here.',
    newer: 'it comes from a newer playground. Reload this page, or open it where it was saved.',
  },
  otherBuild: (theirs: string, ours: string) =>
    `This run was recorded by another build (${theirs}, this is ${ours}): it may go another way here.`,
  other: {
    title: 'A run of another build',
    text: (theirs: string, ours: string) =>
      `It was recorded by build ${theirs}; this is ${ours}. The same actions at the same times may go another way here.`,
    has: (servers: number, actions: number, until: string) =>
      `It has ${String(servers)} servers and ${String(actions)} ${actions === 1 ? 'action' : 'actions'}, and is ${until} s long.`,
    anyway: 'Try it anyway',
    anywayTitle: 'Plays it here, and says whether it came to what its giver saw',
    world: 'Only its ensemble',
    worldTitle: 'The same servers and links, from the beginning, with nothing done',
    leave: 'Leave it',
  },
  sameWay: (events: number) =>
    `It came to the same ${String(events)} events here as in the build that recorded it.`,
  otherWay: (theirs: number, ours: number) =>
    `It went another way here: ${String(ours)} events up to this moment, ${String(theirs)} where it was recorded.`,
  embed: 'Put it into another page',
};

export type ShareDictionary = typeof shareEn;
