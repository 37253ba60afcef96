/** What a headless server runs with where nothing else is said. */
import { DEFAULT_CONFIG, type EnsembleConfig } from '../core/config.ts';

/**
 * ZooKeeper's defaults. Where releases differ it answers as 3.8.0, because that is the one that
 * every answer is compared with; `release=3.9` asks for the other.
 */
export const SERVED_CONFIG: EnsembleConfig = { ...DEFAULT_CONFIG, release: '3.8.0' };
