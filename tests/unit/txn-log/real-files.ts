/** Files that Apache ZooKeeper 3.8.0 wrote, tests/fixtures/real, and trees as its clients saw them. */
import { existsSync, readFileSync } from 'node:fs';
import { statOf } from '../../../src/core/data-tree/data-node.ts';
import type { DataTree } from '../../../src/core/data-tree/data-tree.ts';
import type { DataFile } from '../../../src/core/txn-log/data-dir.ts';

function url(name: string): URL {
  return new URL(`../../fixtures/real/${name}`, import.meta.url);
}

export function file(name: string): Uint8Array {
  return new Uint8Array(readFileSync(url(name)));
}

export interface ShownNode {
  readonly path: string;
  readonly data?: unknown;
  readonly stat?: unknown;
  readonly acl?: unknown;
}

/** As tree.json has it: what a client read over the wire. */
export function shown(tree: DataTree): ShownNode[] {
  const hex = (value: bigint): string => `0x${BigInt.asUintN(64, value).toString(16)}`;
  return [...tree.nodes]
    .map(([path, node]) => {
      const stat = statOf(node);
      const { czxid, mzxid, pzxid, ephemeralOwner } = stat;
      return {
        path,
        data: node.data === null ? null : Buffer.from(node.data).toString('base64'),
        stat: {
          ...stat,
          czxid: hex(czxid),
          mzxid: hex(mzxid),
          pzxid: hex(pzxid),
          ephemeralOwner: hex(ephemeralOwner),
        },
        acl: node.acl.map(({ perms, id }) => ({ perms, ...id })),
      };
    })
    .sort(byPath);
}

export function expectedTree(directory: string): ShownNode[] {
  const text = new TextDecoder().decode(file(`${directory}/tree.json`));
  const { nodes } = JSON.parse(text) as { nodes: ShownNode[] };
  return nodes.sort(byPath);
}

export function byPath(a: ShownNode, b: ShownNode): number {
  return a.path < b.path ? -1 : Number(a.path > b.path);
}

/** What a real server made of a directory. */
export interface Outcome {
  /** The sizes of the files in version-2. */
  readonly files: Readonly<Record<string, number>>;
  readonly starts: boolean;
  /** Where it starts. */
  readonly nodes?: number;
  readonly zxid?: string;
  /** How its tree differs from that of the directory `standalone`. */
  readonly missing?: readonly string[];
  readonly extra?: readonly string[];
  readonly nodesThatDiffer?: Readonly<Record<string, object>>;
  /** Lines of its log. */
  readonly says?: readonly string[];
}

export const outcomes = (
  JSON.parse(new TextDecoder().decode(file('expected.json'))) as {
    fixtures: Record<string, Outcome>;
  }
).fixtures;

/** Where the whole files of a directory lie; what is damaged lies in `damaged/<name>`. */
function sourceOf(directory: string, name: string): string | null {
  const places = [`${directory}/${name}`];
  if (directory.startsWith('ensemble')) places.push(`ensemble/${name}`);
  else if (directory.startsWith('snapshot')) places.push(`compressed/${name}`);
  else places.push(`standalone/${name}`);
  if (directory === 'damaged/renamed-snapshot') places.push('standalone/snapshot.48');
  return places.find((place) => existsSync(url(place))) ?? null;
}

/** Files of one byte: both epochs are 2, and what only lies in the way holds an x. */
function small(name: string): Uint8Array {
  return new TextEncoder().encode(name.endsWith('Epoch') ? '2' : 'x');
}

/** A directory of expected.json, put together from its files. */
export function directory(name: string): DataFile[] {
  const sizes = Object.entries(outcomes[name]?.files ?? {});
  return sizes.map(([fileName, size]) => {
    const source = sourceOf(name, fileName);
    const bytes = source === null ? small(fileName) : file(source);
    if (bytes.length !== size) throw new Error(`${name}/${fileName} has ${String(bytes.length)}`);
    return { name: fileName, bytes };
  });
}
