/** A program's part in the world: when it hears of what, and what becomes of what it does. */
import { describe, expect, test } from 'vitest';
import type { Micros, ProcessId, Sid } from '../../../src/core/units.ts';
import { createLocalRun, recordOf, replay, runUntil, traceHash } from '../../../src/sim/local.ts';
import { stage as stageOf } from '../../../src/lessons/scenarios/world.ts';
import { STEPS_MAX } from '../../../src/sim/program/model.ts';
import {
  begin,
  createStage,
  perform,
  runStage,
  runToEnd,
  stop,
  textOf,
  type Stage,
} from '../../support/local-program.ts';

const seconds = (n: number): Micros => (n * 1_000_000) as Micros;

/** Three servers that serve. */
function serving(seed = 1): Stage {
  const run = createLocalRun({ ...stageOf(3), seed });
  runUntil(run, seconds(3));
  return createStage(run);
}

async function outputOf(text: string, of = 1): Promise<readonly string[]> {
  const stage = serving();
  begin(stage, text, of);
  await runToEnd(stage, 60);
  for (const { end, result } of stage.programs)
    expect({ end, result }).toEqual({ end: 'over', result: { kind: 'done' } });
  return stage.programs.flatMap((program) => textOf(program));
}

const NEW_CLIENTS = ['A', 'B', 'C'];

describe('the API', () => {
  test('requests are answered as ZooKeeper answers them', async () => {
    const output = await outputOf(`
      const zk = await connect();
      log(zk.state, await zk.create('/a', 'one'));
      const { data, stat } = await zk.get('/a');
      log(data, stat.version, (await zk.set('/a', { n: 2 }, 0)).version, (await zk.get('/a')).data);
      log(await zk.create('/a/s-', '', { sequential: true, ephemeral: true }), await zk.children('/a'));
      log(await zk.exists('/none'), (await zk.exists('/a')).numChildren);
      await zk.ensure('/x/y/z');
      log((await zk.getAcl('/x')).acl);
      await zk.setAcl('/x', 'world:anyone:r');
      log((await zk.getAcl('/x')).acl);
      await zk.sync('/');
      const made = await zk.multi([
        { op: 'check', path: '/a', version: 1 },
        { op: 'create', path: '/m', data: 'm' },
        { op: 'set', path: '/a', data: 'three' },
        { op: 'delete', path: '/m' },
      ]);
      log(made.length, (await zk.get('/a')).data);
      await zk.close();
      log(zk.state);
    `);
    expect(output).toEqual([
      'CONNECTED /a',
      'one 0 1 {"n":2}',
      '/a/s-0000000000 ["s-0000000000"]',
      'null 1',
      'world:anyone:cdrwa',
      'world:anyone:r',
      '4 three',
      'CLOSED',
    ]);
  });

  test('a request fails as in ZooKeeper, and its line is known', async () => {
    const stage = serving();
    const [program] = begin(stage, "const zk = await connect();\nawait zk.create('/a/b');");
    await runToEnd(stage, 20);
    expect(program?.result).toEqual({
      kind: 'failed',
      name: 'NONODE',
      message: 'KeeperException: KeeperErrorCode = NoNode for /a/b',
      line: 2,
    });
    const output = await outputOf(`
      const zk = await connect();
      await zk.create('/a');
      const codes = [];
      for (const attempt of [
        () => zk.create('/a'),
        () => zk.set('/a', '', 7),
        () => zk.delete('/none'),
        () => zk.get('/none'),
        () => zk.multi([{ op: 'delete', path: '/a' }, { op: 'check', path: '/b' }]),
      ]) {
        await attempt().catch((error) => codes.push(error.code));
      }
      log(codes);
    `);
    expect(output).toEqual(['["NODEEXISTS", "BADVERSION", "NONODE", "NONODE", "NONODE"]']);
  });

  test('what cannot be a request is refused with a sentence', async () => {
    const output = await outputOf(`
      const zk = await connect();
      for (const attempt of [
        () => zk.create('a'),
        () => zk.get(7),
        () => zk.create('/a', '', { container: true, ephemeral: true }),
        () => zk.setAcl('/a', 'nonsense'),
      ]) {
        await attempt().catch((error) => log(error.message));
      }
    `);
    expect(output).toEqual([
      '"a": Path must start with / character',
      "a path is a text like '/app/lock', not 7",
      'a container is neither ephemeral nor sequential',
      'nonsense does not have the form scheme:id:perm',
    ]);
  });

  test('watches fire once, lasting ones for ever, and can be waited for', async () => {
    const output = await outputOf(`
      const zk = await connect();
      const other = await connect();
      await zk.exists('/a', (event) => log('once', event.type, event.path));
      await zk.addWatch('/', (event) => log('lasting', event.type, event.path), { recursive: true });
      await other.create('/a', '1');
      await other.set('/a', '2');
      const changed = watch();
      log((await zk.get('/a', changed)).data);
      await other.set('/a', '3');
      log('waited for', (await changed.fired).type, (await zk.get('/a')).data);
      const gone = zk.watchExists('/a');
      await other.delete('/a');
      log('gone', (await gone).type);
    `);
    expect(output).toEqual([
      'once NodeCreated /a',
      'lasting NodeCreated /a',
      'lasting NodeDataChanged /a',
      '2',
      'lasting NodeDataChanged /a',
      'waited for NodeDataChanged 3',
      'lasting NodeDeleted /a',
      'gone NodeDeleted',
    ]);
  });

  test('time and chance are those of the run', async () => {
    const text = `
      const began = now();
      await sleep(250);
      log(now() - began, Date.now() - 1767225600000 - Math.floor(now()), new Date().getFullYear());
      log(Math.random(), Math.random());
    `;
    const output = await outputOf(text, 2);
    expect(output[0]).toBe('250 0 2026');
    expect(output[1]).not.toBe(output[3]);
    expect(await outputOf(text, 2)).toEqual(output);
  });
});

describe('what happens to its server happens to it', () => {
  test('a server crashes: ConnectionLoss, another server, and the same session', async () => {
    const stage = serving();
    const [program] = begin(
      stage,
      `const zk = await connect({ timeout: 4000 });
      zk.on((event) => log(event.state));
      const before = zk.sessionId;
      log('on', zk.server);
      for (;;) {
        try { await zk.set('/zookeeper', 'x'); } catch (error) { log(error.code); if (error.code === 'CONNECTIONLOSS') break; }
        await sleep(5);
      }
      await zk.connected();
      log('same', zk.sessionId === before, zk.server);`,
    );
    await runStage(stage, seconds(4));
    const on = Number(program?.lines[0]?.text.split(' ')[1]);
    await perform(stage, { kind: 'crash', sid: on as Sid, tail: 'chance', silent: false });
    await runToEnd(stage, 30);
    const output = program === undefined ? [] : textOf(program);
    expect(output).toContain('CONNECTIONLOSS');
    expect(output).toContain('Disconnected');
    expect(output.at(-1)).toMatch(/^same true [123]$/);
    expect(output.at(-1)).not.toBe(`same true ${String(on)}`);
  });

  test('it stands still too long: the session expires, and its watches hear of it', async () => {
    const stage = serving();
    const [program] = begin(
      stage,
      `const zk = await connect({ timeout: 2000 });
      zk.on((event) => log(event.state));
      await zk.create('/mine', '', { ephemeral: true });
      const gone = watch();
      await zk.exists('/mine', gone);
      try { await gone.fired; } catch (error) { log(error.code, zk.state); }
      await zk.get('/').catch((error) => log(error.code));`,
    );
    await runStage(stage, seconds(4));
    const process = program?.seat.program.sessions[0]?.process ?? (0 as ProcessId);
    await perform(stage, { kind: 'pause', process });
    await runStage(stage, seconds(9));
    await perform(stage, { kind: 'resume', process });
    await runToEnd(stage, 20);
    expect(program === undefined ? [] : textOf(program)).toEqual([
      'SyncConnected',
      'Expired',
      'SESSIONEXPIRED CLOSED',
      'SESSIONEXPIRED',
    ]);
  });

  test('a session that is closed is over, also where nobody answers', async () => {
    const stage = serving();
    const text = `const zk = await connect({ timeout: 2000, servers: [1] });
      await sleep(2000);
      await zk.close();
      log(zk.state);`;
    const [program] = begin(stage, text);
    await runStage(stage, seconds(4));
    const from = program?.seat.program.sessions[0]?.process ?? (0 as ProcessId);
    await perform(stage, { kind: 'cut', from, to: 1 as ProcessId, bothWays: true });
    await runToEnd(stage, 20);
    expect(program?.result).toEqual({ kind: 'done' });
    expect(program === undefined ? [] : textOf(program)).toEqual(['CLOSED']);
  });

  test('whoever kills one of its processes ends it, and its other processes', async () => {
    const stage = serving();
    const [program] = begin(stage, 'await connect(); await connect(); await sleep(Infinity);');
    await runStage(stage, seconds(4));
    const sessions = [...(program?.seat.program.sessions ?? [])];
    expect(sessions).toHaveLength(2);
    const process = sessions[0]?.process ?? (0 as ProcessId);
    await perform(stage, { kind: 'killClient', process });
    expect(program?.end).toBe('killed');
    const { byId } = stage.run.world;
    expect(sessions.map((one) => byId.get(one.process)?.status)).toEqual(['down', 'down']);
  });

  test('it may kill a session of its own, as a crash would', async () => {
    const output = await outputOf(`
      const zk = await connect({ timeout: 2000 });
      const dying = await connect({ timeout: 2000 });
      await dying.create('/mine', '', { ephemeral: true });
      const gone = zk.watchExists('/mine');
      dying.kill();
      await dying.get('/').catch((error) => log(dying.state, error.code));
      await gone;
      log('expired');
    `);
    expect(output).toEqual(['CLOSED SESSIONEXPIRED', 'expired']);
  });
});

describe('its bounds', () => {
  test('so many steps, and no more', async () => {
    const stage = serving();
    const [program] = begin(stage, 'for (;;) await sleep(0);');
    const seat = program?.seat.program;
    if (seat === undefined) throw new Error('a program has a seat');
    seat.steps = STEPS_MAX - 50;
    await runToEnd(stage, 1);
    expect(program?.end).toBe('tooMany');
  });

  test('so many requests at once, and no more', async () => {
    const stage = serving();
    const [program] = begin(
      stage,
      "const zk = await connect();\nfor (let n = 0; n < 20_000; n += 1) void zk.exists('/').catch(() => 0);\nawait sleep(1);",
    );
    await runToEnd(stage, 10);
    expect(program?.result).toEqual({
      kind: 'failed',
      name: 'RangeError',
      message: 'RangeError: a program asks for at most 10000 things without waiting',
      line: 2,
    });
  });

  test('a server that is none is refused, and the program told', async () => {
    const stage = serving();
    const [program] = begin(stage, 'await connect({ servers: [9] });');
    await runToEnd(stage, 10);
    expect(program?.result).toMatchObject({
      kind: 'failed',
      message: 'Error: a server is not of this ensemble',
      line: 1,
    });
  });

  test('stopped, its processes die and their sessions live on', async () => {
    const stage = serving();
    const [program] = begin(stage, "const zk = await connect(); await zk.watchExists('/never');");
    await runStage(stage, seconds(4));
    expect(program?.waiting).toMatchObject([{ kind: 'event', what: '/never', line: 1 }]);
    if (program !== undefined) await stop(stage, program);
    expect(program?.end).toBe('stopped');
    expect(recordOf(stage.run).actions.map(({ action }) => action.kind)).toEqual([
      'addClient',
      'submit',
      'killClient',
    ]);
  });
});

describe('the run', () => {
  const text = `const zk = await connect();
    await zk.ensure('/work');
    for (let n = 0; n < 5; n += 1) {
      const path = await zk.create('/work/n-', String(me.number), { sequential: true });
      await sleep(Math.floor(Math.random() * 200));
      await zk.delete(path);
    }`;

  async function hashOf(step: number): Promise<Stage> {
    const stage = serving(7);
    begin(stage, text, 3);
    await runStage(stage, seconds(12), step);
    expect(stage.programs.map(({ end }) => end)).toEqual(['over', 'over', 'over']);
    return stage;
  }

  test('is the same however time is cut, and from its record alone', async () => {
    const whole = await hashOf(Infinity);
    const cut = await hashOf(777);
    expect(traceHash(cut.run)).toBe(traceHash(whole.run));
    expect(traceHash(replay(recordOf(whole.run)))).toBe(traceHash(whole.run));
    const names = whole.run.world.processes.flatMap(({ kind, name }) =>
      kind === 'client' ? [name] : [],
    );
    expect(names).toEqual(NEW_CLIENTS);
  });
});
