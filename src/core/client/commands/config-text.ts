/**
 * A configuration as a connect string: `100000000 server1:2181,server2:2181`.
 *
 * Source: server.util.ConfigUtils.getClientConfigStr (3.9). The servers stand in the order of the
 * java.util.Properties that it reads them into.
 */
export function clientConnectString(lines: readonly string[]): string {
  const entries = new Map<string, string>();
  for (const line of lines) {
    const parts = /^\s*([^\s#!=:][^\s=:]*)\s*[=: ]\s*(.*?)\s*$/.exec(line);
    if (parts !== null) entries.set(parts[1] ?? '', parts[2] ?? '');
  }
  const servers: string[] = [];
  for (const key of hashOrder([...entries.keys()])) {
    const address = key.startsWith('server.') ? clientAddress(entries.get(key) ?? '') : null;
    if (address !== null) servers.push(address);
  }
  return `${entries.get('version') ?? ''} ${servers.join(',')}`;
}

/** '' for a server that does not say where its clients go; null for one that is none. */
function clientAddress(value: string): string | null {
  const [server = '', client = ''] = value.split(';');
  const parts = hostAndPorts(server);
  if (server.includes('|') || parts.length < 3 || parts.length > 4) return null;
  if (client === '') return '';
  const address = hostAndPorts(client);
  if (address.length > 2) return null;
  const port = address.at(-1) ?? '';
  if (!/^\d+$/.test(port)) return null;
  return `${address.length === 2 ? (address[0] ?? '') : '0.0.0.0'}:${port}`;
}

/** An IPv6 address stands in brackets. */
function hostAndPorts(text: string): string[] {
  const bracketed = /^\[([^\]]*)\]:?(.*)$/.exec(text);
  if (bracketed === null) return text.split(':');
  const [, host = '', rest = ''] = bracketed;
  return rest === '' ? [host] : [host, ...rest.split(':')];
}

/** As a ConcurrentHashMap with room for 8 walks over its keys: by the low bits of their hashes. */
function hashOrder(keys: readonly string[]): string[] {
  let slots = 16;
  while (keys.length >= slots * 0.75) slots *= 2;
  const slotOf = (key: string): number => {
    let hash = 0;
    for (let i = 0; i < key.length; i++) hash = (Math.imul(hash, 31) + key.charCodeAt(i)) | 0;
    return (hash ^ (hash >>> 16)) & (slots - 1);
  };
  return [...keys].sort((a, b) => slotOf(a) - slotOf(b));
}
