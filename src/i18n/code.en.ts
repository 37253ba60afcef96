/** Client code: its pane, and what became of a program. */
export const codeEn = {
  title: 'Code',
  programs: 'Programs',
  views: 'What is shown',
  editorTab: 'Program',
  outputTab: 'Output',
  editor: (name: string) => `JavaScript of ${name}`,
  leave: 'Escape and then Tab leaves the editor. Ctrl Space completes.',
  placeholder:
    "const zk = await connect();\nawait zk.create('/hello', 'world');\nlog(await zk.children('/'));",
  samples: 'Samples',
  samplesLead: 'Each is put beside your programs, ready to run and to be changed.',
  add: 'New',
  more: 'More',
  newName: (n: number) => `Program ${String(n)}`,
  name: 'Name of the program',
  run: 'Run',
  runOne: (name: string) => `Run ${name}`,
  stop: 'Stop',
  stopOne: (name: string) => `Stop ${name}`,
  copies: 'Started together',
  remove: 'Remove',
  removed: (name: string) => `${name} was removed.`,
  undo: 'Undo',
  save: 'Save',
  saveTitle: 'Save as a file',
  see: 'See',
  breakIt: 'Break',
  none: 'No program yet.',
  noneHelp: 'Take a sample, or write one of your own against the client API.',
  output: 'What the programs said',
  outputNone:
    'Nothing was said yet. What a program gives to log() stands here, with its virtual time.',
  clear: 'Clear',
  copyOf: (name: string, n: number) => `${name} ${String(n)}`,
  later: 'Behind the moment in sight',
  closed: 'Open an ensemble first: a program is a client of one.',
  help: 'What a program can do',
  helpLead:
    'A program is an ordinary client: what breaks its server, its link or its session breaks it too.',
  /** Of each line of the help, in its order. */
  meanings: [
    'begins a session, a client of its own in the ring; also servers: [1, 2] and readOnly',
    'also container, ttl and acl; the path that was made comes back',
    'the watcher is called once; children and exists take one as well',
    'a version that is not the present one is refused; delete takes one as well',
    'sets a watch and waits for its event; also watchData and watchChildren',
    'again after a loss of connection; codes that mean “done already” are passed over',
    'all of it or nothing: create, set, delete, check',
    'Disconnected, SyncConnected, Expired …',
    'a watch that stays',
    'the path with all above it; sees what had been committed by now',
    'virtual milliseconds; so is now()',
    'a line of output, with its virtual time',
    'which of those started together it is',
    'ends the session; kill() dies without a word',
  ],
  states: {
    idle: 'not run yet',
    starting: 'starting …',
    running: 'running',
    waiting: 'waiting',
    finished: 'finished',
    failed: (line: number | null) => (line === null ? 'failed' : `failed in line ${String(line)}`),
    stopped: 'stopped',
    limit: 'stopped: limit reached',
    killed: 'killed',
    left: 'left behind',
  },
  of: (state: string, count: number, all: number) =>
    count === all ? state : `${state} · ${String(count)} of ${String(all)}`,
  line: (line: number) => `Line ${String(line)}`,
  endClients: 'End its clients',
  toLine: (line: number) => `Go to line ${String(line)}`,
  waits: {
    connect: 'waits for a connection',
    request: (what: string) => `has asked: ${what}`,
    sleep: (until: string) => `sleeps until ${until} s`,
    event: (path: string) => (path === '' ? 'waits for a watch' : `waits for a watch on ${path}`),
    nothing: 'is at work',
  },
  ends: {
    done: 'came to its end.',
    stopped: 'was stopped. Its sessions live on until they expire.',
    tooLong:
      'was stopped: it computed for two seconds without waiting, and the ensemble stood still meanwhile. A loop without an await never lets go: put await sleep(100) into it.',
    tooMany:
      'was stopped: it has used up its 100,000 requests and turns. Let it sleep longer between them, or run it again.',
    killed:
      'was ended: somebody killed one of its clients, and a program dies with its clients. Run it again to see it recover.',
    left: 'was left behind: the run that it was part of is no longer the present. Clients that it had at this moment live on without it, and keep what they hold.',
  },
  /** What to do, by the name of what it failed with. */
  hints: {
    CONNECTIONLOSS:
      'The connection was lost before an answer came, so nobody knows whether it was done. Ask again with zk.retry(() => …), if it may be done twice.',
    SESSIONEXPIRED:
      'The session is over, and its ephemeral znodes are gone. Begin another one with connect().',
    NONODE: 'There is no such znode. Create what is above it first: await zk.ensure(path).',
    NODEEXISTS:
      "Somebody was first. Catch it, or let zk.retry pass over it: zk.retry(() => …, ['NODEEXISTS']).",
    BADVERSION: 'Somebody wrote in between. Read again, and write with the version that you read.',
    NOTEMPTY: 'It has children. Delete those first.',
    NOAUTH:
      "Its ACL does not allow that. Say who you are: await zk.addAuth('digest', 'user:password').",
    NOCHILDRENFOREPHEMERALS: 'An ephemeral znode has no children. Put it beside it instead.',
    ReferenceError:
      'A program has the language, connect, sleep, now, log, watch and me, and nothing of the browser.',
    SyntaxError: 'Nothing of it has run. Mend that line and run it again.',
    LoadError:
      'Look whether you are online, or whether the page has a newer version; then run it again.',
    ImportError: 'Take the import out; put what you need into the program itself.',
    RangeError: 'Wait now and then: put an await in front of what it asks for.',
    TypeError: 'Look at the values in that line, with log(…) before it.',
    other: 'Look at that line; log(…) shows what is in its values.',
  },
  palette: (title: string) => `Program: ${title}`,
};

export type CodeDictionary = typeof codeEn;
