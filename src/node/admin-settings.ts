/** Whether, where and how the admin server answers: the keys `admin.*` of zoo.cfg. */

/**
 * Source: server.admin.JettyAdminServer, Commands (3.9).
 * Differs: ZooKeeper's is on unless switched off (up to 3.9) and listens on every address.
 */
export interface AdminSettings {
  readonly enabled: boolean;
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** What the path of every request begins with. */
  readonly commandUrl: string;
  /** Milliseconds after which a silent connection is closed. */
  readonly idleTimeout: number;
  readonly snapshotEnabled: boolean;
  readonly restoreEnabled: boolean;
  /** Milliseconds; one of each in so long. */
  readonly snapshotInterval: number;
  readonly restoreInterval: number;
}

export const DEFAULT_ADMIN: AdminSettings = {
  enabled: false,
  host: '127.0.0.1',
  port: 8080,
  commandUrl: '/commands',
  idleTimeout: 30_000,
  snapshotEnabled: true,
  restoreEnabled: true,
  snapshotInterval: 300_000,
  restoreInterval: 300_000,
};
