import { describe, expect, test } from 'vitest';
import type { Message, ServerEvent } from '../../../src/core/quorum/peer-io.ts';
import type { ConnId, ProcessId, Sid } from '../../../src/core/units.ts';
import { LocalNetwork } from '../../../src/node/local-network.ts';
import type { Transport } from '../../../src/node/member.ts';

const [ONE, TWO] = [1 as Sid, 2 as Sid];
const CONN = 77 as ConnId;

interface Heard {
  readonly network: LocalNetwork;
  readonly one: Transport;
  readonly two: Transport;
  /** `2: dialled`, in the order in which it was heard. */
  readonly events: string[];
}

function pair(): Heard {
  const network = new LocalNetwork();
  const events: string[] = [];
  const hear = (sid: number) => (event: ServerEvent) => {
    const text = event.kind === 'packet' ? String(zxidOf(event.message)) : event.kind;
    events.push(`${String(sid)}: ${text}`);
  };
  return { network, one: network.join(ONE, hear(1)), two: network.join(TWO, hear(2)), events };
}

function packet(zxid: number): Message {
  return { type: 'COMMIT', zxid: BigInt(zxid) } as Message;
}

function zxidOf(message: Message): bigint {
  return 'zxid' in message ? message.zxid : 0n;
}

function dial({ one }: Heard, port: 'election' | 'quorum' = 'election'): void {
  one.carryOut({ kind: 'connect', conn: CONN, to: TWO as number as ProcessId, port });
}

function say(from: Transport, zxid: number): void {
  from.carryOut({ kind: 'send', conn: CONN, message: packet(zxid) });
}

describe('a connection', () => {
  test('is dialled, accepted, used in order and closed', () => {
    const heard = pair();
    dial(heard);
    heard.two.carryOut({ kind: 'accept', conn: CONN });
    say(heard.one, 1);
    say(heard.one, 2);
    say(heard.two, 3);
    heard.one.carryOut({ kind: 'close', conn: CONN });
    say(heard.two, 4);
    expect(heard.events).toEqual(['2: dialled', '1: opened', '2: 1', '2: 2', '1: 3', '2: closed']);
  });

  test('to who is not there is refused', () => {
    const heard = pair();
    heard.network.leave(TWO);
    dial(heard);
    expect(heard.events).toEqual(['1: refused']);
  });

  test('ends with the process at its other end', () => {
    const heard = pair();
    dial(heard);
    heard.two.carryOut({ kind: 'accept', conn: CONN });
    heard.network.leave(TWO);
    expect(heard.events).toEqual(['2: dialled', '1: opened', '1: closed']);
  });

  test('to an election port that refuses is refused at once', () => {
    const heard = pair();
    dial(heard);
    heard.two.carryOut({ kind: 'refuse', conn: CONN });
    expect(heard.events).toEqual(['2: dialled', '1: refused']);
  });

  test('to a quorum port that is about to open is tried again', async () => {
    const heard = pair();
    dial(heard, 'quorum');
    heard.two.carryOut({ kind: 'refuse', conn: CONN });
    expect(heard.events).toEqual(['2: dialled']);
    await expect.poll(() => heard.events).toEqual(['2: dialled', '2: dialled']);
    heard.two.carryOut({ kind: 'accept', conn: CONN });
    expect(heard.events.at(-1)).toBe('1: opened');
  });
});

describe('over a cut', () => {
  test('what was said arrives when it heals, in order', () => {
    const heard = pair();
    dial(heard);
    heard.two.carryOut({ kind: 'accept', conn: CONN });
    heard.events.length = 0;
    heard.network.partition([[ONE], [TWO]]);
    say(heard.one, 1);
    say(heard.two, 2);
    say(heard.one, 3);
    heard.one.carryOut({ kind: 'close', conn: CONN });
    expect(heard.events).toEqual([]);
    heard.network.heal();
    expect(heard.events).toEqual(['2: 1', '2: 3', '2: closed']);
  });

  test('a dial waits', () => {
    const heard = pair();
    heard.network.partition([[ONE, TWO], []]);
    heard.network.partition([[TWO]]);
    dial(heard);
    expect(heard.events).toEqual([]);
    heard.network.partition([[ONE, TWO]]);
    expect(heard.events).toEqual(['2: dialled']);
  });

  test('a process that is gone is noticed when it heals', () => {
    const heard = pair();
    dial(heard);
    heard.two.carryOut({ kind: 'accept', conn: CONN });
    heard.network.partition([[ONE], [TWO]]);
    heard.network.leave(TWO);
    expect(heard.events).toEqual(['2: dialled', '1: opened']);
    heard.network.heal();
    expect(heard.events.at(-1)).toBe('1: closed');
  });

  test('more than anybody keeps breaks the connection for both', () => {
    const heard = pair();
    dial(heard);
    heard.two.carryOut({ kind: 'accept', conn: CONN });
    heard.events.length = 0;
    heard.network.partition([[ONE], [TWO]]);
    for (let i = 0; i < 20_000; i++) say(heard.one, i);
    heard.network.heal();
    expect(heard.events).toEqual(['2: closed', '1: closed']);
    say(heard.one, 1);
    expect(heard.events.length).toBe(2);
  });
});
