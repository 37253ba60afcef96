/**
 * The frame's end of the protocol: obeys the page around and tells it how the ensemble fares. It
 * listens to that page alone, and whatever it is sent it answers, with an error if it must.
 */
import {
  answer,
  eventOf,
  readRequest,
  refusal,
  type EmbedAnswer,
  type EmbedEvent,
  type EmbedOutcome,
  type EmbedRequest,
  type EventName,
} from '../../embed/protocol.ts';
import { RunTextError } from '../../sim/run-text.ts';
import type { Locale } from '../state/locale.svelte.ts';
import type { Playground } from '../state/playground.svelte.ts';
import type { Theme } from '../state/theme.svelte.ts';
import { readChanges, readDeed, readGoal, readStep } from './params.ts';
import { momentous, stateOf } from './state-of.ts';

export interface Obeying {
  readonly playground: Playground;
  readonly locale: Locale;
  readonly theme: Theme;
}

/** Milliseconds between two events `state` when nothing happened but time. */
const TELL_EVERY = 250;

class Refused extends Error {}

/**
 * @param only the one origin that is listened to; null: the page around, whichever it is. What is
 * told to it before it has spoken is told to any: it is a simulated ensemble, and nobody's data.
 * @returns what ends it.
 */
export function serveParent(obeying: Obeying, only: string | null): () => void {
  const { parent } = window;
  if (parent === window) return () => undefined;
  let told = only ?? '*';

  const say = (message: EmbedAnswer | EmbedEvent, origin: string): void => {
    try {
      parent.postMessage(message, origin === 'null' ? '*' : origin);
    } catch {
      // The address has named an origin that is none: nobody hears.
    }
  };
  const tell = (event: EventName, data: unknown): void => say(eventOf(event, data), told);

  const onmessage = ({ source, origin, data }: MessageEvent<unknown>): void => {
    if (source !== parent || (only !== null && origin !== only)) return;
    const request = readRequest(data);
    if (request === null) return;
    if (only === null && origin !== 'null') told = origin;
    if (request.kind === 'answer') return say(request, origin);
    void carryOut(obeying, request, tell).then((reply) => say(reply, origin));
  };
  addEventListener('message', onmessage);
  const stop = $effect.root(() => watch(obeying, tell));
  return () => {
    removeEventListener('message', onmessage);
    stop();
  };
}

type Tell = (event: EventName, data: unknown) => void;

/** Never fails: what goes wrong is an answer. */
async function carryOut(obeying: Obeying, request: EmbedRequest, tell: Tell): Promise<EmbedAnswer> {
  const { id } = request;
  try {
    if (obeying.playground.live === null || obeying.playground.stage !== 'open') {
      return refusal(id, 'notReady', 'no ensemble is open yet');
    }
    return answer(id, await resultOf(obeying, request, tell));
  } catch (reason) {
    const message = reason instanceof Error ? reason.message : String(reason);
    if (reason instanceof RunTextError) return refusal(id, 'badParams', reason.fact);
    return refusal(id, reason instanceof Refused ? 'refused' : 'failed', message);
  }
}

async function resultOf(
  { playground, locale, theme }: Obeying,
  { method, params }: EmbedRequest,
  tell: Tell,
): Promise<unknown> {
  switch (method) {
    case 'play':
      await playground.play();
      return null;
    case 'pause':
      await playground.pause();
      return null;
    case 'step':
      await playground.step(readStep(params));
      return null;
    case 'runUntil': {
      const end = await playground.runUntil(readGoal(params));
      if (end === null) throw new Error('it could not begin');
      tell('outcome', { kind: 'goal', end, now: playground.live?.now ?? 0 } satisfies EmbedOutcome);
      return end;
    }
    case 'act': {
      const outcome = await playground.act(readDeed(params));
      if (!outcome.ok) throw new Refused(outcome.reason);
      return null;
    }
    case 'configure': {
      const { theme: look, lang, speed } = readChanges(params);
      if (look !== undefined) theme.set(look);
      if (lang !== undefined) locale.set(lang);
      if (speed !== undefined) await playground.setSpeed(speed);
      return null;
    }
    case 'getState':
      return playground.live === null ? null : stateOf(playground.live);
  }
}

/** Within an effect's root: tells of what the frames bring. */
function watch({ playground }: Obeying, tell: Tell): void {
  let ready = false;
  let known = '';
  let due = 0;
  let broken: readonly string[] = [];
  let failure: string | null = null;
  $effect(() => {
    const { live, stage } = playground;
    if (live === null || stage !== 'open') return;
    const state = stateOf(live);
    if (!ready) tell('ready', state);
    ready = true;
    const news = momentous(state);
    const now = performance.now();
    if (news !== known || now >= due) {
      tell('state', state);
      known = news;
      due = now + TELL_EVERY;
    }
    for (const { name, holds, why } of live.properties) {
      if (holds || broken.includes(name)) continue;
      tell('outcome', { kind: 'violated', property: name, why: why ?? '' } satisfies EmbedOutcome);
    }
    broken = state.violated;
    if (state.failure !== null && state.failure !== failure) {
      tell('outcome', { kind: 'failed', message: state.failure } satisfies EmbedOutcome);
    }
    failure = state.failure;
  });
  $effect(() => {
    const { failure: message } = playground;
    if (message === null) return;
    tell('outcome', { kind: 'failed', message } satisfies EmbedOutcome);
  });
}
