/** A member's worker: its memory is one server's, and ends with it. */
import { expose, transfer } from 'comlink';
import type { Batch } from '../sim/host.ts';
import { openIdbDiskStore } from '../store/idb-disk-store.ts';
import type { MemberWire } from './member-api.ts';
import { createMemberNode } from './member-node.ts';
import { createPacker, pack } from './pack.ts';
import { createUnpacker, unpack } from './unpack.ts';

const node = createMemberNode((database) => openIdbDiskStore(database));
const packer = createPacker();
const unpacker = createUnpacker();

const wire: MemberWire = {
  ...node,
  step: async (batch) => {
    // The other end packed a Batch.
    const bytes = pack(packer, await node.step(unpack(unpacker, batch) as Batch));
    return transfer(bytes, [bytes.buffer]);
  },
};

expose(wire);
