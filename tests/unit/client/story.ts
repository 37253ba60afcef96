/**
 * Golden stories of the console: a text file with what a person types and what the servers do,
 * and, below a line of `===`, the transcript that must come of it.
 *
 *   type LINE            at the console
 *   open [TIMEOUT]       the server accepts, and answers the handshake
 *   refuse, break        the dial is refused; the connection ends
 *   openro               likewise, and it is a read-only server
 *   authfailed           the server refuses an auth packet, or (authok) takes it
 *   expire               the server accepts, and says that the session is over
 *   ok [FIELD …]         answers the oldest request; NONODE, BADVERSION … likewise.
 *                        path=/x  data=text  children=a,b  stat  version=3 (any field of a Stat)
 *                        acl=world:anyone:31,…  count=3  info=ip:127.0.0.1,…
 *   multi OK NOTEMPTY …  answers it with the results of a multi
 *   event TYPE PATH      a watch fires
 *   wait MS              time goes on
 *   servers 1,2  maxbuffer N  logs      settings, before all else
 */
import type { ClientEffect, ClientSettings } from '../../../src/core/client/client-io.ts';
import { clientStatus } from '../../../src/core/client/client-process.ts';
import { ErrorCode } from '../../../src/core/error-code.ts';
import type { Acl, Stat } from '../../../src/core/jute/data.ts';
import { EventType, Xid } from '../../../src/core/jute/proto.ts';
import type {
  ClientInfo,
  ClientMessage,
  ReplyBody,
  Request,
} from '../../../src/core/jute/proto.ts';
import type { Millis, SessionId, Sid } from '../../../src/core/units.ts';
import type { Zxid } from '../../../src/core/zxid.ts';
import * as rigs from './rig.ts';
import type { Rig } from './rig.ts';

const STAT: Stat = {
  czxid: 0x100000002n as Zxid,
  mzxid: 0x100000002n as Zxid,
  ctime: 1_767_225_601_500 as Millis,
  mtime: 1_767_225_601_500 as Millis,
  version: 0,
  cversion: 0,
  aversion: 0,
  ephemeralOwner: 0n as SessionId,
  dataLength: 0,
  numChildren: 0,
  pzxid: 0x100000002n as Zxid,
};

export function tell(script: string): string {
  const lines = script.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const settings: { -readonly [K in keyof ClientSettings]?: ClientSettings[K] } = {
    console: true,
    servers: [1] as Sid[],
  };
  let logs = false;
  const rows: string[] = [];
  let rig: Rig | null = null;
  for (const line of lines) {
    const [word = '', ...rest] = line.split(' ');
    if (word === 'logs') logs = true;
    else if (word === 'servers') settings.servers = rest.join('').split(',').map(Number) as Sid[];
    else if (word === 'maxbuffer') settings.maxBuffer = Number(rest[0]);
    else {
      if (rig === null) {
        rig = rigs.createRig(settings);
        write(rigs.feed(rig, { kind: 'start' }), logs, rows);
      }
      write(act(rig, word, rest), logs, rows);
    }
  }
  if (rig !== null) rows.push(`ends   | ${clientStatus(rig.client).prompt ?? ''}`.trimEnd());
  return rows.join('\n');
}

function act(rig: Rig, word: string, rest: readonly string[]): ClientEffect[] {
  switch (word) {
    case 'type':
      return rigs.feed(rig, { kind: 'line', line: rest.join(' ') });
    case 'open':
      return rigs.attach(rig, Number(rest[0] ?? 30_000));
    case 'openro':
      return rigs.attach(rig, 30_000, rigs.SESSION, true);
    case 'authfailed':
      return rigs.reply(rig, Xid.AUTH, ErrorCode.AUTHFAILED);
    case 'authok':
      return rigs.reply(rig, Xid.AUTH);
    case 'refuse':
      return rigs.feed(rig, { kind: 'refused', conn: rigs.connOf(rig) });
    case 'break':
      rig.asked.length = 0;
      return rigs.feed(rig, { kind: 'closed', conn: rigs.servedOn(rig) });
    case 'expire':
      return rigs.attach(rig, 0, 0n as SessionId);
    case 'wait':
      return rigs.advance(rig, Number(rest[0]));
    case 'event':
      return rigs.fire(rig, EventType[rest[0] as keyof typeof EventType], rest[1] ?? '');
    case 'multi':
      return rigs.answer(rig, ErrorCode.OK, {
        results: rest.map((name) => ({
          op: 'delete',
          err: codeOf(name),
          path: null,
          stat: null,
          data: null,
          children: null,
        })),
      });
    default:
      return rigs.answer(rig, codeOf(word.toUpperCase()), bodyOf(rest.join(' ')));
  }
}

function codeOf(name: string): ErrorCode {
  if (!(name in ErrorCode)) throw new Error(`no such step or error: ${name}`);
  return ErrorCode[name as keyof typeof ErrorCode];
}

function bodyOf(text: string): Partial<ReplyBody> {
  const body: { -readonly [K in keyof ReplyBody]?: ReplyBody[K] } = {};
  for (const [, name = '', quoted, plain = ''] of text.matchAll(
    /(\w+)(?:=(?:"([^"]*)"|(\S*)))?/g,
  )) {
    const value = quoted ?? plain;
    if (name === 'path') body.path = value;
    else if (name === 'data') body.data = new TextEncoder().encode(value.replaceAll('|', '\n'));
    else if (name === 'count') body.count = Number(value);
    else if (name === 'acl') body.acl = value.split(',').map(aclOf);
    else if (name === 'info') body.clientInfo = value.split(',').map(infoOf);
    else if (name === 'children') body.children = value === '' ? [] : value.split(',');
    else body.stat = { ...STAT, ...body.stat, ...(name === 'stat' ? {} : field(name, value)) };
  }
  return body;
}

function aclOf(text: string): Acl {
  const [scheme = '', ...rest] = text.split(':');
  const perms = Number(rest.pop());
  return { perms, id: { scheme, id: rest.join(':') } };
}

function infoOf(text: string): ClientInfo {
  const colon = text.indexOf(':');
  return { authScheme: text.slice(0, colon), user: text.slice(colon + 1) };
}

function field(name: string, value: string): Partial<Stat> {
  if (!(name in STAT)) throw new Error(`no such field: ${name}`);
  const isBig = typeof STAT[name as keyof Stat] === 'bigint';
  return { [name]: isBig ? BigInt(value) : Number(value) };
}

function write(effects: readonly ClientEffect[], logs: boolean, rows: string[]): void {
  for (const effect of effects) {
    if (effect.kind === 'print') {
      if (effect.line === 'log' && !logs) continue;
      rows.push(`${effect.line.padEnd(6)} | ${effect.text}`.trimEnd());
    } else if (effect.kind === 'connect') {
      rows.push(`dials  | server${effect.to}`);
    } else if (effect.kind === 'close') {
      rows.push('closes |');
    } else if (effect.kind === 'send') {
      rows.push(`sends  | ${describe(effect.message as ClientMessage)}`);
    }
  }
}

function describe(message: ClientMessage): string {
  if (message.kind === 'connectRequest' && message.readOnly) return 'connectRequest read-only';
  if (message.kind !== 'request') return message.kind;
  return `#${message.xid} ${describeRequest(message.request)}`;
}

function describeRequest(request: Request): string {
  switch (request.op) {
    case 'multi':
      return `multi [${request.ops.map(describeRequest).join(', ')}]`;
    case 'setWatches':
      return `setWatches data=${request.dataWatches.join()} exist=${request.existWatches.join()} child=${request.childWatches.join()}`;
    case 'create':
    case 'create2':
    case 'createContainer':
    case 'createTTL': {
      const acl = aclText(request.acl);
      const more = `${acl === 'world:anyone:31' ? '' : ` acl=${acl}`}${request.ttl === 0 ? '' : ` ttl=${request.ttl}`}`;
      return `${request.op} ${request.path} flags=${request.flags} data=${dataText(request.data)}${more}`;
    }
    case 'setData':
      return `setData ${request.path} version=${request.version} data=${dataText(request.data)}`;
    case 'delete':
    case 'check':
      return `${request.op} ${request.path} version=${request.version}`;
    case 'exists':
    case 'getData':
    case 'getChildren':
    case 'getChildren2':
      return `${request.op} ${request.path}${request.watch ? ' watch' : ''}`;
    case 'sync':
    case 'getACL':
    case 'getAllChildrenNumber':
      return `${request.op} ${request.path}`;
    case 'setACL':
      return `setACL ${request.path} version=${request.version} acl=${aclText(request.acl)}`;
    case 'setWatches2':
      return `setWatches2 data=${request.dataWatches.join()} exist=${request.existWatches.join()} child=${request.childWatches.join()} persistent=${request.persistentWatches.join()} recursive=${request.persistentRecursiveWatches.join()}`;
    case 'addWatch':
      return `addWatch ${request.path} mode=${request.mode}`;
    case 'removeWatches':
      return `removeWatches ${request.path} type=${request.type}`;
    case 'getEphemerals':
      return `getEphemerals ${request.prefixPath}`;
    case 'auth':
      return `auth ${request.scheme} ${dataText(request.auth)}`;
    case 'reconfig':
      return `reconfig joining=${request.joiningServers} leaving=${request.leavingServers} members=${request.newMembers} config=${request.curConfigId}`;
    default:
      return request.op;
  }
}

function aclText(acl: readonly Acl[]): string {
  return acl.map((a) => `${a.id.scheme}:${a.id.id}:${a.perms}`).join();
}

function dataText(data: Uint8Array | null): string {
  return data === null ? 'null' : JSON.stringify(new TextDecoder().decode(data));
}
