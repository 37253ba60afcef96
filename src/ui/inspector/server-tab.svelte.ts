/** Which tab of a server is open: kept while a person goes from server to server to compare. */
export type ServerTab = 'state' | 'queues' | 'disk' | 'sessions' | 'log' | 'words';

export const serverTab: { now: ServerTab } = $state({ now: 'state' });

/** The four-letter word that was last asked. */
export const adminWord: { now: string } = $state({ now: 'mntr' });
