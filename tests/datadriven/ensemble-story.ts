/**
 * Stories of a whole ensemble in the simulated world.
 *
 *   ensemble voters=3 observers=1 [any number of zoo.cfg …]   boots it; seed=1, quick and even links
 *   run 300ms                          time goes on
 *   until leader | serving 1 2 | down 2 | state 2 LOOKING | disk 2 0x100000005
 *   client A 1,2 [timeout=4000]        connects; the servers it knows
 *   submit A create /x [data] [-e -s]  sends; ask waits for the answer. delete, set, get, exists,
 *                                      ls, sync, close
 *   crash 3 [tail=lost] [silent]   restart 3   wipe 3   damage 3 logMiddle   epochfile 3 missing
 *   cut 1 2   heal 1 2   partition 3   healall   pause 2   resume 2   kill A
 *   latency 1 2 20ms   disk 2 slowness=50
 *   config                 what each server goes by; ensemble reconfig=on, see reconfig-words.ts
 *   packets 1 3 [pings]    what they have said on the quorum port since the last look
 *   votes 1 3              the same of the election port
 *   answers A   state   log 2   tree 1   lines 2 WORD   violations
 */
import { DEFAULT_CONFIG, type EnsembleConfig } from '../../src/core/config.ts';
import { CreateMode, type Request } from '../../src/core/jute/proto.ts';
import { OPEN_ACL_UNSAFE } from '../../src/core/jute/data.ts';
import type { DiskImage } from '../../src/core/txn-log/disk-image.ts';
import type { Micros, ProcessId, SessionId, Sid } from '../../src/core/units.ts';
import { formatZxid } from '../../src/core/zxid.ts';
import { HEALTHY_DISK, type Action, type CrashTail } from '../../src/sim/actions.ts';
import { firstViolation } from '../../src/sim/check/checker.ts';
import { quietWorld } from '../../src/sim/scenarios.ts';
import type { Teller } from './harness.ts';
import { messageText, recordText, requestText, sessionNames } from './packet-text.ts';
import { configLines, proveSuper, reconfigOf, serversOf, SUPER_DIGEST } from './reconfig-words.ts';
import * as stages from './stage.ts';
import type { Answer, Stage, StageClient } from './stage.ts';

interface Story {
  stage: Stage | null;
  readonly name: ReturnType<typeof sessionNames>;
  /** What was shown of each connection; per client, how many answers. */
  readonly shown: Map<string, number>;
}

export function ensembleTeller(): Teller {
  const story: Story = { stage: null, name: sessionNames(), shown: new Map() };
  return (command) => tell(story, command);
}

function stageOf(story: Story): Stage {
  if (story.stage === null) throw new Error('a story begins with `ensemble`');
  return story.stage;
}

function clientOf(story: Story, name: string | undefined): StageClient {
  const client = stageOf(story).clients.get(name ?? '');
  if (client === undefined) throw new Error(`no client ${name ?? ''}`);
  return client;
}

const process = (word: string | undefined): ProcessId => Number(word) as ProcessId;
const sid = (word: string | undefined): Sid => Number(word) as Sid;

function tell(story: Story, command: string): readonly string[] {
  const [verb = '', ...words] = command.split(' ');
  const [first = '', second] = words;
  switch (verb) {
    case 'ensemble':
      story.stage = stages.createStage(worldOf(words));
      return [];
    case 'run':
      stages.runFor(stageOf(story), millis(first));
      return [];
    case 'until':
      return until(story, words);
    case 'client':
      return connect(story, words);
    case 'submit':
      stages.submit(stageOf(story), clientOf(story, first), requestOf(words.slice(1)));
      return [];
    case 'ask':
      stages.ask(stageOf(story), clientOf(story, first), requestOf(words.slice(1)));
      return answers(story, clientOf(story, first));
    case 'answers':
      stages.takeLosses(stageOf(story), clientOf(story, first));
      return answers(story, clientOf(story, first));
    case 'packets':
      return packets(story, 'quorum', sid(first), sid(second), words.includes('pings'));
    case 'votes':
      return packets(story, 'election', sid(first), sid(second), false);
    case 'state':
      return state(stageOf(story));
    case 'log':
      return diskLog(story, sid(first));
    case 'tree':
      return tree(stageOf(story), sid(first));
    case 'lines':
      return lines(story, process(first), words.slice(1).join(' '));
    case 'violations':
      return violations(stageOf(story));
    case 'auth':
      proveSuper(stageOf(story), clientOf(story, first));
      return [];
    case 'config':
      return configLines(stageOf(story));
    case 'epochfile':
      loseEpochFile(stageOf(story), sid(first));
      return [];
    default:
      stages.doAct(stageOf(story), actionOf(story, verb, words));
      return [];
  }
}

function worldOf(words: readonly string[]) {
  const settings = new Map(words.map((word) => word.split('=') as [string, string]));
  const number = (key: string, otherwise: number): number => Number(settings.get(key) ?? otherwise);
  const ensemble: Record<string, number> = {};
  for (const [key, value] of settings) if (key in DEFAULT_CONFIG) ensemble[key] = Number(value);
  const isDynamic = settings.get('reconfig') === 'on';
  return {
    ...quietWorld(number('seed', 1)),
    ensemble: {
      ...DEFAULT_CONFIG,
      servers: serversOf(settings),
      reconfigEnabled: isDynamic,
      superDigest: isDynamic ? SUPER_DIGEST : null,
      ...(ensemble as Partial<EnsembleConfig>),
    },
    latency: { min: 1000 as Micros, max: 1000 as Micros },
    diskLatency: { min: 2000 as Micros, max: 2000 as Micros },
  };
}

function millis(word: string): number {
  const [, digits = '', unit = ''] = /^([\d.]+)(ms|s)$/.exec(word) ?? [];
  if (digits === '') throw new Error(`a duration is like 300ms or 2s, not ${word}`);
  return Number(digits) * (unit === 's' ? 1000 : 1);
}

function until(story: Story, words: readonly string[]): readonly string[] {
  const stage = stageOf(story);
  const [what = '', ...rest] = words;
  const told = words.join(' ');
  switch (what) {
    case 'leader':
      stages.runUntilDone(stage, told, () => stages.leaderOn(stage) !== null);
      return [`server ${String(stages.leaderOn(stage))} leads`];
    case 'serving':
      stages.runUntilDone(stage, told, () => rest.every((w) => stages.isServing(stage, Number(w))));
      // What they then say has to arrive.
      stages.runFor(stage, 20);
      return [];
    case 'down':
      stages.runUntilDone(stage, told, () => stages.memberOf(stage, Number(rest[0])) === null);
      return [stage.run.world.byId.get(process(rest[0]))?.reason ?? ''];
    case 'state':
      stages.runUntilDone(
        stage,
        told,
        () => stages.memberOf(stage, Number(rest[0]))?.server.state === rest[1],
      );
      return [];
    case 'synced':
      stages.runUntilDone(stage, told, () => {
        const last = stages.memberOf(stage, Number(rest[0]))?.disk.platter.log.at(-1);
        return last?.kind === 'record' && formatZxid(last.record.header.zxid) === rest[1];
      });
      return [];
    default:
      throw new Error(`until what? ${told}`);
  }
}

function connect(story: Story, words: readonly string[]): readonly string[] {
  const [name = '', list = '', ...rest] = words;
  const stage = stageOf(story);
  const timeout = Number(rest.find((w) => w.startsWith('timeout='))?.slice(8) ?? 10_000);
  const client = stages.newClient(stage, name, list.split(',').map(Number), timeout);
  const zk = (): { state: string } => stages.hostOfClient(stage, client).client.zk;
  stages.runUntilDone(stage, `${name} connected`, () => zk().state === 'CONNECTED');
  const { sessionId, target, negotiatedTimeout } = stages.hostOfClient(stage, client).client.zk;
  return [
    `${name} is session ${story.name(sessionId)} at server ${String(target)}, ${String(negotiatedTimeout)} ms`,
  ];
}

export function requestOf(words: readonly string[]): Request {
  const plain = words.filter((word) => !word.startsWith('-'));
  const [op, path = '', value] = plain;
  const data = value === undefined ? null : new TextEncoder().encode(value);
  switch (op) {
    case 'create': {
      const e = words.includes('-e') ? CreateMode.EPHEMERAL : 0;
      const s = words.includes('-s') ? CreateMode.PERSISTENT_SEQUENTIAL : 0;
      return { op: 'create', path, data, acl: OPEN_ACL_UNSAFE, flags: e + s, ttl: 0 };
    }
    case 'delete':
      return { op: 'delete', path, version: -1 };
    case 'set':
      return { op: 'setData', path, data, version: -1 };
    case 'get':
      return { op: 'getData', path, watch: false };
    case 'exists':
      return { op: 'exists', path, watch: false };
    case 'ls':
      return { op: 'getChildren', path, watch: false };
    case 'sync':
      return { op: 'sync', path };
    case 'close':
      return { op: 'closeSession' };
    case 'reconfig':
      return reconfigOf(words.slice(1));
    default:
      throw new Error(`no such request: ${words.join(' ')}`);
  }
}

function actionOf(story: Story, verb: string, words: readonly string[]): Action {
  const [first, second, third = ''] = words;
  switch (verb) {
    case 'crash': {
      const tail = (words.find((w) => w.startsWith('tail='))?.slice(5) ?? 'lost') as CrashTail;
      return { kind: 'crash', sid: sid(first), tail, silent: words.includes('silent') };
    }
    case 'restart':
    case 'wipe':
      return { kind: verb, sid: sid(first) };
    case 'damage':
      return { kind: 'damage', sid: sid(first), what: second as 'logMiddle' };
    case 'cut':
    case 'heal':
      return { kind: verb, from: process(first), to: process(second), bothWays: true };
    case 'partition':
      return { kind: 'partition', group: words.map(process) };
    case 'healall':
      return { kind: 'healAll' };
    case 'pause':
    case 'resume':
      return { kind: verb, process: process(first) };
    case 'latency': {
      const latency = Math.round(millis(third) * 1000) as Micros;
      const range = { min: latency, max: latency };
      return { kind: 'latency', from: process(first), to: process(second), latency: range };
    }
    case 'disk': {
      const slowness = Number(second?.slice('slowness='.length));
      return { kind: 'disk', sid: sid(first), faults: { ...HEALTHY_DISK, slowness } };
    }
    case 'kill':
      return { kind: 'killClient', process: clientOf(story, first).process };
    case 'detach':
      return {
        kind: 'cut',
        from: clientOf(story, first).process,
        to: process(second),
        bothWays: true,
      };
    default:
      throw new Error(`no such command: ${verb} ${words.join(' ')}`);
  }
}

/** The file of currentEpoch of a server that is down is deleted. */
function loseEpochFile(stage: Stage, server: Sid): void {
  const image = stage.run.images.get(server);
  if (image === undefined) throw new Error(`server ${String(server)} is running`);
  const changed: DiskImage = { ...image, currentEpoch: null };
  stage.run.images.set(server, changed);
}

function packets(
  story: Story,
  port: 'quorum' | 'election',
  a: Sid,
  b: Sid,
  pings: boolean,
): readonly string[] {
  const stage = stageOf(story);
  const key = `${port}/${[a, b].sort((x, y) => x - y).join('/')}`;
  const from = story.shown.get(key) ?? 0;
  story.shown.set(key, stage.packets.length);
  return stage.packets
    .slice(from)
    .filter((p) => (p.from === a && p.to === b) || (p.from === b && p.to === a))
    .filter(({ message }) => 'kind' in message === (port === 'election'))
    .filter(({ message }) => pings || !('type' in message) || message.type !== 'PING')
    .map((p) => `${String(p.from)}->${String(p.to)} ${messageText(p.message, story.name)}`);
}

function answers(story: Story, client: StageClient): readonly string[] {
  const from = story.shown.get(client.name) ?? 0;
  story.shown.set(client.name, client.answers.length);
  return client.answers.slice(from).map((answer) => `${client.name} ${answerText(answer)}`);
}

function answerText({ request, err, zxid, body }: Answer): string {
  const words = [`${requestText(request)}: ${err}`];
  if (zxid > 0n) words.push(formatZxid(zxid));
  if (body?.path !== null && body?.path !== undefined) words.push(body.path);
  if (body?.data !== null && body?.data !== undefined) {
    words.push(new TextDecoder().decode(body.data));
  }
  if (body?.children !== null && body?.children !== undefined) {
    words.push(`(${[...body.children].sort().join(' ')})`);
  }
  return words.join(' ');
}

function state(stage: Stage): readonly string[] {
  return stage.run.world.config.ensemble.servers.map((spec) => {
    const server = stages.memberOf(stage, spec.sid)?.server;
    const head = `server ${String(spec.sid)}`;
    if (server === undefined) return `${head} down`;
    const serving = stages.isServing(stage, spec.sid) ? ' serving' : '';
    const epochs = `accepted=${String(server.acceptedEpoch)} current=${String(server.currentEpoch)}`;
    const last = formatZxid(server.db.tree.lastProcessedZxid);
    return `${head} ${server.state}${serving} ${epochs} last=${last}`;
  });
}

/** What is on the platter, or, of a server that is down, what it will find. */
function diskLog(story: Story, server: Sid): readonly string[] {
  const stage = stageOf(story);
  const files = stages.memberOf(stage, server)?.disk.platter ?? stage.run.images.get(server);
  if (files === undefined) return ['nothing'];
  const snapshots = files.snapshots.map((s) =>
    s.kind === 'snapshot' ? formatZxid(s.snapshot.zxid) : `damaged ${formatZxid(s.zxid)}`,
  );
  return [
    `epochs accepted=${String(files.acceptedEpoch)} current=${String(files.currentEpoch)}`,
    // A file per zxid: one written twice is one file.
    `snapshots ${[...new Set(snapshots)].join(' ')}`,
    ...files.log.map((entry) => {
      if (entry.kind !== 'record') return entry.kind;
      return `${formatZxid(entry.record.header.zxid)} ${recordText(entry.record, story.name)}`;
    }),
  ];
}

function tree(stage: Stage, server: Sid): readonly string[] {
  const member = stages.memberOf(stage, server);
  if (member === null) return ['nothing: the server is down'];
  const paths = [...member.server.db.tree.nodes.keys()].filter(
    (path) => path !== '' && path !== '/' && !path.startsWith('/zookeeper'),
  );
  return paths.length === 0 ? ['nothing'] : paths.sort();
}

function lines(story: Story, server: ProcessId, wanted: string): readonly string[] {
  const log = stageOf(story).run.world.byId.get(server)?.log ?? [];
  // Session ids have 15 digits and more; a zxid of a story has fewer.
  const named = (text: string): string =>
    text.replace(/0x[0-9a-f]{15,16}/g, (id) => story.name(BigInt(id) as SessionId));
  return log
    .filter(({ message }) => message.includes(wanted))
    .map(({ level, logger, message }) => `${level} ${logger} ${named(message)}`);
}

function violations(stage: Stage): readonly string[] {
  const { checker } = stage.run.world;
  const first = checker === null ? null : firstViolation(checker);
  return [first === null ? 'none' : `${first.name}: ${first.why}`];
}
