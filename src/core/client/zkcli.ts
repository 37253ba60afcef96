/**
 * zkCli: the console that a person types at. One command runs at a time; a line typed meanwhile
 * waits for its turn.
 *
 * Source: org.apache.zookeeper.ZooKeeperMain (3.9). Differs: `help` is a command (there it is a
 * word that is not found, with the same list); the prompt names the server attached to rather than
 * the connect string; `quit` leaves the console open, for a new session; `connect -r` asks for one
 * that may be read-only, as zkCli does with `-r` when it is started; after an error comes a
 * sentence in plain words.
 */
import { EventType, KeeperState } from '../jute/proto.ts';
import type { WatchNotification } from '../jute/proto.ts';
import type { Sid } from '../units.ts';
import type { Answer } from './client-state.ts';
import { hostName } from './client-state.ts';
import { commandNames, COMMANDS, CONSOLE_COMMANDS, usageLines } from './commands/index.ts';
import { parseInt32, splitWords } from './commands/options.ts';
import { resumeTask } from './commands/resume.ts';
import { startCommand } from './commands/spec.ts';
import { reject } from './commands/task.ts';
import type { Shell, Task } from './commands/task.ts';
import { nearest } from './near-miss.ts';

/** Lines kept for `redo`. */
const HISTORY_MAX = 500;

/** Lines that `history` shows before its own. */
const HISTORY_SHOWN = 10;

/** Lines that may wait for a command under way. */
const QUEUE_MAX = 1000;

/** UTF-16 units of a line: well above jute.maxbuffer, so that its refusal can be seen. */
const LINE_MAX = 4 * 1024 * 1024;

export interface Zkcli {
  /** The connect string in use, and all that `connect` may name. */
  servers: readonly Sid[];
  readonly known: readonly Sid[];
  readonly readOnly: boolean;
  /** The number in the prompt: commands so far. */
  commandCount: number;
  readonly history: Map<number, string>;
  printWatches: boolean;
  /** Typed, not yet begun. */
  readonly queue: string[];
  task: Task | null;
}

/** What the console can do. Made anew for each step. */
export interface ConsolePort extends Shell {
  /** `[zk: server1:2181(CONNECTED) 3] ` */
  prompt(): string;
  alive(): boolean;
  /** Ends the session: `onSessionOver` follows. */
  endSession(): void;
  newSession(servers: readonly Sid[], readOnly: boolean): void;
}

export function createZkcli(servers: readonly Sid[], readOnly: boolean): Zkcli {
  return {
    servers,
    known: servers,
    readOnly,
    commandCount: 0,
    history: new Map(),
    printWatches: true,
    queue: [],
    task: null,
  };
}

export function greet(cli: Zkcli, port: ConsolePort): void {
  port.print('output', `Connecting to ${cli.servers.map(hostName).join(',')}`);
  port.print('output', 'Welcome to ZooKeeper!');
}

/** A line was typed: `runNextLine` begins it in its turn. */
export function typeLine(cli: Zkcli, line: string, port: ConsolePort): void {
  if (line.length > LINE_MAX) {
    reject(port, `The line is longer than ${LINE_MAX} characters: not taken`, null);
  } else if (cli.queue.length >= QUEUE_MAX) {
    reject(port, `${QUEUE_MAX} lines are waiting already: not taken`, null);
  } else {
    cli.queue.push(line);
  }
}

/** The command under way has its answer. */
export function resumeConsole(cli: Zkcli, answer: Answer, port: ConsolePort): void {
  if (cli.task === null) return; // Its command ended without waiting for it.
  cli.task = resumeTask(cli.task, answer, port);
  if (cli.task === null) cli.commandCount++;
}

/** The session is closed or expired. */
export function onSessionOver(cli: Zkcli, port: ConsolePort): void {
  const task = cli.task;
  if (task?.kind === 'connect') beginSession(cli, task.servers, task.readOnly, port);
  else if (task?.kind !== 'close') return;
  else if (task.quit) sayQuit(port);
  cli.task = null;
  cli.commandCount++;
}

/** Begins the line that has waited longest. @returns Whether there was one, and nothing else ran. */
export function runNextLine(cli: Zkcli, port: ConsolePort): boolean {
  if (cli.task !== null) return false;
  const line = cli.queue.shift();
  if (line === undefined) return false;
  port.print('prompt', port.prompt() + line);
  const words = splitWords(line);
  if (words.length === 0) return true;
  remember(cli, line);
  cli.task = runWords(cli, words, port);
  if (cli.task === null) cli.commandCount++;
  return true;
}

function remember(cli: Zkcli, line: string): void {
  cli.history.set(cli.commandCount, line);
  cli.history.delete(cli.commandCount - HISTORY_MAX);
}

/** ZooKeeperMain.processZKCmd. */
function runWords(cli: Zkcli, words: readonly string[], port: ConsolePort): Task | null {
  const name = words[0] ?? '';
  const spec = COMMANDS.get(name);
  if (name === 'help') return showHelp(port);
  if (spec === undefined && !CONSOLE_COMMANDS.has(name)) return rejectUnknown(name, port);
  if (name === 'connect') return connect(cli, words.slice(1), port);
  if (name === 'redo' && words.length > 1) return redo(cli, words[1] ?? '', port);
  if (name === 'history') showHistory(cli, port);
  if (name === 'printwatches') setPrintWatches(cli, words[1], port);
  if (name === 'quit' && !port.alive()) return sayQuit(port);
  if (!port.alive()) {
    return reject(port, 'Not connected', 'The session is over. Type connect for a new one.');
  }
  if (name === 'close' || name === 'quit') {
    port.endSession();
    return { kind: 'close', quit: name === 'quit' };
  }
  return spec === undefined ? null : startCommand(spec, words, port);
}

function showHelp(port: ConsolePort): null {
  for (const line of usageLines()) port.print('output', line);
  return null;
}

function rejectUnknown(name: string, port: ConsolePort): null {
  for (const line of usageLines()) port.print('output', line);
  const meant = nearest(name, commandNames());
  let hint = 'help lists the commands.';
  if (name === 'rmr') hint = 'rmr is gone from ZooKeeper: use deleteall.';
  else if (name === 'ls2') hint = 'ls2 is gone from ZooKeeper: use ls -s.';
  else if (name === 'exit') hint = 'Did you mean quit?';
  else if (meant !== null) hint = `Did you mean ${meant}?`;
  return reject(port, `Command not found: Command not found ${name}`, hint);
}

/**
 * zkCli is told `-r` when it is started: that it is content with a read-only server while there is
 * no other. This console is never started anew, so `connect -r` says it.
 */
function connect(cli: Zkcli, args: readonly string[], port: ConsolePort): Task | null {
  const said = args[0] === '-r';
  const readOnly = said || cli.readOnly;
  const hosts = said ? args[1] : args[0];
  const servers = hosts === undefined ? cli.servers : parseHosts(hosts, cli.known);
  if (servers === null) {
    const known = cli.known.map(hostName).join(',');
    return reject(
      port,
      `Unable to resolve ${hosts ?? ''}`,
      `Nothing was changed. The servers here are ${known}.`,
    );
  }
  if (port.alive()) {
    port.endSession();
    return { kind: 'connect', servers, readOnly };
  }
  beginSession(cli, servers, readOnly, port);
  return null;
}

function beginSession(
  cli: Zkcli,
  servers: readonly Sid[],
  readOnly: boolean,
  port: ConsolePort,
): void {
  cli.servers = servers;
  port.newSession(servers, readOnly);
}

/** `server1:2181,server3:2181`; the port may be left out, and localhost means all. */
function parseHosts(text: string, known: readonly Sid[]): readonly Sid[] | null {
  if (/^(localhost|127\.0\.0\.1)(:2181)?$/.test(text)) return known;
  const servers: Sid[] = [];
  for (const host of text.split(',')) {
    const number = /^(?:server)?(\d{1,3})(?::2181)?$/.exec(host.trim())?.[1];
    const sid = known.find((s) => s === Number(number));
    if (sid === undefined) return null;
    if (!servers.includes(sid)) servers.push(sid);
  }
  return servers;
}

function redo(cli: Zkcli, text: string, port: ConsolePort): Task | null {
  const index = parseInt32(text);
  const line = index === null ? undefined : cli.history.get(index);
  if (line === undefined || index === cli.commandCount) {
    return reject(port, 'Command index out of range', 'history shows the numbers of the commands.');
  }
  const words = splitWords(line);
  if (words[0] === 'redo') return reject(port, 'No redoing redos', null);
  remember(cli, line);
  return runWords(cli, words, port);
}

function showHistory(cli: Zkcli, port: ConsolePort): void {
  for (let i = Math.max(0, cli.commandCount - HISTORY_SHOWN); i <= cli.commandCount; i++) {
    port.print('output', `${i} - ${cli.history.get(i) ?? 'null'}`);
  }
}

function setPrintWatches(cli: Zkcli, word: string | undefined, port: ConsolePort): void {
  if (word === undefined) {
    port.print('output', `printwatches is ${cli.printWatches ? 'on' : 'off'}`);
  } else {
    cli.printWatches = word === 'on';
  }
}

function sayQuit(port: ConsolePort): null {
  port.print('hint', 'zkCli would end here. This console stays: type connect for a new session.');
  return null;
}

const EVENT_NAMES = new Map<number, string>(
  Object.entries(EventType).map(([name, code]) => [code, name]),
);
const STATE_NAMES = new Map<number, string>(
  Object.entries(KeeperState).map(([name, code]) => [code, name]),
);

/** WatchedEvent.toString: `zxid` in decimals, and -1 for what no transaction caused. */
export function eventText(event: WatchNotification): string {
  const state = STATE_NAMES.get(event.state) ?? String(event.state);
  const type = EVENT_NAMES.get(event.type) ?? String(event.type);
  const path = event.type === EventType.None ? 'null' : event.path;
  return `WatchedEvent state:${state} type:${type} path:${path} zxid: ${event.zxid}`;
}

export function printEvent(cli: Zkcli, event: WatchNotification, port: ConsolePort): void {
  if (cli.printWatches) {
    for (const line of ['', 'WATCHER::', '', eventText(event)]) port.print('watch', line);
  }
  if (event.state === KeeperState.Expired) {
    port.print(
      'hint',
      'The session has expired, and with it its ephemeral znodes and its watches. ' +
        'Type connect for a new one.',
    );
  }
  if (event.state === KeeperState.AuthFailed) {
    port.print(
      'hint',
      'The server does not accept what addauth said, and the session is over with it. ' +
        'Type connect for a new one.',
    );
  }
}
