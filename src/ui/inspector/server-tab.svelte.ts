/** Which tab of a server is open: kept while a person goes from server to server to compare. */
export type ServerTab = 'state' | 'disk' | 'sessions' | 'log';

export const serverTab: { now: ServerTab } = $state({ now: 'state' });
