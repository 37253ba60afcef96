/** Things of one kind as fields of text, so that two of them can be laid side by side. */
import { formatSessionId, millisToMicros } from '../../core/units.ts';
import type { TreeNodeView } from '../../core/view.ts';
import { formatZxid, type Zxid } from '../../core/zxid.ts';
import type { ClientView, MemberView, PacketView } from '../../sim/frame.ts';
import { formatClock, formatMillis } from '../parts/format.ts';
import { statFields, type StatValue } from '../tree/stat-fields.ts';
import type { Side } from './pins.svelte.ts';
import { placesOf } from './zxid-places.ts';

export interface Field {
  readonly name: string;
  readonly text: string;
  /** Where the text is a transaction, which can be shown. */
  readonly zxid?: Zxid;
}

export interface ComparedField {
  readonly name: string;
  /** Null where that side has no such field. */
  readonly a: Field | null;
  readonly b: Field | null;
  readonly differs: boolean;
}

/** Names of fields stay those of the protocol: both languages know them. */
const text = (name: string, value: string | number | null): Field => ({
  name,
  text: value === null ? '–' : String(value),
});
const at = (name: string, zxid: Zxid | null): Field =>
  zxid === null ? text(name, null) : { name, text: formatZxid(zxid), zxid };

/** Null where it is not there in that picture. */
export function fieldsOf({ selection, frame, sid }: Side): readonly Field[] | null {
  switch (selection.kind) {
    case 'server': {
      const member = frame.members.find((one) => one.sid === selection.sid);
      return member === undefined ? null : serverFields(member);
    }
    case 'client': {
      const client = frame.clients.find(({ process }) => process === selection.process);
      return client === undefined ? null : clientFields(client);
    }
    case 'znode': {
      const tree = frame.tree?.sid === sid ? frame.tree : null;
      const node = tree?.nodes.find(({ path }) => path === selection.path);
      return node === undefined ? null : znodeFields(node);
    }
    case 'packet': {
      const packet = frame.packets.find(
        ({ conn, from, index }) =>
          conn === selection.conn && from === selection.from && index === selection.index,
      );
      return packet === undefined ? null : packetFields(packet);
    }
    case 'zxid':
      return [
        at('zxid', selection.zxid),
        ...placesOf(frame.members, selection.zxid).map((place) =>
          text(`server ${String(place.sid)}`, place.state),
        ),
      ];
  }
}

function serverFields({ status, server, disk, type, skew }: MemberView): readonly Field[] {
  const onDisk = [
    text('disk.acceptedEpoch', disk.acceptedEpoch),
    text('disk.currentEpoch', disk.currentEpoch),
    text('disk.records', disk.records),
    text('disk.unsynced', disk.unsynced),
    at('disk.lastZxid', disk.lastZxid),
    text('disk.snapshots', disk.snapshots.map(({ zxid }) => formatZxid(zxid)).join(' ')),
    text('disk.busyWith', disk.busyWith),
  ];
  const first = [text('status', status), text('type', type)];
  const clock = text('clockSkew', `${String(skew)} µs`);
  if (server === null) return [...first, ...onDisk, clock];
  const vote = server.proposedVote;
  return [
    ...first,
    text('state', server.state),
    text('zabState', server.zabState),
    text('syncMode', server.syncMode),
    text('serving', String(server.serving)),
    text('leader', server.leader),
    text('acceptedEpoch', server.acceptedEpoch),
    text('currentEpoch', server.currentEpoch),
    text('logicalclock', server.logicalclock),
    text(
      'vote',
      vote && `${String(vote.leader)} · ${String(vote.peerEpoch)} · ${formatZxid(vote.zxid)}`,
    ),
    at('lastLogged', server.lastLogged),
    at('lastCommitted', server.lastCommitted),
    at('lastProcessed', server.lastProcessed),
    text(
      'committedLog',
      `${formatZxid(server.committedLog.min)} – ${formatZxid(server.committedLog.max)}`,
    ),
    text('znodes', server.znodes),
    text('digest', server.digest),
    text('watches', server.watches),
    text('sessions', server.sessions.length),
    text('connections', server.connections.length),
    text('learners', server.learners.map((learner) => learner.sid).join(' ')),
    text('outstanding', server.outstanding.length),
    ...server.processors
      .filter(({ name }) => name === 'CommitProcessor' || name === 'SyncRequestProcessor')
      .map(({ name, length }) => text(name, length)),
    ...onDisk,
    clock,
  ];
}

function clientFields(client: ClientView): readonly Field[] {
  return [
    text('status', client.status),
    text('state', client.state),
    text('server', client.server),
    text('sessionId', formatSessionId(client.sessionId)),
    text('timeOut', formatMillis(client.timeOut)),
    text('pending', client.pending),
    at('lastZxid', client.lastZxid),
    text('watches', client.watches.map(({ kind, path }) => `${path} (${kind})`).join(' ')),
  ];
}

export function znodeFields(node: TreeNodeView): readonly Field[] {
  const value = (it: StatValue): string => {
    if (it.kind === 'time') return formatClock(it.at);
    if (it.kind === 'session') return formatSessionId(it.id);
    if (it.kind === 'duration') return formatMillis(it.time);
    return it.kind === 'zxid' ? formatZxid(it.zxid) : String(it.value);
  };
  return [
    text('path', node.path),
    text('kind', node.kind),
    text('data', node.text),
    ...statFields(node, millisToMicros(0), node.ctime).map((field) =>
      field.value.kind === 'zxid'
        ? at(field.name, field.value.zxid)
        : text(field.name, value(field.value)),
    ),
    text('watchers', node.watchers.map(formatSessionId).join(' ')),
  ];
}

function packetFields(packet: PacketView): readonly Field[] {
  return [
    text('type', packet.type),
    text('summary', packet.summary),
    text('from', packet.from),
    text('to', packet.to),
    text('port', packet.port),
    at('zxid', packet.zxid),
    text('epoch', packet.epoch),
    text('sentAt', `${String(packet.sentAt)} µs`),
    text('held', String(packet.held)),
  ];
}

/** The fields of both, in the order of the first; those that only the second has come last. */
export function compareFields(a: readonly Field[], b: readonly Field[]): readonly ComparedField[] {
  const inB = new Map(b.map((field) => [field.name, field]));
  const inA = new Set(a.map(({ name }) => name));
  const pair = (one: Field | null, other: Field | null): ComparedField => ({
    name: (one ?? other)?.name ?? '',
    a: one,
    b: other,
    differs: one?.text !== other?.text,
  });
  return [
    ...a.map((field) => pair(field, inB.get(field.name) ?? null)),
    ...b.filter(({ name }) => !inA.has(name)).map((field) => pair(null, field)),
  ];
}
