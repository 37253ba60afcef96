/** A session from the inside: what a program's requests and watches come to. */
import type { ClientState } from '../../core/client/client-io.ts';
import { ErrorCode } from '../../core/error-code.ts';
import {
  EventType,
  KeeperState,
  NO_BODY,
  type ReadRequest,
  type ReplyBody,
  type Request,
  type WatchNotification,
} from '../../core/jute/proto.ts';
import { NO_SESSION, type SessionId, type Sid } from '../../core/units.ts';
import type { ProgramEvent } from '../../sim/program/model.ts';
import type { Engine } from './engine.ts';
import { KeeperError } from './errors.ts';
import { checked } from './requests.ts';
import { toWatchEvent, Watchers, type Watcher } from './watches.ts';

export interface Answer {
  readonly err: number;
  readonly body: ReplyBody;
}

export interface Session {
  readonly engine: Engine;
  /** The program's own number for it; 0 until it is begun. */
  number: number;
  readonly watchers: Watchers;
  readonly answers: Map<number, (answer: Answer) => void>;
  /** Of the session's own events. */
  readonly listeners: Set<Watcher>;
  /** Called when the state changes. */
  readonly onState: Set<() => void>;
  tags: number;
  state: ClientState;
  sessionId: SessionId;
  server: Sid | null;
  /** Why it could not be begun. */
  refusal: string | null;
  /** Its process is dead, and answers nothing any more. */
  dead: boolean;
}

export function openSession(engine: Engine): Session {
  const session: Session = {
    engine,
    number: 0,
    watchers: new Watchers(),
    answers: new Map(),
    listeners: new Set(),
    onState: new Set(),
    tags: 0,
    state: 'CONNECTING',
    sessionId: NO_SESSION,
    server: null,
    refusal: null,
    dead: false,
  };
  session.number = engine.openSession((event) => hear(session, event));
  return session;
}

function hear(session: Session, event: ProgramEvent): void {
  switch (event.kind) {
    case 'result': {
      const answer = session.answers.get(event.tag);
      session.answers.delete(event.tag);
      answer?.(event);
      return;
    }
    case 'session':
      session.sessionId = event.sessionId;
      session.server = event.server;
      return setState(session, event.state);
    case 'watch':
      return tell(session, event.event);
    case 'refused':
      session.refusal = event.reason;
      return setState(session, 'CLOSED');
  }
}

function setState(session: Session, state: ClientState): void {
  session.state = state;
  for (const look of [...session.onState]) look();
}

function tell(session: Session, notification: WatchNotification): void {
  const { engine, listeners, watchers } = session;
  const event = toWatchEvent(notification);
  const { type, state } = notification;
  const isOver = state === KeeperState.Expired || state === KeeperState.Closed;
  const called =
    type === EventType.None && isOver ? watchers.takeAll() : watchers.take(notification);
  const heard = type === EventType.None ? [...listeners, ...called] : called;
  for (const watcher of heard) engine.guard(() => watcher(event));
}

/** Its process dies: whoever waits for it waits for nothing. */
export function killSession(session: Session): void {
  const { answers, engine, number, watchers } = session;
  if (session.dead) return;
  session.dead = true;
  engine.order({ kind: 'kill', session: number });
  session.server = null;
  const waiting = [...answers.values()];
  answers.clear();
  watchers.takeAll();
  setState(session, 'CLOSED');
  for (const answer of waiting) answer({ err: ErrorCode.CONNECTIONLOSS, body: NO_BODY });
}

/** @throws where there will be no connection any more. */
export function assertAlive({ refusal, state }: Session): void {
  if (refusal !== null) throw new Error(refusal);
  if (state === 'AUTH_FAILED') throw new KeeperError(ErrorCode.AUTHFAILED, null);
  if (state === 'CLOSED') throw new KeeperError(ErrorCode.SESSIONEXPIRED, null);
}

/**
 * @param note Hears of the outcome before the program does; true where that is fine, whatever it is.
 */
export function ask(
  session: Session,
  request: Request,
  note?: (err: number) => boolean,
): Promise<Answer> {
  const { answers, engine, number } = session;
  const path = 'path' in request ? request.path : null;
  if (session.dead) return Promise.reject(new KeeperError(ErrorCode.SESSIONEXPIRED, path));
  const tag = ++session.tags;
  engine.order({ kind: 'request', session: number, tag, request });
  const what = path === null ? request.op : `${request.op} ${path}`;
  return engine.wait<Answer>('request', what, (resolve, reject) => {
    answers.set(tag, (answer) => {
      const isFine = note?.(answer.err) ?? false;
      if (isFine || answer.err === ErrorCode.OK) resolve(answer);
      else reject(new KeeperError(answer.err, path, answer.body.results));
    });
  });
}

/** A watch is set where the outcome is one that it can watch. Source: ZooKeeper.WatchRegistration. */
export function read(
  session: Session,
  op: ReadRequest['op'],
  path: string,
  watcher: Watcher | undefined,
): Promise<Answer> {
  const { watchers } = session;
  const request = { op, path: checked(path), watch: watcher !== undefined };
  return ask(session, request, (err) => {
    const isAbsent = op === 'exists' && err === ErrorCode.NONODE;
    if (watcher !== undefined && (err === ErrorCode.OK || isAbsent)) {
      const isOfChildren = op === 'getChildren' || op === 'getChildren2';
      watchers.add(isAbsent ? 'exist' : isOfChildren ? 'child' : 'data', path, watcher);
    }
    return isAbsent;
  });
}
