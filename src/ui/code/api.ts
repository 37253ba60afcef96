/** What a program can call, for completion and for those who look it up. */
import { autocompletion, type Completion, type CompletionSource } from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';

/** Each with what it takes. */
const OF_A_SESSION: Readonly<Record<string, string>> = {
  create: '(path, data?, { ephemeral, sequential, ttl, acl })',
  createWithStat: '(path, data?, options?)',
  ensure: '(path)',
  get: '(path, watcher?)',
  exists: '(path, watcher?)',
  children: '(path, watcher?)',
  set: '(path, data, version?)',
  delete: '(path, version?)',
  getAcl: '(path)',
  setAcl: '(path, acl, version?)',
  addAuth: '(scheme, auth)',
  multi: '([{ op, path, … }])',
  sync: '(path?)',
  addWatch: '(path, watcher, { recursive })',
  removeWatches: '(path, type?)',
  watchData: '(path)',
  watchExists: '(path)',
  watchChildren: '(path)',
  retry: '(() => request, codes?)',
  connected: '()',
  on: '(listener)',
  close: '()',
  kill: '()',
  state: '',
  sessionId: '',
  server: '',
};

const AROUND: Readonly<Record<string, string>> = {
  connect: '({ timeout, servers, readOnly })',
  sleep: '(milliseconds)',
  now: '()',
  log: '(…values)',
  watch: '()',
  me: '{ number, of }',
  ...Object.fromEntries(
    ['await', 'async', 'const', 'let', 'function', 'for', 'while', 'try', 'catch', 'return'].map(
      (word) => [word, ''],
    ),
  ),
};

/** By example, in the order of the texts that say what each means. */
export const EXAMPLES = [
  'const zk = await connect({ timeout: 4000 });',
  "await zk.create('/a/n-', 'x', { ephemeral: true, sequential: true });",
  "const { data, stat } = await zk.get('/a', (event) => log(event.type));",
  "await zk.set('/a', 'y', stat.version);",
  "const { type } = await zk.watchExists('/a');",
  "await zk.retry(() => zk.create('/a'), ['NODEEXISTS']);",
  "await zk.multi([{ op: 'check', path: '/a', version: 2 }, …]);",
  'zk.on((event) => log(event.state));',
  "await zk.addWatch('/', log, { recursive: true });",
  "await zk.ensure('/a/b'); await zk.sync('/');",
  'await sleep(500);',
  "log('has the lock', zk.server);",
  'me.number, me.of',
  'await zk.close();',
] as const;

const options = (of: Readonly<Record<string, string>>): readonly Completion[] =>
  Object.entries(of).map(([label, detail]) => ({ label, detail }));

const source: CompletionSource = (context) => {
  const member = context.matchBefore(/\.\w*$/);
  if (member !== null) return { from: member.from + 1, options: options(OF_A_SESSION) };
  const word = context.matchBefore(/\w+$/);
  if (word === null && !context.explicit) return null;
  return { from: word?.from ?? context.pos, options: options(AROUND), validFor: /^\w*$/ };
};

export const apiCompletion: Extension = autocompletion({ override: [source], icons: false });
