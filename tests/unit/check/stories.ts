/** Turns that healthy ensembles take, in the notation of `notation.ts`, to build tables from. */

export interface Cast {
  readonly leader: number;
  readonly followers: readonly number[];
  readonly epoch: number;
}

/** All of them start with the same log. */
export function boot(servers: readonly number[], log = '', options = ''): string {
  return servers.map((sid) => `${String(sid)}: boot ${log} ${options}; looking`).join('\n');
}

/**
 * From LOOKING to BROADCAST, for followers that miss nothing: discovery, an empty DIFF, NEWLEADER
 * and UPTODATE. @param last The last zxid of their histories.
 */
export function elect(cast: Cast, last = '0.0'): string {
  return [lead(cast), ...cast.followers.map((sid) => join(cast, sid, last)), serve(cast)].join(
    '\n',
  );
}

/** The leader proposes its epoch; its followers promise it, and it is established. */
export function lead({ leader, followers, epoch }: Cast, last = '0.0'): string {
  const [l, e] = [String(leader), String(epoch)];
  const lines = [
    `${l}: leading discovery ${e}`,
    ...followers.map((sid) => `${String(sid)}: ${callLeader(leader, epoch)}`),
    `${l}: accepted ${e}; send LEADERINFO ${e}.0`,
    ...followers.map((sid) => `${String(sid)}: got LEADERINFO ${e}.0`),
    ...followers.map((sid) => `${String(sid)}: accepted ${e}; send ACKEPOCH ${last}`),
    `${l}: current ${e}; established ${e}; leading synchronization ${e}`,
  ];
  return lines.join('\n');
}

/** A follower dials its leader and says what it has accepted so far: the epoch before. */
export function callLeader(leader: number, epoch: number): string {
  const [l, e] = [String(leader), String(epoch)];
  return `following ${l} discovery ${e}; send FOLLOWERINFO ${String(epoch - 1)}.0`;
}

/** One follower is synchronised with an empty DIFF and acknowledges. */
export function join({ leader, epoch }: Cast, sid: number, last: string): string {
  const [l, e, f] = [String(leader), String(epoch), String(sid)];
  return [
    `${f}: following ${l} synchronization ${e}`,
    `${f}: got DIFF ${last}`,
    `${f}: got NEWLEADER ${e}.0`,
    `${f}: current ${e}; synchronized ${last}; send ACK ${e}.0`,
  ].join('\n');
}

/** The leader starts to serve, and its followers get UPTODATE. */
export function serve({ leader, followers, epoch }: Cast): string {
  const [l, e] = [String(leader), String(epoch)];
  const lines = followers.map((sid) => `${String(sid)}: following ${l} broadcast ${e}`);
  return [`${l}: leading broadcast ${e}`, ...lines].join('\n');
}

/** One write: everybody logs, syncs and acknowledges it, then it is committed and applied. */
export function write({ leader, followers }: Cast, zxid: string): string {
  const l = String(leader);
  const fs = followers.map(String);
  return [
    `${l}: propose ${zxid}; send PROPOSAL ${zxid}; log ${zxid}`,
    ...fs.map((f) => `${f}: log ${zxid}`),
    ...fs.map((f) => `${f}: sync ${zxid}; send ACK ${zxid}`),
    `${l}: sync ${zxid}`,
    `${l}: commit ${zxid} by ${[l, ...fs].join(',')}; apply ${zxid}`,
    ...fs.map((f) => `${f}: got COMMIT ${zxid}; apply ${zxid}`),
  ].join('\n');
}

/** Only those named log it, durably; nothing is committed. */
export function propose({ leader }: Cast, zxid: string, loggers: readonly number[]): string {
  const lines = loggers.map((sid) => `${String(sid)}: log ${zxid}; sync ${zxid}`);
  return [`${String(leader)}: propose ${zxid}; send PROPOSAL ${zxid}`, ...lines].join('\n');
}

export function crash(...servers: readonly number[]): string {
  return servers.map((sid) => `${String(sid)}: crash`).join('\n');
}
