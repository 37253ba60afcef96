/**
 * The scheme `ip`: an entry `address[/bits]` covers the addresses that agree with it in that many
 * leading bits.
 *
 * Source: auth.IPAuthenticationProvider (3.9).
 */

/** Whether an ACL may name this: an IPv4 or IPv6 address, and no more bits than it has. */
export function isIpExpression(expression: string): boolean {
  return parseExpression(expression) !== null;
}

/** @param address the client's, without a port. */
export function ipMatches(address: string, expression: string): boolean {
  const wanted = parseExpression(expression);
  const actual = parseAddress(address);
  if (wanted === null || actual?.length !== wanted.bytes.length) return false;
  return wanted.bytes.every((byte, i) => {
    const left = Math.min(Math.max(wanted.bits - i * 8, 0), 8);
    return (byte ^ (actual[i] ?? 0)) >> (8 - left) === 0;
  });
}

interface IpExpression {
  readonly bytes: readonly number[];
  readonly bits: number;
}

function parseExpression(expression: string): IpExpression | null {
  const slash = expression.indexOf('/');
  const bytes = parseAddress(slash < 0 ? expression : expression.slice(0, slash));
  if (bytes === null) return null;
  const bits = slash < 0 ? bytes.length * 8 : parseNumber(expression.slice(slash + 1), 10);
  return bits === null || bits < 0 || bits > bytes.length * 8 ? null : { bytes, bits };
}

function parseAddress(text: string): number[] | null {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

function parseIpv4(text: string): number[] | null {
  const bytes: number[] = [];
  for (const part of text.split('.')) {
    const byte = parseNumber(part, 10);
    if (byte === null || byte < 0 || byte > 255) return null;
    bytes.push(byte);
  }
  return bytes.length === 4 ? bytes : null;
}

/** Eight groups of up to four hexadecimal digits; `::` once for one or more groups of zeros. */
function parseIpv6(text: string): number[] | null {
  const [before, after, ...more] = text.split('::').map(parseGroups);
  if (before === undefined || before === null || after === null || more.length > 0) return null;
  if (after === undefined) return before.length === 16 ? before : null;
  const zeros = 16 - before.length - after.length;
  if (zeros < 2) return null;
  return [...before, ...new Array<number>(zeros).fill(0), ...after];
}

function parseGroups(text: string): number[] | null {
  const bytes: number[] = [];
  if (text === '') return bytes;
  for (const group of text.split(':')) {
    const value = group.length > 4 ? null : parseNumber(group, 16);
    if (value === null) return null;
    bytes.push((value >> 8) & 0xff, value & 0xff);
  }
  return bytes;
}

/** As Java's Integer.parseInt reads a short number, which allows a sign. */
function parseNumber(text: string, radix: 10 | 16): number | null {
  const digits = radix === 10 ? /^[+-]?[0-9]{1,10}$/ : /^[+-]?[0-9a-fA-F]{1,8}$/;
  return digits.test(text) ? Number.parseInt(text, radix) : null;
}
