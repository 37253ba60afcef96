/** module org.apache.zookeeper.data of zookeeper.jute: what clients see of a znode. */
import type { Millis, SessionId } from '../units.ts';
import type { Zxid } from '../zxid.ts';

export const Perms = { READ: 1, WRITE: 2, CREATE: 4, DELETE: 8, ADMIN: 16, ALL: 31 } as const;

export interface Id {
  readonly scheme: string;
  readonly id: string;
}

export interface Acl {
  readonly perms: number;
  readonly id: Id;
}

export const OPEN_ACL_UNSAFE: readonly Acl[] = [
  { perms: Perms.ALL, id: { scheme: 'world', id: 'anyone' } },
];

export const READ_ACL_UNSAFE: readonly Acl[] = [
  { perms: Perms.READ, id: { scheme: 'world', id: 'anyone' } },
];

/** `ctime` and `mtime` are milliseconds since 1970 on the leader's clock. */
export interface Stat {
  readonly czxid: Zxid;
  readonly mzxid: Zxid;
  readonly ctime: Millis;
  readonly mtime: Millis;
  readonly version: number;
  readonly cversion: number;
  readonly aversion: number;
  /** A session id; 0n for anything but an ephemeral. */
  readonly ephemeralOwner: SessionId;
  readonly dataLength: number;
  readonly numChildren: number;
  readonly pzxid: Zxid;
}
