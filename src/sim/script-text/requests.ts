/** Requests that programs send, in words where they are common, and else as JSON. */
import { OPEN_ACL_UNSAFE } from '../../core/jute/data.ts';
import { CreateMode, type Request } from '../../core/jute/proto.ts';
import { RunTextError } from '../run-text/readers.ts';
import { readRequest } from '../run-text/read-request.ts';
import { valueToText } from '../run-text.ts';
import { text } from './parse-refs.ts';
import { fail, Mistake, next, peek, whole, wordOf, type Scanner } from './scan.ts';

const MODES: Readonly<Record<string, number>> = {
  ephemeral: CreateMode.EPHEMERAL,
  sequential: CreateMode.PERSISTENT_SEQUENTIAL,
  'ephemeral-sequential': CreateMode.EPHEMERAL_SEQUENTIAL,
};

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const toUtf8 = new TextEncoder();
const INT_MAX = 2 ** 31 - 1;

export function request(scanner: Scanner): Request {
  if (peek(scanner).text.startsWith('{')) return json(scanner);
  switch (wordOf(scanner, 'create', 'set', 'delete', 'close')) {
    case 'create': {
      const path = text(scanner, 'path');
      const data = bytesOf(scanner);
      const token = peek(scanner);
      const mode = token.kind === 'end' ? '' : next(scanner).text;
      const flags = mode === '' ? CreateMode.PERSISTENT : MODES[mode];
      if (flags === undefined || (mode !== '' && !Object.hasOwn(MODES, mode))) {
        return fail(token, { oneOf: Object.keys(MODES) }, Object.keys(MODES));
      }
      return { op: 'create', path, data, acl: OPEN_ACL_UNSAFE, flags, ttl: 0 };
    }
    case 'set': {
      const path = text(scanner, 'path');
      return { op: 'setData', path, data: bytesOf(scanner), version: version(scanner) };
    }
    case 'delete':
      return { op: 'delete', path: text(scanner, 'path'), version: version(scanner) };
    case 'close':
      return { op: 'closeSession' };
  }
}

/** A string; where there is none, no bytes. */
function bytesOf(scanner: Scanner): Uint8Array {
  return toUtf8.encode(peek(scanner).kind === 'string' ? next(scanner).text : '');
}

function version(scanner: Scanner): number {
  return peek(scanner).kind === 'end' ? -1 : whole(scanner, -1, INT_MAX);
}

function json(scanner: Scanner): Request {
  const from = peek(scanner).from;
  const rest = scanner.text.slice(from);
  scanner.at = scanner.text.length;
  try {
    return readRequest(JSON.parse(rest), 'it');
  } catch (error) {
    const why = error instanceof RunTextError ? error.message.replace(/^[^:]*: /, '') : '';
    throw new Mistake(from, scanner.text.length, { kind: 'json', why });
  }
}

export function sayRequest(asked: Request): string {
  return inWords(asked) ?? valueToText(asked);
}

function inWords(asked: Request): string | null {
  switch (asked.op) {
    case 'create': {
      const data = asText(asked.data);
      const mode = Object.keys(MODES).find((name) => MODES[name] === asked.flags);
      const isPlain = mode !== undefined || asked.flags === CreateMode.PERSISTENT;
      if (data === null || !isPlain || asked.ttl !== 0) return null;
      if (valueToText(asked.acl) !== valueToText(OPEN_ACL_UNSAFE)) return null;
      return withPath('create', asked.path, data + (mode === undefined ? '' : ` ${mode}`));
    }
    case 'setData': {
      const data = asText(asked.data);
      if (data === null || asked.version < -1) return null;
      return withPath('set', asked.path, data + sayVersion(asked.version));
    }
    case 'delete':
      return asked.version < -1 ? null : withPath('delete', asked.path, sayVersion(asked.version));
    case 'closeSession':
      return 'close';
    default:
      return null;
  }
}

function sayVersion(asked: number): string {
  return asked === -1 ? '' : ` ${String(asked)}`;
}

function withPath(verb: string, path: string, more: string): string | null {
  return path.startsWith('/') ? `${verb} ${sayText(path)}${more}` : null;
}

/** ` "x"`; null where it is no text. */
function asText(data: Uint8Array | null): string | null {
  if (data === null) return null;
  if (data.length === 0) return '';
  try {
    return ` ${JSON.stringify(utf8.decode(data))}`;
  } catch {
    return null;
  }
}

/** As a word where it is one, else as a string. */
export function sayText(said: string): string {
  return /^\/?[\p{L}\p{N}_][\p{L}\p{N}_./-]*$|^\/$/u.test(said) && !said.includes('->')
    ? said
    : JSON.stringify(said);
}
