/** English texts of what is loaded when a tree is changed or compared. */
export const treesEn = {
  edit: {
    titles: {
      create: (path: string) => `Create a child of ${path}`,
      set: (path: string) => `Set the data of ${path}`,
      remove: (path: string) => `Delete ${path}`,
      watch: (path: string) => `Watch ${path}`,
    },
    name: 'Name',
    data: 'Data',
    as: 'Kind',
    ttl: 'Time to live, ms',
    sequential: 'sequential: ten digits are appended',
    guard: (version: number) => `only if its version is still ${String(version)}`,
    wish: 'What to be told of',
    wishes: {
      data: 'data set, or deleted – once',
      children: 'children that come and go – once',
      exists: 'created, set or deleted – once',
      persistent: 'all of these, again and again',
      recursive: 'all of these, and of all below, again and again',
    },
    session: 'Through session',
    noSession: 'No session with a console is open: a znode is changed by a client.',
    newSession: 'Open a session',
    command: 'Command',
    unwritable: 'This cannot be written as one line of zkCli.',
    nameless: 'It needs a name, without a slash.',
    run: 'Run',
    removeOne: 'Delete',
    removeAll: (count: number) => `Delete all ${String(count)}`,
    below: (count: number) =>
      count === 1
        ? 'One znode stands below it, and goes too:'
        : `${String(count)} znodes stand below it, and go too:`,
    more: (count: number) => `and ${String(count)} more`,
    toConsole: 'To the console',
    cancel: 'Cancel',
    sent: (name: string, command: string) => `Session ${name} was told: ${command}`,
    undo: 'Undo',
    waiting: 'Sent. The answer is on its way …',
    standing: 'Sent. Time stands still: press Play, and the answer comes.',
    done: 'Done.',
    answer: 'Answer',
  },
  compare: {
    with: 'Compare with',
    kept: (moment: string) => `this tree as of ${moment} s`,
    keep: 'Keep this moment to compare with it later',
    keepShort: 'Keep',
    loading: 'Fetching the other tree …',
    failed: (why: string) => `The other tree could not be had: ${why}`,
    noTree: (name: string) => `${name} has no tree: it is down, or has not begun.`,
    same: 'Both trees are the same.',
    differ: (count: number) =>
      count === 1 ? '1 znode differs.' : `${String(count)} znodes differ.`,
    onlyDifferent: 'Only what differs',
    only: (name: string) => `only ${name}`,
    differs: (fields: string) => `differs: ${fields}`,
    absent: 'not there',
    zxid: (zxid: string) => `up to ${zxid}`,
    fields: {
      recreated: 'created anew',
      kind: 'kind or owner',
      data: 'data',
      acl: 'access list',
      children: 'children',
    },
    close: 'End the comparison',
    nodes: 'Znodes of both trees',
    chosen: (path: string) => `Differences of ${path}`,
    ghosts: (count: number, sids: string) =>
      count === 1 ? `1 znode only at ${sids}` : `${String(count)} znodes only at ${sids}`,
  },
};

export type TreesDictionary = typeof treesEn;
