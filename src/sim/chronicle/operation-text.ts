/** One line for what a client asked, and one for what it was answered. */
import { errorName } from '../../core/error-code.ts';
import { CreateMode, type ClientReply, type Request } from '../../core/jute/proto.ts';
import { describeRequest } from '../packet-view.ts';

const TEXT_MAX = 120;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** `create /app "one" (ephemeral)`, `delete /app (version 3)`. */
export function askText(request: Request): string {
  const parts = [describeRequest(request)];
  if ('data' in request && request.data !== null) parts.push(dataText(request.data));
  if ('flags' in request && typeof request.flags === 'number') {
    const mode = modeText(request.flags);
    if (mode !== null) parts.push(`(${mode})`);
  }
  if ('version' in request && request.version >= 0) {
    parts.push(`(version ${String(request.version)})`);
  }
  if ('watch' in request && request.watch) parts.push('(watch)');
  return cut(parts.join(' '));
}

/** `PERSISTENT` is not worth a word. */
function modeText(flags: number): string | null {
  const name = Object.entries(CreateMode).find(([, value]) => value === flags)?.[0];
  if (name === undefined || name === 'PERSISTENT') return null;
  return name.toLowerCase().replaceAll('_', ' ');
}

/** `"two", version 1`, `[a, b]`, `NONODE`, `OK`. */
export function answerText({ err, body }: ClientReply): string {
  if (err !== 0) return errorName(err);
  const parts: string[] = [];
  if (body.path !== null) parts.push(body.path);
  if (body.data !== null) parts.push(dataText(body.data));
  if (body.children !== null) parts.push(`[${[...body.children].sort(byText).join(', ')}]`);
  if (body.count !== null) parts.push(String(body.count));
  if (body.results !== null) {
    parts.push(
      body.results.map(({ op, err: code }) => (code === 0 ? op : errorName(code))).join(', '),
    );
  }
  if (body.stat !== null) parts.push(`version ${String(body.stat.version)}`);
  return parts.length === 0 ? 'OK' : cut(parts.join(', '));
}

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}

function dataText(data: Uint8Array): string {
  try {
    return JSON.stringify(decoder.decode(data.subarray(0, TEXT_MAX)));
  } catch {
    return `${String(data.length)} bytes`;
  }
}

function cut(text: string): string {
  return text.length <= TEXT_MAX ? text : `${text.slice(0, TEXT_MAX - 1)}…`;
}
