/** `--processes`: each server in a process of its own. */
import { ConfigError } from './config-error.ts';
import type { ServeOptions } from './serve-options.ts';
import type { Serving } from './serve.ts';

export function serveProcesses(
  _options: ServeOptions,
  _onExit: (code: number) => void,
): Promise<Serving> {
  throw new ConfigError('--processes is not supported yet');
}
