/**
 * What of the worker's own a program can see: the language, and nothing of the browser. The page's
 * policy forbids it the network as well; this takes away the means, and the clocks.
 */

const DATES = Date.prototype;

/** Everything else goes. Without clocks, randomness or anything else that differs between runs. */
const KEPT: ReadonlySet<string> = new Set([
  ...['Object', 'Array', 'Map', 'Set', 'WeakMap', 'WeakSet', 'Promise', 'Proxy', 'Reflect'],
  ...['String', 'Number', 'Boolean', 'BigInt', 'Symbol', 'RegExp', 'JSON', 'Math', 'Iterator'],
  ...['Error', 'AggregateError', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError'],
  ...['TypeError', 'URIError', 'ArrayBuffer', 'DataView', 'Int8Array', 'Uint8Array', 'Function'],
  ...['Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array'],
  ...['Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array'],
  ...['undefined', 'NaN', 'Infinity', 'isNaN', 'isFinite', 'parseInt', 'parseFloat'],
  ...['encodeURIComponent', 'decodeURIComponent', 'encodeURI', 'decodeURI', 'globalThis'],
  ...['TextEncoder', 'TextDecoder', 'structuredClone', 'queueMicrotask', 'atob', 'btoa'],
]);

/**
 * Call once everything that is needed of the worker has been taken, and before any of a program's
 * text runs. @param own what stays besides.
 */
export function stripGlobals(scope: object, own: string): void {
  for (
    let holder: object | null = scope;
    holder !== null && holder !== Object.prototype;
    holder = Object.getPrototypeOf(holder) as object | null
  ) {
    for (const name of Object.getOwnPropertyNames(holder)) {
      if (KEPT.has(name) || name === own) continue;
      if (Reflect.deleteProperty(holder, name)) continue;
      const { writable } = Object.getOwnPropertyDescriptor(holder, name) ?? {};
      if (writable === true) Reflect.set(holder, name, undefined);
    }
  }
  // No program is made of text while it runs.
  const samples = [
    () => undefined,
    async () => Promise.resolve(),
    function* none() {
      yield undefined;
    },
    async function* none() {
      await Promise.resolve();
      yield 1;
    },
  ];
  for (const sample of samples) {
    const prototype = Object.getPrototypeOf(sample) as object;
    Object.defineProperty(prototype, 'constructor', { value: undefined });
  }
  Reflect.set(scope, 'Function', undefined);
  // The other way to the clock of the wall.
  Object.defineProperty(DATES, 'constructor', { value: undefined });
}
