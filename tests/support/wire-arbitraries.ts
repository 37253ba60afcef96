/** Any message that can stand on one of the three ports, for fast-check. */
import fc from 'fast-check';
import { ErrorCode } from '../../src/core/error-code.ts';
import type { Acl, Stat } from '../../src/core/jute/data.ts';
import { EventType, KeeperState, NO_BODY } from '../../src/core/jute/proto.ts';
import type {
  ClientReply,
  ClientRequest,
  ConnectRequest,
  ConnectResponse,
  MultiOp,
  OpResult,
  ReplyBody,
  Request,
  WatchNotification,
} from '../../src/core/jute/proto.ts';
import type { TxnRecord } from '../../src/core/jute/txn.ts';
import type { WirePacket } from '../../src/core/quorum/packet-codec.ts';
import type { Hello } from '../../src/core/quorum/packet.ts';
import type { Notification } from '../../src/core/quorum/vote.ts';
import type { SnapshotNode } from '../../src/core/txn-log/snapshot.ts';
import type { Millis, SessionId, Sid } from '../../src/core/units.ts';
import type { Zxid } from '../../src/core/zxid.ts';

const int = fc.integer();
const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const sessionId = long.map((n) => n as SessionId);
const zxid = long.map((n) => n as Zxid);
const moment = fc.maxSafeNat().map((n) => n as Millis);
const timeOut = int.map((n) => n as Millis);
const sid = fc.integer({ min: 0, max: 255 }).map((n) => n as Sid);
const bytes = fc.uint8Array({ maxLength: 40 });
const data = fc.option(bytes);

/** Without surrogates: those do not come back, in ZooKeeper either. */
const text = fc
  .string({ unit: fc.integer({ min: 0, max: 0xffff }).map((n) => String.fromCharCode(n)) })
  .map((s) => s.replace(/[\ud800-\udfff]/g, '_'));
const texts = fc.array(text, { maxLength: 4 });

const ids = fc.array(fc.record({ scheme: text, id: text }), { maxLength: 3 });
const acl: fc.Arbitrary<readonly Acl[]> = fc.array(
  fc.record({ perms: int, id: fc.record({ scheme: text, id: text }) }),
  { maxLength: 3 },
);

const created = { path: text, data, acl };
const noTtl = { ttl: fc.constant(0) };

/** In a multi the flags and the operation agree, or they are changed as they are read. */
const multiOp: fc.Arbitrary<MultiOp> = fc.oneof(
  fc.record({
    op: fc.constantFrom('create', 'create2'),
    ...created,
    flags: fc.integer({ min: 0, max: 3 }),
    ...noTtl,
  }),
  fc.record({
    op: fc.constant('createContainer' as const),
    ...created,
    flags: fc.constant(4),
    ...noTtl,
  }),
  fc.record({
    op: fc.constant('createTTL' as const),
    ...created,
    flags: fc.constantFrom(5, 6),
    ttl: fc.maxSafeInteger(),
  }),
  fc.record({ op: fc.constant('delete' as const), path: text, version: int }),
  fc.record({ op: fc.constant('setData' as const), path: text, data, version: int }),
  fc.record({ op: fc.constant('check' as const), path: text, version: int }),
);

const read = (
  ops: ('exists' | 'getData' | 'getChildren' | 'getChildren2')[],
): fc.Arbitrary<Request> =>
  fc.record({ op: fc.constantFrom(...ops), path: text, watch: fc.boolean() });

/** Everything that a client sends. */
export const request: fc.Arbitrary<Request> = fc.oneof(
  fc.record({
    op: fc.constantFrom('create', 'create2', 'createContainer'),
    ...created,
    flags: int,
    ...noTtl,
  }),
  fc.record({
    op: fc.constant('createTTL' as const),
    ...created,
    flags: int,
    ttl: fc.maxSafeInteger(),
  }),
  multiOp,
  read(['exists', 'getData', 'getChildren', 'getChildren2']),
  fc.record({ op: fc.constant('sync' as const), path: text }),
  fc.record({
    op: fc.constantFrom('getACL', 'getAllChildrenNumber'),
    path: text,
  }) as fc.Arbitrary<Request>,
  fc.record({ op: fc.constant('deleteContainer' as const), path: text }),
  fc.record({ op: fc.constant('setACL' as const), path: text, acl, version: int }),
  fc.record({ op: fc.constant('multi' as const), ops: fc.array(multiOp, { maxLength: 4 }) }),
  fc.record({
    op: fc.constant('multiRead' as const),
    ops: fc.array(
      fc.record({
        op: fc.constantFrom('getData', 'getChildren'),
        path: text,
        watch: fc.constant(false),
      }),
      { maxLength: 4 },
    ),
  }),
  fc.record({
    op: fc.constant('setWatches' as const),
    relativeZxid: zxid,
    dataWatches: texts,
    existWatches: texts,
    childWatches: texts,
    persistentWatches: fc.constant([]),
    persistentRecursiveWatches: fc.constant([]),
  }),
  fc.record({
    op: fc.constant('setWatches2' as const),
    relativeZxid: zxid,
    dataWatches: texts,
    existWatches: texts,
    childWatches: texts,
    persistentWatches: texts,
    persistentRecursiveWatches: texts,
  }),
  fc.record({ op: fc.constant('addWatch' as const), path: text, mode: int }),
  fc.record({ op: fc.constantFrom('checkWatches', 'removeWatches'), path: text, type: int }),
  fc.record({ op: fc.constant('getEphemerals' as const), prefixPath: text }),
  fc.record({ op: fc.constant('auth' as const), type: int, scheme: text, auth: data }),
  fc.record({ op: fc.constant('sasl' as const), token: data }),
  fc.record({
    op: fc.constant('reconfig' as const),
    joiningServers: fc.option(text),
    leavingServers: fc.option(text),
    newMembers: fc.option(text),
    curConfigId: long,
  }),
  fc.record({ op: fc.constantFrom('ping', 'closeSession', 'whoAmI') }),
);

export const clientRequest: fc.Arbitrary<ClientRequest> = fc.record({
  kind: fc.constant('request' as const),
  xid: int,
  request,
});

export const connectRequest: fc.Arbitrary<ConnectRequest> = fc.record({
  kind: fc.constant('connectRequest' as const),
  protocolVersion: int,
  lastZxidSeen: zxid,
  timeOut,
  sessionId,
  passwd: bytes,
  readOnly: fc.boolean(),
});

export const connectResponse: fc.Arbitrary<ConnectResponse> = fc.record({
  kind: fc.constant('connectResponse' as const),
  protocolVersion: int,
  timeOut,
  sessionId,
  passwd: bytes,
  readOnly: fc.boolean(),
});

const stat: fc.Arbitrary<Stat> = fc.record({
  czxid: zxid,
  mzxid: zxid,
  ctime: moment,
  mtime: moment,
  version: int,
  cversion: int,
  aversion: int,
  ephemeralOwner: sessionId,
  dataLength: int,
  numChildren: int,
  pzxid: zxid,
});

const err = fc.constantFrom(...Object.values(ErrorCode));
const nothing = { path: null, stat: null, data: null, children: null } as const;
const result = (
  parts: fc.Arbitrary<Partial<OpResult> & Pick<OpResult, 'op'>>,
): fc.Arbitrary<OpResult> => parts.map((part) => ({ err: ErrorCode.OK, ...nothing, ...part }));

const opResult: fc.Arbitrary<OpResult> = fc.oneof(
  result(fc.record({ op: fc.constant('create' as const), path: text })),
  result(fc.record({ op: fc.constant('create2' as const), path: text, stat })),
  result(fc.record({ op: fc.constant('setData' as const), stat })),
  result(fc.record({ op: fc.constantFrom('delete', 'check') })),
  result(fc.record({ op: fc.constant('getData' as const), data, stat })),
  result(fc.record({ op: fc.constant('getChildren' as const), children: texts })),
  result(fc.record({ op: fc.constant('error' as const), err })),
);

type Answer = Pick<ClientReply, 'op' | 'body'>;
const answer = (
  op: ClientReply['op'],
  parts: { readonly [K in keyof ReplyBody]?: fc.Arbitrary<NonNullable<ReplyBody[K]> | null> },
): fc.Arbitrary<Answer> =>
  fc
    .record(parts as Record<string, fc.Arbitrary<unknown>>)
    .map((body) => ({ op, body: { ...NO_BODY, ...body } }));

const answers = fc.oneof(
  answer('create', { path: text }),
  answer('create2', { path: text, stat }),
  answer('exists', { stat }),
  answer('getData', { data, stat }),
  answer('getACL', { acl, stat }),
  answer('getChildren', { children: texts }),
  answer('getChildren2', { children: texts, stat }),
  answer('sync', { path: text }),
  answer('multi', { results: fc.array(opResult, { maxLength: 4 }) }),
  answer('reconfig', { data, stat }),
  answer('sasl', { data }),
  answer('getAllChildrenNumber', { count: int }),
  answer('whoAmI', { clientInfo: fc.array(fc.record({ authScheme: text, user: text })) }),
  answer('delete', {}),
  answer('addWatch', {}),
);

const usualXid = fc.integer({ min: 1 });

export const reply: fc.Arbitrary<ClientReply> = fc.oneof(
  fc
    .record({ xid: usualXid, zxid, answered: answers })
    .map(({ answered, ...header }): ClientReply => ({
      kind: 'reply',
      ...header,
      err: ErrorCode.OK,
      ...answered,
    })),
  fc
    .record({ xid: usualXid, zxid, err: err.filter((code) => code !== 0) })
    .map((header): ClientReply => ({ kind: 'reply', op: 'getData', ...header, body: NO_BODY })),
);

export const notification: fc.Arbitrary<WatchNotification> = fc.record({
  kind: fc.constant('notification' as const),
  zxid,
  type: fc.constantFrom(...Object.values(EventType)),
  state: fc.constantFrom(...Object.values(KeeperState)),
  path: text,
});

const single = fc.oneof(
  fc.record({
    type: fc.constantFrom('create', 'create2'),
    ...created,
    ephemeral: fc.boolean(),
    parentCVersion: int,
  }),
  fc.record({ type: fc.constantFrom('setData', 'reconfig'), path: text, data, version: int }),
  fc.record({ type: fc.constantFrom('delete', 'deleteContainer'), path: text }),
  fc.record({ type: fc.constant('createSession' as const), timeOut }),
  fc.record({ type: fc.constant('closeSession' as const), paths: texts }),
  fc.record({ type: fc.constant('error' as const), err }),
);

export const txnRecord: fc.Arbitrary<TxnRecord> = fc.record({
  header: fc.record({ clientId: sessionId, cxid: int, zxid, time: moment }),
  txn: fc.oneof(
    single,
    fc.record({ type: fc.constant('multi' as const), txns: fc.array(single, { maxLength: 3 }) }),
  ),
  digest: fc.option(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })),
});

const session = fc.tuple(sessionId, timeOut);

export const packet: fc.Arbitrary<WirePacket> = fc.oneof(
  fc.record({
    type: fc.constant('REQUEST' as const),
    sessionId,
    cxid: int,
    request: fc.oneof(request, fc.record({ op: fc.constant('createSession' as const), timeOut })),
    authInfo: ids,
  }),
  fc.record({ type: fc.constantFrom('PROPOSAL', 'INFORM'), zxid, record: txnRecord }),
  fc.record({ type: fc.constantFrom('ACK', 'COMMIT'), zxid }) as fc.Arbitrary<WirePacket>,
  fc.record({ type: fc.constantFrom('DIFF', 'TRUNC', 'SNAP'), zxid }),
  fc.record({ type: fc.constant('LEADERINFO' as const), zxid }),
  fc.record({ type: fc.constant('COMMITANDACTIVATE' as const), zxid, leader: sid }),
  fc.record({
    type: fc.constant('INFORMANDACTIVATE' as const),
    zxid,
    leader: sid,
    record: txnRecord,
  }),
  fc.record({ type: fc.constant('PING' as const), zxid, touched: fc.option(fc.array(session)) }),
  fc.record({
    type: fc.constant('REVALIDATE' as const),
    sessionId,
    timeOut,
    valid: fc.constant(null),
  }),
  fc.record({
    type: fc.constant('REVALIDATE' as const),
    sessionId,
    timeOut: fc.constant(0 as Millis),
    valid: fc.boolean(),
  }),
  fc.record({ type: fc.constantFrom('SYNC', 'UPTODATE') }) as fc.Arbitrary<WirePacket>,
  fc.record({
    type: fc.constantFrom('FOLLOWERINFO', 'OBSERVERINFO'),
    zxid,
    sid,
    configVersion: zxid,
  }),
  fc.record({ type: fc.constant('ACKEPOCH' as const), zxid, currentEpoch: int }),
  fc.record({ type: fc.constant('NEWLEADER' as const), zxid, config: text }),
);

export const hello: fc.Arbitrary<Hello> = fc.record({
  kind: fc.constant('hello' as const),
  sid,
  address: fc.constantFrom('host:3888', '[::1]:1', 'a:1|b:2'),
});

export const vote: fc.Arbitrary<Notification> = fc.record({
  kind: fc.constant('notification' as const),
  sid,
  state: fc.constantFrom('LOOKING', 'FOLLOWING', 'LEADING', 'OBSERVING'),
  leader: sid,
  zxid,
  electionEpoch: fc.maxSafeInteger(),
  peerEpoch: fc.maxSafeInteger(),
  config: text,
});

export const sessions = fc.array(session, { maxLength: 4 });

/** In pre-order, each the child of the one before. */
export const snapshotNodes: fc.Arbitrary<readonly SnapshotNode[]> = fc
  .array(
    fc.record({
      data,
      acl: acl.filter((list) => list.length > 0),
      czxid: zxid,
      mzxid: zxid,
      ctime: moment,
      mtime: moment,
      version: int,
      cversion: int,
      aversion: int,
      ephemeralOwner: sessionId,
      pzxid: zxid,
    }),
    { maxLength: 5 },
  )
  .map((bodies) => bodies.map((body, i) => ({ path: '/n'.repeat(i), ...body })));
