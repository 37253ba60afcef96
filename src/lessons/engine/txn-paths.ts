/** Which znodes a transaction names. */
import type { Txn } from '../../core/jute/txn.ts';

export function namesPath(txn: Txn, path: string): boolean {
  switch (txn.type) {
    case 'multi':
      return txn.txns.some((op) => namesPath(op, path));
    case 'closeSession':
      return txn.paths.includes(path);
    default:
      return 'path' in txn && txn.path === path;
  }
}
