/**
 * The scheme `digest`: a client proves who it is by a name and a password in the clear, and ACLs
 * name it by the hash of both.
 *
 * Source: auth.DigestAuthenticationProvider, ZooKeeperServer.processPacket (3.9).
 */
import type { EnsembleConfig } from '../config.ts';
import type { Id } from '../jute/data.ts';
import type { AuthRequest } from '../jute/proto.ts';
import { sha1 } from './sha1.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** `user:base64(sha1(user:password))`: what an ACL calls this user. */
export function digestId(user: string, password: string): string {
  return digestOf(`${user}:${password}`);
}

/**
 * What an `auth` request proves, to be added to what the connection has proved before. `ip` proves
 * nothing new: the address is among a connection's ids from its start.
 *
 * @returns null where it is refused: the answer is AUTHFAILED and the connection ends.
 */
export function authenticate(
  config: Pick<EnsembleConfig, 'superDigest'>,
  request: AuthRequest,
): readonly Id[] | null {
  if (request.scheme === 'ip') return [];
  if (request.scheme !== 'digest' || request.auth === null) return null;
  const digest = digestOf(decoder.decode(request.auth));
  const id: Id = { scheme: 'digest', id: digest };
  return digest === config.superDigest ? [{ scheme: 'super', id: '' }, id] : [id];
}

/** Text without a colon is a user without a password, and is taken as it is. */
function digestOf(userAndPassword: string): string {
  const colon = userAndPassword.indexOf(':');
  const user = colon < 0 ? userAndPassword : userAndPassword.slice(0, colon);
  return `${user}:${base64(sha1(encoder.encode(userAndPassword)))}`;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const rest = bytes.length - i;
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += ALPHABET.charAt(group >> 18) + ALPHABET.charAt((group >> 12) & 63);
    text += rest > 1 ? ALPHABET.charAt((group >> 6) & 63) : '=';
    text += rest > 2 ? ALPHABET.charAt(group & 63) : '=';
  }
  return text;
}
