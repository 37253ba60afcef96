/** What the answers of the admin server need and only the host knows. */
import type { Zxid } from '../zxid.ts';
import type { HostFacts } from './host-facts.ts';

export interface AdminFacts extends HostFacts {
  /** The newest that is whole on the disk, and its time in seconds since 1970. */
  readonly lastSnapshot: { readonly zxid: Zxid; readonly timestamp: number } | null;
  /** The text of the settings that the server was started with. */
  readonly initialConfig: string;
  /** Sorted by key. */
  readonly systemProperties: readonly (readonly [key: string, value: string])[];
}
