/** A member's worker: its memory is one server's, and ends with it. */
import { expose } from 'comlink';
import { openIdbDiskStore } from '../store/idb-disk-store.ts';
import { createMemberNode } from './member-node.ts';

expose(createMemberNode((database) => openIdbDiskStore(database)));
