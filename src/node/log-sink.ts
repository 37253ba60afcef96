/** Where the servers' log lines go. */
import type { LogLevel } from '../core/quorum/peer-io.ts';
import type { Sid } from '../core/units.ts';

export type LogSink = (level: LogLevel, sid: Sid, logger: string, message: string) => void;

const RANK: Readonly<Record<LogLevel, number>> = { DEBUG: 0, INFO: 1, WARN: 2, ERROR: 3 };

export const quiet: LogSink = () => undefined;

/** Lines in the form of ZooKeeper's own pattern, to standard error. */
export function logToStderr(least: LogLevel): LogSink {
  return (level, sid, logger, message) => {
    if (RANK[level] < RANK[least]) return;
    process.stderr.write(`${formatLine(new Date(), level, sid, logger, message)}\n`);
  };
}

/** `2026-01-31 12:00:00,123 [myid:1] - INFO  [QuorumPeer] - LOOKING`, in local time. */
export function formatLine(
  at: Date,
  level: LogLevel,
  sid: Sid,
  logger: string,
  message: string,
): string {
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  const time = [two(at.getHours()), two(at.getMinutes()), two(at.getSeconds())].join(':');
  const millis = String(at.getMilliseconds()).padStart(3, '0');
  const where = `[myid:${String(sid)}]`;
  return `${day} ${time},${millis} ${where} - ${level.padEnd(5)} [${logger}] - ${message}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
