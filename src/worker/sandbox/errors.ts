/** What a request of a program fails with. */
import { keeperMessage } from '../../core/client/commands/failure.ts';
import { errorName } from '../../core/error-code.ts';
import type { OpResult } from '../../core/jute/proto.ts';

/** Source: org.apache.zookeeper.KeeperException; `code` is the name in its Code. */
export class KeeperError extends Error {
  override readonly name = 'KeeperException';
  /** `NONODE`, `NODEEXISTS`, `BADVERSION`, `CONNECTIONLOSS`, `SESSIONEXPIRED` … */
  readonly code: string;
  readonly path: string | null;
  /** Of a multi that was not done: the code of each operation, in their order. */
  readonly results: readonly string[] | null;

  constructor(err: number, path: string | null, results: readonly OpResult[] | null = null) {
    super(keeperMessage(err, path));
    this.code = errorName(err);
    this.path = path;
    this.results = results?.map((result) => errorName(result.err)) ?? null;
  }
}
