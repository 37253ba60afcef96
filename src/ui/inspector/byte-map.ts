/** Which field each byte belongs to, and where the arrow keys lead among bytes. */
import type { ByteField } from '../../core/jute/fields.ts';

/** Bytes in a line of the grid. */
export const PER_LINE = 16;

/** The innermost field of each byte, by its index; -1 for a byte of none. */
export function fieldsOfBytes(count: number, fields: readonly ByteField[]): readonly number[] {
  const owners = Array<number>(count).fill(-1);
  // A field stands before those within it, so the later one is the inner one.
  for (const [index, field] of fields.entries()) owners.fill(index, field.from, field.to);
  return owners;
}

/** Every other field by turns, so that neighbours are told apart. */
export function turnsOf(owners: readonly number[]): readonly boolean[] {
  let turn = false;
  return owners.map((owner, at) => {
    if (at > 0 && owner !== owners[at - 1]) turn = !turn;
    return turn;
  });
}

/** Where a key leads from `at`; null for a key that leads nowhere. */
export function byteAfterKey(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowLeft':
      return Math.max(at - 1, 0);
    case 'ArrowRight':
      return Math.min(at + 1, count - 1);
    case 'ArrowUp':
      return at < PER_LINE ? at : at - PER_LINE;
    case 'ArrowDown':
      return at + PER_LINE < count ? at + PER_LINE : at;
    case 'Home':
      return at - (at % PER_LINE);
    case 'End':
      return Math.min(at - (at % PER_LINE) + PER_LINE, count) - 1;
    default:
      return null;
  }
}

/** The same among fields, one under the other. */
export function fieldAfterKey(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowUp':
      return Math.max(at - 1, 0);
    case 'ArrowDown':
      return Math.min(at + 1, count - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

/** Two digits. */
export function hexOf(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

/** Of a line: four digits. */
export function offsetOf(at: number): string {
  return at.toString(16).padStart(4, '0');
}
