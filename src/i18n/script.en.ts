/** The action script: its pane, and what is wrong with a line. */
export const scriptEn = {
  title: 'Script',
  views: 'What is shown',
  recorded: 'Recorded',
  mine: 'Mine',
  editor: 'Action script',
  recordedLabel: 'What was done so far, as a script',
  leave: 'Escape and then Tab leaves the editor. Ctrl Space completes.',
  placeholder:
    '# One line an action, with its time or condition:\nwhen leader serves: crash leader\nafter 2s restart last',
  run: 'Run',
  runTitle: 'From the beginning: an ensemble like this one starts afresh, yours stays as it is',
  here: 'Run from here',
  hereTitle: 'In this ensemble, from this moment on',
  stop: 'Stop',
  copy: 'Copy',
  save: 'Save',
  saveTitle: 'Save as a file',
  clear: 'Clear',
  edit: 'Edit a copy',
  scenarios: 'Scenarios',
  copied: 'The script is on the clipboard.',
  notCopied: 'The browser does not allow copying. Select the text and copy it by hand.',
  cleared: 'The script was cleared.',
  replaced: 'Your script was replaced.',
  undo: 'Undo',
  empty: 'Nothing was done yet. What you do is written down here.',
  help: 'How to write it',
  /** Of each line of the example, in its order. */
  meanings: [
    'at a moment of the run',
    'behind the line before',
    'when something comes about',
    'only wait',
    'a session with a console',
    'typed at that console',
    'one way; <-> both ways',
    'and heal',
    'a packet on its way',
    'lying, full, healthy',
  ],
  working: 'Finding out when each line takes place …',
  runningLine: (line: number, of: number) => `Line ${String(line)} of ${String(of)}`,
  done: (actions: number) =>
    actions === 1 ? 'Done: 1 action took place.' : `Done: ${String(actions)} actions took place.`,
  stopped: 'Stopped: the rest of the script does not take place.',
  leftHere: 'Stopped: you went to another moment.',
  count: (errors: number) => (errors === 1 ? '1 mistake' : `${String(errors)} mistakes`),
  toMistake: 'Show',
  line: (line: number) => `Line ${String(line)}`,
  upTo: 'See it up to there',
  untouched: 'Nothing was changed.',
  replacedRun: 'The run that stood here was replaced.',
  back: 'Back to it',
  nothing: 'There is nothing to run: write a line first.',
  header: (voters: number, observers: number, seed: number) =>
    `# ${String(voters)} voters, ${String(observers)} observers, seed ${String(seed)}\n`,
  wanted: {
    action: 'an action, such as “crash 3” or “A: create /a x”',
    server: 'a server: its number, “leader”, “follower”, “observer” or “last”',
    process: 'a server’s number or a client’s name',
    client: 'a client’s name, such as “A”',
    time: 'a time with its unit, such as “2.5s”, “200ms” or “100us”',
    number: 'a number',
    condition: 'a condition, such as “leader serves”, “znode /a exists” or “3 is LOOKING”',
    path: 'a path that begins with “/”',
    packet: 'a type of packet, such as “PROPOSAL”',
    request: 'a request, such as “create /a "x"”',
    text: 'some text; with blanks or marks in it, in double quotes',
    option: 'an option',
  },
  wantedWord: (word: string) => `“${word}”`,
  wantedOneOf: (words: readonly string[]) =>
    `one of ${words.map((word) => `“${word}”`).join(', ')}`,
  problems: {
    tooEarly: (what: string) => `The line ends too early: what comes next is ${what}.`,
    expected: (found: string, what: string) =>
      `“${found}” is not understood here: what comes next is ${what}.`,
    meant: (near: string) => ` Did you mean “${near}”?`,
    leftOver: (found: string) =>
      `The action is complete before “${found}”. Put that on a line of its own, or behind a “#”.`,
    unknownClient: (name: string, known: readonly string[]) =>
      `There is no client “${name}” yet.${known.length === 0 ? '' : ` Known here: ${known.join(', ')}.`} Add “new client ${name}” on a line above.`,
    outOfRange: (found: string, min: string, max: string) =>
      `“${found}” is out of range: it must be between ${min} and ${max}.`,
    back: (found: string, before: string) =>
      `“${found}” is before ${before}, which a line above has: moments never run back. Use “after” for a span of time.`,
    string:
      'A text in double quotes is not closed, or has a “\\” that means nothing. Write \\" for a quote within it.',
    noJson: 'This is not JSON. A request in words is easier: create /a "x".',
    json: (why: string) => `As a request this will not do: ${why}`,
    tooLong: (max: number) => `The script is longer than ${String(max)}. Make two of it.`,
  },
  failures: {
    refused: (reason: string) =>
      `This could not be done: ${reason}. Put “try” before the action to pass over it.`,
    never: (minutes: number) =>
      `It did not come about within ${String(minutes)} minutes of virtual time. Look at how far it got, or wait for something else.`,
    past: (now: string) =>
      `That moment is over: it is ${now} s already. Use “after”, or run from the beginning.`,
    noLast: 'No line before this one names a server, so there is no “last”. Name one.',
    nobody: (who: string) =>
      `There is no ${who} at that moment. Wait for one first: “when leader serves:”.`,
    noPacket:
      'No such packet is on its way at that moment. Wait until it is sent: “when 3 sends PROPOSAL:”.',
    stopped: 'Stopped.',
  },
  kinds: {
    action: 'action',
    prefix: 'when it happens',
    condition: 'condition',
    server: 'server',
    client: 'client',
    option: 'option',
  },
  dialog: {
    title: 'Scenarios',
    search: 'Search scenarios',
    none: 'No scenario has these words.',
    close: 'Close',
    start: 'Start',
    asScript: 'Open as script',
    see: 'What you will see',
    script: 'Script',
    lead: 'Stories of an ensemble, from a cold start to a torn log. Your own ensemble stays as it is meanwhile.',
    starting: 'Preparing …',
    of: (found: number, all: number) =>
      found === all ? `${String(all)} scenarios` : `${String(found)} of ${String(all)}`,
    servers: (voters: number, observers: number) =>
      observers === 0
        ? `${String(voters)} servers`
        : `${String(voters)} voters, ${String(observers)} observers`,
    kinds: {
      election: 'Elections',
      sync: 'Catching up',
      sessions: 'Sessions',
      links: 'Network',
      disks: 'Disks',
      change: 'Change',
    },
    palette: (title: string) => `Scenario: ${title}`,
    open: 'Scenarios …',
  },
};

export type ScriptDictionary = typeof scriptEn;
