/**
 * JSON laid out in lines. The text is laid out and not what it means: long numbers keep all of
 * their digits, and keys their order.
 */

/** Null where it is no JSON object or list. */
export function formatJson(text: string): string | null {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s[\]{}:,"]+/g) ?? [];
  let out = '';
  let depth = 0;
  const line = (): string => `\n${'  '.repeat(depth)}`;
  tokens.forEach((token, n) => {
    const before = tokens[n - 1] ?? '';
    const isEnd = token === '}' || token === ']';
    if (isEnd) depth -= 1;
    const opened = before === '{' || before === '[';
    if (before === ',' || opened !== isEnd) out += line();
    out += token === ':' ? ': ' : token;
    if (token === '{' || token === '[') depth += 1;
  });
  return out;
}
