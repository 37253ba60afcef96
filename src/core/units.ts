/** Nominal types for the quantities that cross module borders. */
declare const brand: unique symbol;

/** A nominal type: a `Sid` is not any number. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** Virtual (or, in a headless host, monotonic) time in whole microseconds since the run began. */
export type Micros = Brand<number, 'Micros'>;

/** Milliseconds, as ZooKeeper's settings and Stat fields count: durations, or time since 1970. */
export type Millis = Brand<number, 'Millis'>;

/** A server's id in the ensemble, `myid`: 1..254. */
export type Sid = Brand<number, 'Sid'>;

/** A session id: 64 bits, its owner's sid in the high 8. 0n where there is no session. */
export type SessionId = Brand<bigint, 'SessionId'>;

export const NO_SESSION = 0n as SessionId;

/** Who takes part in the world: a server (its sid, 1..254) or a client process (1001 …). */
export type ProcessId = Brand<number, 'ProcessId'>;

/** A connection, named by the process that dialled it; both ends use the same number. */
export type ConnId = Brand<number, 'ConnId'>;

export function millisToMicros(millis: number): Micros {
  return (millis * 1000) as Micros;
}

/** Rounds down. */
export function microsToMillis(micros: Micros): Millis {
  return Math.floor(micros / 1000) as Millis;
}

/** The form that ZooKeeper logs: `0x100001da2fa0000`. */
export function formatSessionId(id: SessionId): string {
  return `0x${BigInt.asUintN(64, id).toString(16)}`;
}

/**
 * The nth connection that a process dials in its present life. @param incarnation 0..65535.
 * @param n 0..2^24-1.
 */
export function makeConnId(process: ProcessId, incarnation: number, n: number): ConnId {
  return (process * 2 ** 40 + incarnation * 2 ** 24 + n) as ConnId;
}
