/** How a server names itself. */
import type { EnsembleConfig } from '../config.ts';

/** 3.8.0 in the words of Debian's build, to which every answer is compared; 3.9 in our own. */
export function versionLine(config: EnsembleConfig): string {
  return config.release === '3.8.0'
    ? '3.8.0-${mvngit.commit.id}, built on 2024-12-29 17:54 UTC'
    : '3.9.5-zookeeper-playground, built on 2026-11-22 00:00 UTC';
}
