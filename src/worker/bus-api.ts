/** The bus worker as it is wrapped by comlink: PlaygroundApi, but frames cross as deltas. */
import type { OpenOptions, OpenResult, PlaygroundApi } from './api.ts';
import type { FrameDelta } from './frame-delta.ts';

export type FrameSink = (delta: FrameDelta) => void | Promise<void>;

export interface BusApi extends Omit<PlaygroundApi, 'open'> {
  open(options: OpenOptions, onFrame: FrameSink): Promise<OpenResult>;
}
