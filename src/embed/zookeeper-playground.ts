/**
 * `<zookeeper-playground panes="ensemble,log" run="https://…#run=…">`: the playground in a frame,
 * as an element with methods and events. `embed.js` is this file; a page loads it with
 * `<script src="…/embed.js" async></script>`, and needs nothing else.
 */
import { addressOf, WISHES } from './address.ts';
import {
  readReply,
  request,
  type EmbedAnswer,
  type EmbedError,
  type EmbedEvent,
  type EmbedState,
  type ErrorCode,
  type Method,
} from './protocol.ts';

const TAG = 'zookeeper-playground';

/** Where this script came from: the playground is beside it. */
const script =
  document.currentScript ??
  document.querySelector('script[src$="/embed.js"], script[src="embed.js"]');
const HOME = script instanceof HTMLScriptElement && script.src !== '' ? script.src : location.href;

/** What a method is refused with. */
class PlaygroundError extends Error {
  override readonly name = 'PlaygroundError';
  readonly code: ErrorCode;

  constructor({ code, message }: EmbedError) {
    super(message);
    this.code = code;
  }
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (reason: Error) => void;
}

class ZooKeeperPlayground extends HTMLElement {
  static readonly observedAttributes = ['src', 'run', 'title', ...WISHES];

  #frame = document.createElement('iframe');
  readonly #waiting = new Map<number, Waiting>();
  #count = 0;
  #isReady = false;
  #nowReady: () => void = () => undefined;
  #ready = this.#promise();

  constructor() {
    super();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      ':host{display:block;height:480px}:host([hidden]){display:none}' +
        'iframe{display:block;width:100%;height:100%;border:0}',
    );
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    root.append(this.#frame);
  }

  /** When the ensemble is there. Methods that are called before wait for it. */
  get ready(): Promise<void> {
    return this.#ready;
  }

  connectedCallback(): void {
    addEventListener('message', this.#listen);
    this.#load();
  }

  disconnectedCallback(): void {
    removeEventListener('message', this.#listen);
    this.#leave('it was taken out of its page');
  }

  attributeChangedCallback(name: string, before: string | null, value: string | null): void {
    if (!this.isConnected || before === value) return;
    if (name === 'title') this.#frame.title = this.#title;
    else if (this.#isReady && value !== null && /^(?:theme|lang|speed)$/.test(name)) {
      const wish = name === 'speed' ? speedOf(value) : value;
      this.#ask('configure', { [name]: wish }).catch(() => undefined);
    } else this.#load();
  }

  play(): Promise<unknown> {
    return this.#ask('play');
  }

  pause(): Promise<unknown> {
    return this.#ask('pause');
  }

  /** @param kind `event`, `packet`, `interesting` or `phase`. */
  step(kind = 'interesting'): Promise<unknown> {
    return this.#ask('step', { kind });
  }

  /** @param goal as `{ kind: 'serves' }`. @returns `reached`, `stopped`, `tooFar` or `violated`. */
  runUntil(goal: object): Promise<unknown> {
    return this.#ask('runUntil', { goal });
  }

  /** @param action as `{ kind: 'restart', sid: 3 }`. */
  act(action: object): Promise<unknown> {
    return this.#ask('act', { action });
  }

  getState(): Promise<EmbedState> {
    return this.#ask('getState') as Promise<EmbedState>;
  }

  // --- the frame --------------------------------------------------------------------------------

  get #title(): string {
    return this.getAttribute('title') ?? 'ZooKeeper Playground';
  }

  #load(): void {
    this.#leave('it was loaded again');
    const base = new URL(this.getAttribute('src') ?? './', HOME).href;
    const wish = (name: string): string | null => this.getAttribute(name);
    const { origin } = location;
    const address = addressOf(base, {
      ...Object.fromEntries(WISHES.map((name) => [name, wish(name)])),
      run: wish('run'),
      origin: wish('origin') ?? (origin === 'null' ? null : origin),
    });
    // A new frame, because one that only changes its hash would not load again.
    const frame = document.createElement('iframe');
    frame.title = this.#title;
    frame.allow = 'fullscreen; clipboard-write';
    frame.loading = 'lazy';
    frame.src = address;
    this.#frame.replaceWith(frame);
    this.#frame = frame;
  }

  #promise(): Promise<void> {
    return new Promise((resolve) => {
      this.#nowReady = resolve;
    });
  }

  #leave(why: string): void {
    for (const { reject } of this.#waiting.values()) {
      reject(new PlaygroundError({ code: 'failed', message: why }));
    }
    this.#waiting.clear();
    if (this.#isReady) this.#ready = this.#promise();
    this.#isReady = false;
  }

  async #ask(method: Method, params: unknown = null): Promise<unknown> {
    await this.#ready;
    const id = ++this.#count;
    const { contentWindow, src } = this.#frame;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      contentWindow?.postMessage(request(id, method, params), new URL(src).origin);
    });
  }

  readonly #listen = ({ source, origin, data }: MessageEvent<unknown>): void => {
    const { contentWindow, src } = this.#frame;
    if (source === null || source !== contentWindow || origin !== new URL(src).origin) return;
    const reply = readReply(data);
    if (reply?.kind === 'event') this.#tell(reply);
    else if (reply?.kind === 'answer') this.#settle(reply);
  };

  #tell({ event, data }: EmbedEvent): void {
    if (event === 'ready') {
      this.#isReady = true;
      this.#nowReady();
    }
    this.dispatchEvent(new CustomEvent(event, { detail: data }));
  }

  #settle(answer: EmbedAnswer): void {
    const waiting = this.#waiting.get(Number(answer.id));
    this.#waiting.delete(Number(answer.id));
    if (answer.ok) waiting?.resolve(answer.result);
    else waiting?.reject(new PlaygroundError(answer.error));
  }
}

const speedOf = (text: string): number | null => (text === 'max' ? null : Number(text));

if (customElements.get(TAG) === undefined) customElements.define(TAG, ZooKeeperPlayground);
