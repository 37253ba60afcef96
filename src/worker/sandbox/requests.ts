/** What a program asks for, as requests. What cannot be one is refused with a sentence. */
import { parseAcl, permsText } from '../../core/client/commands/acl-text.ts';
import { encodeText } from '../../core/client/commands/data-text.ts';
import { validatePath } from '../../core/data-tree/path.ts';
import { OPEN_ACL_UNSAFE, type Acl } from '../../core/jute/data.ts';
import { CreateMode, type CreateRequest, type MultiOp } from '../../core/jute/proto.ts';
import { formatValues } from './format.ts';

/** Text, bytes, or anything else as JSON. */
export type Data = unknown;

export interface CreateOptions {
  readonly ephemeral?: boolean;
  readonly sequential?: boolean;
  readonly container?: boolean;
  /** Milliseconds without children or changes, after which the znode goes. */
  readonly ttl?: number;
  /** As the console takes it: `world:anyone:cdrwa`, several with commas between. */
  readonly acl?: string;
}

export type MultiStep =
  | ({ readonly op: 'create'; readonly path: string; readonly data?: Data } & CreateOptions)
  | {
      readonly op: 'set';
      readonly path: string;
      readonly data?: Data;
      readonly version?: number;
    }
  | { readonly op: 'delete' | 'check'; readonly path: string; readonly version?: number };

/** @param stated The znode's Stat comes with the answer. */
export function createRequest(
  path: string,
  data: Data,
  options: CreateOptions,
  stated = false,
): CreateRequest {
  const { ephemeral = false, sequential = false, container = false, acl } = options;
  const ttl = options.ttl === undefined ? 0 : whole('a ttl', options.ttl, 1);
  if (container && (ephemeral || sequential)) {
    throw new TypeError('a container is neither ephemeral nor sequential');
  }
  if (ttl > 0 && (ephemeral || container)) {
    throw new TypeError('what is ephemeral, or a container, has no ttl');
  }
  const plain = ephemeral
    ? [CreateMode.EPHEMERAL, CreateMode.EPHEMERAL_SEQUENTIAL]
    : [CreateMode.PERSISTENT, CreateMode.PERSISTENT_SEQUENTIAL];
  const timed = [CreateMode.PERSISTENT_WITH_TTL, CreateMode.PERSISTENT_SEQUENTIAL_WITH_TTL];
  const flags = container ? CreateMode.CONTAINER : (ttl > 0 ? timed : plain)[sequential ? 1 : 0];
  return {
    op: container ? 'createContainer' : ttl > 0 ? 'createTTL' : stated ? 'create2' : 'create',
    path: checked(path, sequential),
    data: bytesOf(data),
    acl: acl === undefined ? OPEN_ACL_UNSAFE : aclOf(acl),
    flags: flags ?? CreateMode.PERSISTENT,
    ttl,
  };
}

export function multiOp(step: MultiStep): MultiOp {
  switch (step.op) {
    case 'create':
      return createRequest(step.path, step.data, step);
    case 'set': {
      const { path, data, version = -1 } = step;
      return {
        op: 'setData',
        path: checked(path),
        data: bytesOf(data),
        version: versionOf(version),
      };
    }
    case 'delete':
    case 'check': {
      const { op, path, version = -1 } = step;
      return { op, path: checked(path), version: versionOf(version) };
    }
    default:
      throw new TypeError(`a multi has create, set, delete and check, not ${formatValues([step])}`);
  }
}

/** @throws where it is no path of a znode. */
export function checked(path: string, sequential = false): string {
  if (typeof path !== 'string') {
    throw new TypeError(`a path is a text like '/app/lock', not ${formatValues([path])}`);
  }
  // A number will be put behind it.
  const problem = validatePath(sequential ? `${path}1` : path);
  if (problem !== null) throw new TypeError(`${JSON.stringify(path)}: ${problem}`);
  return path;
}

/** -1 means any. */
export const versionOf = (version: number): number => whole('a version', version, -1, 2 ** 31 - 1);

/** @throws where it is no whole number of that size: what goes out must be what a wire can carry. */
export function whole(what: string, value: unknown, min: number, max = 2 ** 40): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) {
    return value;
  }
  throw new TypeError(`${what} is a whole number from ${min} on, not ${formatValues([value])}`);
}

/** @throws where it is no text. */
export function wordOf(what: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`${what} is a text, not ${formatValues([value])}`);
}

export function bytesOf(data: Data): Uint8Array | null {
  if (data === undefined || data === null) return null;
  if (data instanceof Uint8Array) return data;
  if (typeof data === 'string') return encodeText(data);
  const text: unknown = typeof data === 'bigint' ? String(data) : JSON.stringify(data);
  if (typeof text === 'string') return encodeText(text);
  throw new TypeError(`data is a text, bytes, or what JSON can say, not ${formatValues([data])}`);
}

export function aclOf(text: string): readonly Acl[] {
  const problems: string[] = [];
  const acl = parseAcl(wordOf('an acl', text), { print: (_, problem) => problems.push(problem) });
  const [problem] = problems;
  if (problem !== undefined) throw new TypeError(problem);
  return acl;
}

/** As `aclOf` reads it. */
export function aclText(acl: readonly Acl[]): string {
  return acl.map(({ id, perms }) => `${id.scheme}:${id.id}:${permsText(perms)}`).join(',');
}
