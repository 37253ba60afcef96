/**
 * The errors of the browser's storage as ours. They are told apart by name: the class of a spent
 * quota differs between versions of a browser, and its message may be empty.
 */
import { StoreError, StoreFullError } from './disk-store.ts';

export async function typed<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (reason) {
    throw toStoreError(reason);
  }
}

export function toStoreError(reason: unknown): StoreError {
  if (reason instanceof StoreError) return reason;
  const name = reason instanceof Error || reason instanceof DOMException ? reason.name : '';
  if (name === 'QuotaExceededError') {
    return new StoreFullError('No space left on device: the quota of this site is spent');
  }
  const message = reason instanceof Error ? reason.message : String(reason);
  return new StoreError(`the browser's storage failed: ${name}: ${message}`);
}
