/** The fields of a Stat in the order in which zkCli prints them, as values to show. */
import { NO_SESSION, type Micros, type Millis, type SessionId } from '../../core/units.ts';
import type { TreeNodeView } from '../../core/view.ts';
import type { Zxid } from '../../core/zxid.ts';

export type StatName =
  | 'czxid'
  | 'ctime'
  | 'mzxid'
  | 'mtime'
  | 'pzxid'
  | 'cversion'
  | 'dataVersion'
  | 'aclVersion'
  | 'ephemeralOwner'
  | 'ttl'
  | 'dataLength'
  | 'numChildren';

export type StatValue =
  | { readonly kind: 'zxid'; readonly zxid: Zxid }
  | { readonly kind: 'time'; readonly at: Millis; readonly age: Micros }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'session'; readonly id: SessionId }
  | { readonly kind: 'duration'; readonly time: Millis };

export interface StatField {
  readonly name: StatName;
  readonly value: StatValue;
}

/** EphemeralType.TTL keeps the time to live, in ms, in the low 40 bits of the owner. */
const TTL_BITS = 40;

/**
 * @param now virtual time. @param startTime milliseconds since 1970 at virtual time 0.
 * Source: the order is that of org.apache.zookeeper.cli.StatPrinter (3.9).
 */
export function statFields(
  node: TreeNodeView,
  now: Micros,
  startTime: Millis,
): readonly StatField[] {
  const zxid = (name: StatName, value: Zxid): StatField => ({
    name,
    value: { kind: 'zxid', zxid: value },
  });
  const time = (name: StatName, at: Millis): StatField => ({
    name,
    value: { kind: 'time', at, age: (now - (at - startTime) * 1000) as Micros },
  });
  const number = (name: StatName, value: number): StatField => ({
    name,
    value: { kind: 'number', value },
  });
  return [
    zxid('czxid', node.czxid),
    time('ctime', node.ctime),
    zxid('mzxid', node.mzxid),
    time('mtime', node.mtime),
    zxid('pzxid', node.pzxid),
    number('cversion', node.cversion),
    number('dataVersion', node.version),
    number('aclVersion', node.aversion),
    ownerField(node),
    number('dataLength', node.dataLength),
    number('numChildren', node.numChildren),
  ];
}

function ownerField(node: TreeNodeView): StatField {
  if (node.kind === 'ttl') {
    const time = Number(BigInt.asUintN(TTL_BITS, node.ephemeralOwner)) as Millis;
    return { name: 'ttl', value: { kind: 'duration', time } };
  }
  const id = node.kind === 'ephemeral' ? node.ephemeralOwner : NO_SESSION;
  return { name: 'ephemeralOwner', value: { kind: 'session', id } };
}
