/**
 * The links between members that live in one process. Messages pass by reference, in order, and
 * never overtake each other on one connection. A partition behaves as one between machines: what
 * is said over it waits, as TCP would send it again, until the network heals or an end gives up.
 */
import type { NetworkEffect, PortName, ServerEvent } from '../core/quorum/peer-io.ts';
import type { ConnId, ProcessId, Sid } from '../core/units.ts';
import type { Transport } from './member.ts';

/** Messages that may wait at a cut, for each connection and direction; then it counts as broken. */
const HELD_LIMIT = 10_000;

/** A quorum port that is closed may open in a moment: tried again so often and so long, in ms. */
export const DIAL_RETRY = 3;
export const DIAL_PATIENCE = 100;

const ADDRESS = '127.0.0.1';

interface End {
  readonly sid: Sid;
  alive: boolean;
  /** What waits at a cut for this end. */
  held: ServerEvent[];
}

interface Link {
  readonly conn: ConnId;
  readonly port: PortName;
  readonly dialler: End;
  readonly answerer: End;
  broken: boolean;
  /** Until when a dial is tried again, in milliseconds of the monotonic clock. */
  readonly dialUntil: number;
}

export class LocalNetwork {
  readonly #members = new Map<Sid, (event: ServerEvent) => void>();
  readonly #links = new Map<ConnId, Link>();
  /** The part of the network that a member is in; null while all is whole. */
  #parts: ReadonlyMap<Sid, number> | null = null;

  /** A member comes up. @returns how it reaches the others. */
  join(sid: Sid, deliver: (event: ServerEvent) => void): Transport {
    this.#members.set(sid, deliver);
    return {
      carryOut: (effect) => {
        this.#carryOut(sid, effect);
      },
      setReading: () => undefined,
      flush: () => undefined,
    };
  }

  /** A member is gone: its operating system closes what it had open. */
  leave(sid: Sid): void {
    this.#members.delete(sid);
    for (const link of [...this.#links.values()]) {
      if (link.dialler.sid === sid || link.answerer.sid === sid) this.#close(sid, link);
    }
  }

  /** Only members of one group reach each other; who is in none is alone. */
  partition(groups: readonly (readonly Sid[])[]): void {
    this.#parts = new Map(groups.flatMap((group, i) => group.map((sid) => [sid, i] as const)));
    this.#releaseHeld();
  }

  heal(): void {
    this.#parts = null;
    this.#releaseHeld();
  }

  #carryOut(from: Sid, effect: NetworkEffect): void {
    if (effect.kind === 'connect') {
      this.#dial(from, effect.conn, effect.to as number as Sid, effect.port);
      return;
    }
    const link = this.#links.get(effect.conn);
    if (link === undefined) return;
    switch (effect.kind) {
      case 'accept':
        this.#pass(link, link.dialler, { kind: 'opened', conn: link.conn });
        return;
      case 'refuse':
        this.#refuse(link);
        return;
      case 'send': {
        const { conn, message } = effect;
        this.#pass(link, otherEnd(link, from), { kind: 'packet', conn, message });
        return;
      }
      case 'close':
        this.#close(from, link);
        return;
      default:
    }
  }

  #dial(from: Sid, conn: ConnId, to: Sid, port: PortName): void {
    const link: Link = {
      conn,
      port,
      dialler: { sid: from, alive: true, held: [] },
      answerer: { sid: to, alive: true, held: [] },
      broken: false,
      dialUntil: performance.now() + DIAL_PATIENCE,
    };
    this.#links.set(conn, link);
    this.#knock(link);
  }

  /** Who is elected opens its port a moment before or after its followers dial. */
  #refuse(link: Link): void {
    if (link.port === 'quorum' && performance.now() < link.dialUntil) {
      setTimeout(() => {
        if (this.#links.has(link.conn)) this.#knock(link);
      }, DIAL_RETRY);
      return;
    }
    this.#pass(link, link.dialler, { kind: 'refused', conn: link.conn });
    this.#links.delete(link.conn);
  }

  #knock(link: Link): void {
    const { conn, port } = link;
    const from = link.dialler.sid as number as ProcessId;
    this.#pass(link, link.answerer, { kind: 'dialled', conn, from, address: ADDRESS, port });
    this.#forget(link);
  }

  #pass(link: Link, to: End, event: ServerEvent): void {
    if (!to.alive || link.broken) return;
    if (!this.#reaches(link) || to.held.length > 0) {
      to.held.push(event);
      if (to.held.length > HELD_LIMIT) link.broken = true;
      return;
    }
    this.#hand(link, to, event);
  }

  #hand(link: Link, to: End, event: ServerEvent): void {
    if (!to.alive) return;
    const deliver = this.#members.get(to.sid);
    if (deliver !== undefined) {
      deliver(event);
      return;
    }
    // Nobody is there: the machine answers for the process that is gone.
    to.alive = false;
    if (event.kind === 'dialled') {
      this.#pass(link, otherEnd(link, to.sid), { kind: 'refused', conn: link.conn });
    }
  }

  #close(from: Sid, link: Link): void {
    const own = link.dialler.sid === from ? link.dialler : link.answerer;
    if (!own.alive) return;
    own.alive = false;
    own.held = [];
    const other = otherEnd(link, from);
    this.#pass(link, other, { kind: 'closed', conn: link.conn });
    this.#forget(link);
  }

  #releaseHeld(): void {
    for (const link of [...this.#links.values()]) {
      if (!this.#reaches(link)) continue;
      for (const end of [link.answerer, link.dialler]) {
        const held = link.broken ? [{ kind: 'closed', conn: link.conn } as const] : end.held;
        end.held = [];
        for (const event of held) this.#hand(link, end, event);
      }
      if (link.broken) link.dialler.alive = link.answerer.alive = false;
      this.#forget(link);
    }
  }

  /** A link goes when an end of it is closed and the other one has heard so. */
  #forget({ conn, dialler, answerer }: Link): void {
    if (dialler.alive && answerer.alive) return;
    if (dialler.alive && dialler.held.length > 0) return;
    if (answerer.alive && answerer.held.length > 0) return;
    this.#links.delete(conn);
  }

  #reaches({ dialler, answerer }: Link): boolean {
    const parts = this.#parts;
    if (parts === null) return true;
    const part = parts.get(dialler.sid);
    return part !== undefined && part === parts.get(answerer.sid);
  }
}

function otherEnd(link: Link, sid: Sid): End {
  return link.dialler.sid === sid ? link.answerer : link.dialler;
}
