/** What a check of a request finds wrong: KeeperException on its way through PrepRequestProcessor. */
import type { ErrorCode } from '../error-code.ts';

export class RequestError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode) {
    super(String(code));
    this.code = code;
  }
}
