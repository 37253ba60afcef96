/**
 * CRC-32 as java.util.zip.CRC32 computes it, four bytes at a time. Functions take and give the
 * register, so that a common beginning is computed once: start from `CRC_START`, end with
 * `crcValue`.
 */

export const CRC_START = -1;

/** Row k is the effect of a byte that k zero bytes follow. */
const T0 = makeTable();
const T1 = follow(T0);
const T2 = follow(T1);
const T3 = follow(T2);

/** The checksum as an unsigned 32-bit number. */
export function crcValue(register: number): number {
  return ~register >>> 0;
}

export function crcBytes(register: number, bytes: Uint8Array): number {
  let crc = register;
  let i = 0;
  for (const end = bytes.length - 3; i < end; i += 4) {
    crc ^= at(bytes, i) | (at(bytes, i + 1) << 8) | (at(bytes, i + 2) << 16);
    crc ^= at(bytes, i + 3) << 24;
    crc = row(T3, crc) ^ row(T2, crc >>> 8) ^ row(T1, crc >>> 16) ^ row(T0, crc >>> 24);
  }
  for (; i < bytes.length; i++) crc = crcByte(crc, at(bytes, i));
  return crc;
}

/** The UTF-8 bytes of a text; a surrogate without its partner counts as `?`, as in Java. */
export function crcText(register: number, text: string): number {
  let crc = register;
  for (let i = 0; i < text.length; i++) {
    let point = text.codePointAt(i) ?? 0;
    if (point > 0xffff) i++;
    else if (point >= 0xd800 && point <= 0xdfff) point = 0x3f;
    crc = crcPoint(crc, point);
  }
  return crc;
}

function crcPoint(register: number, point: number): number {
  if (point < 0x80) return crcByte(register, point);
  let crc = register;
  if (point < 0x800) {
    crc = crcByte(crc, 0xc0 | (point >> 6));
  } else {
    if (point < 0x10000) {
      crc = crcByte(crc, 0xe0 | (point >> 12));
    } else {
      crc = crcByte(crc, 0xf0 | (point >> 18));
      crc = crcByte(crc, 0x80 | ((point >> 12) & 0x3f));
    }
    crc = crcByte(crc, 0x80 | ((point >> 6) & 0x3f));
  }
  return crcByte(crc, 0x80 | (point & 0x3f));
}

function crcByte(register: number, byte: number): number {
  return row(T0, register ^ byte) ^ (register >>> 8);
}

function row(table: Int32Array, index: number): number {
  return table[index & 0xff] ?? 0;
}

function at(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}

function makeTable(): Int32Array {
  return Int32Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k++) c = (c & 1) === 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    return c;
  });
}

function follow(table: Int32Array): Int32Array {
  return table.map((c) => (c >>> 8) ^ row(T0, c));
}
