/** Servers, clients and packets as a line names them. */
import type { ProcessId, Sid } from '../../core/units.ts';
import { CLIENT_ID_MIN } from '../actions.ts';
import type { Fields, PacketMatch } from '../explore/script.ts';
import { WHO, type Who } from './model.ts';
import { idOf, type Names } from './names.ts';
import { fail, Mistake, next, outOfRange, peek, took, type Scanner, type Token } from './scan.ts';

const SID_MAX = 254;
const PROCESS_ID_MAX = 65_535;

const isWho = (text: string): text is Who => Object.hasOwn(WHO, text);

/** `3`, `server 3`, `server3`, `leader`, `last` … */
export function server(scanner: Scanner): Sid {
  const { token, id } = numbered(scanner);
  if (isWho(token.text)) return WHO[token.text] as Sid;
  if (id === null) fail(token, 'server', Object.keys(WHO));
  if (id < 1 || id > SID_MAX) outOfRange(token, '1', String(SID_MAX));
  return id as Sid;
}

/** A server, or a client: `A`, `client A`, `#1001`. */
export function process(scanner: Scanner, names: Names): ProcessId {
  if (took(scanner, 'client')) return clientName(scanner, names);
  const { token, id } = numbered(scanner);
  if (isWho(token.text)) return WHO[token.text] as ProcessId;
  if (id === null) return clientOf(token, names, 'process');
  if (id < 1 || id > PROCESS_ID_MAX) outOfRange(token, '1', String(PROCESS_ID_MAX));
  return id as ProcessId;
}

export function client(scanner: Scanner, names: Names): ProcessId {
  took(scanner, 'client');
  return clientName(scanner, names);
}

function clientName(scanner: Scanner, names: Names): ProcessId {
  return clientOf(next(scanner), names, 'client');
}

/** A number, with the word before it or without. Null: it is a name. */
function numbered(scanner: Scanner): { readonly token: Token; readonly id: number | null } {
  if (peek(scanner).text === 'server') next(scanner);
  const token = next(scanner);
  const digits = token.kind === 'word' ? /^(?:server|#)?(\d{1,6})$/.exec(token.text)?.[1] : null;
  return { token, id: digits === null || digits === undefined ? null : Number(digits) };
}

function clientOf(token: Token, names: Names, what: 'client' | 'process'): ProcessId {
  const { text, kind, from, to } = token;
  if (kind !== 'word' && kind !== 'string') fail(token, what);
  const digits = kind === 'word' ? /^#(\d{4,6})$/.exec(text)?.[1] : undefined;
  if (digits !== undefined) {
    const id = Number(digits);
    if (id < CLIENT_ID_MIN || id > PROCESS_ID_MAX) {
      outOfRange(token, `#${String(CLIENT_ID_MIN)}`, `#${String(PROCESS_ID_MAX)}`);
    }
    return id as ProcessId;
  }
  const id = idOf(names, text);
  if (id !== null) return id;
  if (!/^[A-Z]/.test(text) && kind === 'word') fail(token, what, [...names.keys()]);
  const known = [...names.keys()];
  throw new Mistake(from, to, { kind: 'unknownClient', name: text, known });
}

export function list<T>(scanner: Scanner, one: (scanner: Scanner) => T): readonly T[] {
  const found = [one(scanner)];
  while (took(scanner, ',')) found.push(one(scanner));
  return found;
}

/** A word, or a string where the text has blanks or marks in it. */
export function text(scanner: Scanner, what: 'path' | 'packet' | 'text'): string {
  const token = next(scanner);
  if (token.kind !== 'word' && token.kind !== 'string') fail(token, what);
  if (what === 'path' && !token.text.startsWith('/')) fail(token, what);
  return token.text;
}

/** `where zxid=0x100000002, state="LOOKING"`, or nothing. */
export function fields(scanner: Scanner): Fields | undefined {
  if (!took(scanner, 'where')) return undefined;
  const pairs = list(scanner, (s) => {
    const name = text(s, 'text');
    if (!took(s, '=')) fail(peek(s), { word: '=' });
    return [name, value(s)] as const;
  });
  return Object.fromEntries(pairs);
}

function value(scanner: Scanner): Fields[string] {
  const token = next(scanner);
  if (token.kind === 'string') return token.text;
  if (token.kind !== 'word') return fail(token, 'text');
  const { text: said } = token;
  if (said === 'true' || said === 'false') return said === 'true';
  if (said === 'null') return null;
  if (/^0x[0-9a-f]{1,16}$/i.test(said)) return BigInt(said);
  return /^-?\d{1,15}$/.test(said) ? Number(said) : said;
}

/** `PROPOSAL 3 -> 1 where …` */
export function packet(scanner: Scanner, names: Names): PacketMatch {
  const type = text(scanner, 'packet');
  const from = process(scanner, names);
  if (!took(scanner, '->')) fail(peek(scanner), { word: '->' });
  const to = process(scanner, names);
  const where = fields(scanner);
  return { from, to, type, ...(where === undefined ? {} : { where }) };
}
