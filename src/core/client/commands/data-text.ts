/**
 * Data of a znode as text and back: plain, base64, or a dump in hexadecimal.
 *
 * Source: PlainOutputFormatter, Base64OutputFormatter and HexDumpOutputFormatter of
 * org.apache.zookeeper.cli (3.9); the dump is laid out as Netty does it.
 */
import type { DataFormat } from './task.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes in a row of a dump. */
const ROW = 16;

export function encodeText(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** zkCli shows data that is null as the word. */
export function formatData(data: Uint8Array | null, format: DataFormat): string[] {
  const bytes = data ?? encodeText('null');
  switch (format) {
    case 'base64':
      return [toBase64(bytes)];
    case 'hex':
      return hexDump(bytes);
    case 'text':
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).split('\n');
  }
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = Math.min(3, bytes.length - i);
    const bits = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let k = 0; k < 4; k++) {
      text += k <= left ? ALPHABET.charAt((bits >> (18 - 6 * k)) & 63) : '=';
    }
  }
  return text;
}

/** Null if it is no base64. */
export function fromBase64(text: string): Uint8Array | null {
  const body = text.replace(/={1,2}$/, '');
  if (/[^A-Za-z0-9+/]/.test(body) || body.length % 4 === 1) return null;
  if (body.length !== text.length && text.length % 4 !== 0) return null;
  const bytes = new Uint8Array(Math.floor((body.length * 3) / 4));
  let bits = 0;
  let have = 0;
  let at = 0;
  for (const letter of body) {
    bits = ((bits << 6) | ALPHABET.indexOf(letter)) & 0xffffff;
    have += 6;
    if (have < 8) continue;
    have -= 8;
    bytes[at++] = (bits >> have) & 0xff;
  }
  return bytes;
}

function hexDump(bytes: Uint8Array): string[] {
  if (bytes.length === 0) return [''];
  const lines = [
    `         +${'-'.repeat(49)}+`,
    '         |  0  1  2  3  4  5  6  7  8  9  a  b  c  d  e  f |',
    `+--------+${'-'.repeat(49)}+${'-'.repeat(ROW)}+`,
  ];
  for (let i = 0; i < bytes.length; i += ROW) {
    const row = [...bytes.subarray(i, i + ROW)];
    const hex = row.map((byte) => ` ${byte.toString(16).padStart(2, '0')}`).join('');
    const text = row.map(printable).join('');
    const offset = i.toString(16).padStart(8, '0');
    lines.push(`|${offset}|${hex.padEnd(48)} |${text.padEnd(ROW)}|`);
  }
  lines.push(`+--------+${'-'.repeat(49)}+${'-'.repeat(ROW)}+`);
  return lines;
}

function printable(byte: number): string {
  return byte > 0x1f && byte < 0x7f ? String.fromCharCode(byte) : '.';
}
