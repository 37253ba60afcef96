/**
 * What a page and the playground in its frame say to each other, over `postMessage`. Both ends use
 * this file, and both read what comes with guards of their own: docs/embed.md tells other programs.
 */

/** Marks what is ours among all that a window is told. */
export const SOURCE = 'zookeeper-playground';

/** Of this protocol. What is added later may be left unread; what changes is a new version. */
export const VERSION = 1;

export const METHODS = [
  'play',
  'pause',
  'step',
  'runUntil',
  'act',
  'getState',
  'configure',
] as const;
export type Method = (typeof METHODS)[number];

export type RequestId = number | string;

interface Envelope {
  readonly source: typeof SOURCE;
  readonly version: typeof VERSION;
}

/** From the page to its frame. */
export interface EmbedRequest extends Envelope {
  readonly kind: 'request';
  /** Chosen by whoever asks; the answer carries it. */
  readonly id: RequestId;
  readonly method: Method;
  readonly params: unknown;
}

export const ERROR_CODES = [
  /** It is marked as ours, but is no request. */
  'badMessage',
  'badVersion',
  'unknownMethod',
  'badParams',
  /** No ensemble is there yet: ask after the event `ready`. */
  'notReady',
  /** The world says no, and why: `server 3 is down already`. */
  'refused',
  'failed',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export interface EmbedError {
  readonly code: ErrorCode;
  /** A sentence for a person. */
  readonly message: string;
}

/** From the frame to the page, one for each request. */
export type EmbedAnswer = Envelope & {
  readonly kind: 'answer';
  /** Null where the request had none that could be read. */
  readonly id: RequestId | null;
} & (
    | { readonly ok: true; readonly result: unknown }
    | { readonly ok: false; readonly error: EmbedError }
  );

export const EVENTS = ['ready', 'state', 'outcome'] as const;
export type EventName = (typeof EVENTS)[number];

/** From the frame to the page, by itself. */
export interface EmbedEvent extends Envelope {
  readonly kind: 'event';
  readonly event: EventName;
  readonly data: unknown;
}

/** The ensemble in a few words, in JSON. */
export interface EmbedState {
  /** Virtual microseconds since the start. */
  readonly now: number;
  readonly running: boolean;
  /** Virtual seconds per second of the wall; null = as fast as possible. */
  readonly speed: number | null;
  readonly events: number;
  readonly actions: number;
  /** Two runs that agree in it are the same, event by event. */
  readonly traceHash: string;
  /** The server that leads, and serves. */
  readonly leader: number | null;
  readonly servers: readonly {
    readonly sid: number;
    readonly status: 'running' | 'paused' | 'down' | 'starting';
    /** `LEADING`, `FOLLOWING`, `OBSERVING`, `LOOKING`; null while it is down. */
    readonly role: string | null;
    readonly epoch: number | null;
    /** `0x100000003`; null while it is down. */
    readonly lastProcessed: string | null;
    readonly serving: boolean;
  }[];
  readonly clients: readonly {
    readonly process: number;
    readonly name: string;
    readonly state: string;
    readonly server: number | null;
  }[];
  /** Safety properties that do not hold. */
  readonly violated: readonly string[];
  /** A bug of the playground itself stopped the world. */
  readonly failure: string | null;
}

/** Something came to its end. */
export type EmbedOutcome =
  /** What `runUntil` waited for: `reached`, `stopped`, `tooFar` or `violated`. */
  | { readonly kind: 'goal'; readonly end: string; readonly now: number }
  | { readonly kind: 'violated'; readonly property: string; readonly why: string }
  | { readonly kind: 'failed'; readonly message: string };

export const request = (id: RequestId, method: Method, params: unknown): EmbedRequest => ({
  source: SOURCE,
  version: VERSION,
  kind: 'request',
  id,
  method,
  params,
});

export const answer = (id: RequestId | null, result: unknown): EmbedAnswer => ({
  source: SOURCE,
  version: VERSION,
  kind: 'answer',
  id,
  ok: true,
  result,
});

export const refusal = (id: RequestId | null, code: ErrorCode, message: string): EmbedAnswer => ({
  source: SOURCE,
  version: VERSION,
  kind: 'answer',
  id,
  ok: false,
  error: { code, message },
});

export const eventOf = (event: EventName, data: unknown): EmbedEvent => ({
  source: SOURCE,
  version: VERSION,
  kind: 'event',
  event,
  data,
});

// --- guards -------------------------------------------------------------------------------------

/** Characters of an id, and of a method that is quoted back. */
const NAME_MAX = 64;

type Fields = Readonly<Record<string, unknown>>;

const asFields = (data: unknown): Fields | null =>
  typeof data === 'object' && data !== null ? (data as Fields) : null;

/** Null for all that is not marked as ours: others talk to windows, too. */
function fieldsOf(data: unknown): Fields | null {
  const fields = asFields(data);
  return fields?.['source'] === SOURCE ? fields : null;
}

function idOf(value: unknown): RequestId | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return typeof value === 'string' && value.length <= NAME_MAX ? value : null;
}

const isOneOf = <T extends string>(names: readonly T[], value: unknown): value is T =>
  names.some((name) => name === value);

/** The frame's end. @returns null for what is not ours; a refusal for what cannot be understood. */
export function readRequest(data: unknown): EmbedRequest | EmbedAnswer | null {
  const fields = fieldsOf(data);
  if (fields === null) return null;
  const id = idOf(fields['id']);
  const { version, kind, method } = fields;
  if (version !== VERSION) {
    return refusal(id, 'badVersion', `this playground speaks version ${String(VERSION)}`);
  }
  if (kind !== 'request') return refusal(id, 'badMessage', "its kind is not 'request'");
  if (id === null) return refusal(id, 'badMessage', 'a request has an id: a number or a text');
  if (!isOneOf(METHODS, method)) {
    const said = typeof method === 'string' ? `'${method.slice(0, NAME_MAX)}'` : typeof method;
    return refusal(id, 'unknownMethod', `${said} is none of ${METHODS.join(', ')}`);
  }
  return request(id, method, fields['params']);
}

/** The page's end. @returns null for what is not ours, or cannot be understood. */
export function readReply(data: unknown): EmbedAnswer | EmbedEvent | null {
  const fields = fieldsOf(data);
  if (fields?.['version'] !== VERSION) return null;
  const { kind, event, ok, error } = fields;
  if (kind === 'event') return isOneOf(EVENTS, event) ? eventOf(event, fields['data']) : null;
  if (kind !== 'answer') return null;
  const id = idOf(fields['id']);
  if (ok === true) return answer(id, fields['result']);
  const { code, message } = asFields(error) ?? {};
  return refusal(
    id,
    isOneOf(ERROR_CODES, code) ? code : 'failed',
    typeof message === 'string' ? message : '',
  );
}
