/** The checksum of ZooKeeper's logs and snapshots, as java.util.zip.Adler32 computes it. */

export const ADLER_START = 1;

const BASE = 65521;

/** As many bytes as fit before a sum could pass 2^31. */
const RUN = 3800;

/** Goes on from an earlier value. @returns an unsigned 32-bit number. */
export function adler32(bytes: Uint8Array, value = ADLER_START): number {
  let a = value & 0xffff;
  let b = value >>> 16;
  for (let start = 0; start < bytes.length; start += RUN) {
    const end = Math.min(start + RUN, bytes.length);
    for (let i = start; i < end; i++) {
      a += bytes[i] ?? 0;
      b += a;
    }
    a %= BASE;
    b %= BASE;
  }
  return ((b << 16) | a) >>> 0;
}
