/** English texts of what leaves the page as files, and of files that come to it. */
export const filesEn = {
  buttons: {
    take: 'Download',
    takeTitle:
      'Take it to real ZooKeeper: download every server’s data directory, with configuration and compose file',
    bring: 'Open data',
    bringTitle: 'Bring it here: look into real ZooKeeper’s snapshots and logs, and open them',
  },
  take: {
    packing: 'Packing what the servers have on their disks …',
    done: (name: string, size: string) =>
      `${name} (${size}) is downloaded: real ZooKeeper starts from it. Its README says how.`,
    failed: (why: string) => `Nothing was downloaded: ${why}`,
  },
  readme: {
    title: 'An ensemble from ZooKeeper Playground',
    lead: (count: number) =>
      (count === 1
        ? 'The data directory of the server of the playground, as it was durable on its disk, '
        : `The data directories of the ${String(count)} servers of the playground, each as it was durable on its own disk, `) +
      'in the file formats of Apache ZooKeeper 3.9: `serverN/data/version-2/` holds logs, snapshots and epochs, `serverN/data/myid` the server’s number.',
    docker: 'With Docker',
    dockerNote:
      'The first server answers on 127.0.0.1:2181, the next on 2182, and so on. The containers make the files in `serverN/` their own.',
    plain: 'Without Docker',
    plainLead:
      'With Apache ZooKeeper 3.8 or 3.9 installed and its `bin` on the PATH, in this folder:',
    know: 'Good to know',
    notes: [
      'Sessions are in the data as well. Their clients stayed behind, so they expire when their timeouts have passed, and their ephemeral znodes go with them.',
      'A server whose log or snapshot you damaged on purpose is damaged here, too: real ZooKeeper may refuse to start it. Empty its `version-2/`, and it learns everything from the others.',
      'Only trusted machines should reach the ports: there is no authentication between the servers.',
    ],
  },
  bring: {
    title: 'Open data of real ZooKeeper',
    dropTitle: 'Drop a data directory here',
    dropText:
      'Snapshots (also .gz and .snappy), transaction logs, a whole data directory, or the zip that this page downloads. Nothing leaves your browser.',
    dropNow: 'Drop to look into it',
    files: 'Choose files',
    folder: 'Choose a folder',
    limit: (bytes: string, znodes: string) =>
      `Up to ${bytes} in all, and ${znodes} znodes: every server of the page keeps its own copy in this tab.`,
    reading: 'Reading …',
    failed: (why: string) => `The files could not be read: ${why}`,
    nothing: 'There is no snapshot and no transaction log among these files.',
    nothingHelp:
      'ZooKeeper’s files are called snapshot.<zxid> and log.<zxid>, and lie in dataDir/version-2.',
    another: 'Other files',
    close: 'Close',
    dirs: 'Data directories',
    noFolder: 'files',
    refused: 'Not read',
    refusedWhy: {
      bytes: (name: string, size: string, limit: string) =>
        `${name} is ${size}; the limit is ${limit}.`,
      together: (name: string, size: string, limit: string) =>
        `${name} is ${size}: with the others that is more than the limit of ${limit} in all.`,
      raw: (name: string, size: string, limit: string) =>
        `${name} is ${size}; files over ${limit} are not read at all.`,
      archive: (name: string) => `${name} is damaged and could not be unpacked.`,
    },
    ignored: (count: number) =>
      count === 1
        ? '1 file is none of ZooKeeper’s.'
        : `${String(count)} files are none of ZooKeeper’s.`,
    starts: 'Real ZooKeeper starts from this',
    startsWith: (znodes: string, zxid: string, sessions: string) =>
      `${znodes}, last zxid ${zxid}, ${sessions}.`,
    znodes: (n: number, text: string) => (n === 1 ? '1 znode' : `${text} znodes`),
    sessions: (n: number, text: string) =>
      n === 0 ? 'no open session' : n === 1 ? '1 open session' : `${text} open sessions`,
    refuses: 'Real ZooKeeper refuses to start from this',
    unknown: 'Not all of its files were read, so nothing can be said of the whole.',
    says: 'What it logs',
    removes: (names: string) => `Removed at the start: ${names}`,
    table: 'Files',
    columns: { file: 'File', size: 'Size', holds: 'Holds' },
    records: (n: number, text: string) => (n === 1 ? '1 transaction' : `${text} transactions`),
    range: (first: string, last: string) => (first === last ? first : `${first} … ${last}`),
    epoch: (epoch: string) => `epoch ${epoch}`,
    myid: (sid: string) => `server ${sid}`,
    initialize: 'may start empty',
    chosen: 'read at the start',
    empty: 'empty',
    sound: 'no damage found',
    damageAt: (at: string, reason: string) => `At byte ${at}: ${reason}`,
    outcome: {
      refused: 'The server does not start.',
      cutOff: 'What stands before it counts, the rest of the file does not.',
      passedOver: 'The file counts as if it were not there.',
      unread: 'The file is older than what a start reads.',
    },
    choose: 'Choose a file to see what is in it.',
    page: (from: string, to: string, of: string) => `${from}–${to} of ${of}`,
    first: 'First',
    previous: 'Previous',
    next: 'Next',
    last: 'Last',
    logColumns: {
      zxid: 'zxid',
      time: 'Time (UTC)',
      session: 'Session',
      cxid: 'cxid',
      type: 'Type',
      what: 'What',
    },
    recordOf: (file: string) => `Records of ${file}`,
    recordTitle: (zxid: string) => `Record ${zxid}`,
    nodeColumns: { path: 'Path', data: 'Data', kind: 'Kind', version: 'Version', mzxid: 'mzxid' },
    session: 'session',
    timeout: (ms: number) => `timeout ${String(ms)} ms`,
    at: 'At byte',
    bytes: (n: number) => (n === 1 ? '1 byte' : `${String(n)} bytes`),
    digest: 'Digest of the tree after it',
    none: 'none',
    noData: 'no data',
    noRows: 'Nothing in it can be read.',
    noPreview: 'This file is not one that a start reads.',
    kinds: {
      persistent: 'persistent',
      ephemeral: 'ephemeral',
      container: 'container',
      ttl: 'TTL',
    },
    as: 'Voters',
    open: 'Open as a new ensemble',
    every: 'Every server begins with these data.',
    expire: (n: number) =>
      n === 0
        ? ''
        : n === 1
          ? 'The open session expires when its timeout has passed, and its ephemerals go with it.'
          : `The ${String(n)} open sessions expire when their timeouts have passed, and their ephemerals go with them.`,
    cannotRefused:
      'It cannot be opened: every server would refuse to start, as real ZooKeeper does.',
    cannotPartial: 'It cannot be opened: not all of its files were read.',
    cannotEmpty: 'There are no data to open.',
    tooMany: (what: string, limit: string) =>
      `It cannot be opened: ${what} are more than the limit of ${limit}. Every server of the page keeps its own copy in this tab.`,
    confirm: 'Replace the present ensemble?',
    confirmText:
      'It ends, and what it stored is erased. The message that follows offers to undo that: its servers then start again from their disks.',
    download: 'Download it first',
    cancel: 'Cancel',
    replace: 'Replace it',
    opening: 'Opening …',
    opened: (znodes: string, voters: number) =>
      `${znodes} opened in ${voters === 1 ? 'a server alone' : `an ensemble of ${String(voters)}`}.`,
    undo: 'Undo',
    undone: 'The ensemble from before is back: every server started from its own disk.',
    openFailed: (why: string) => `It could not be opened: ${why}`,
  },
};

export type FilesDictionary = typeof filesEn;
