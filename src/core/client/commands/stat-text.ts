/** A Stat as zkCli prints it. Source: org.apache.zookeeper.cli.StatPrinter (3.9). */
import type { Stat } from '../../jute/data.ts';
import { formatSessionId } from '../../units.ts';
import { formatZxid } from '../../zxid.ts';
import { formatDate } from '../calendar.ts';
import type { Shell } from './task.ts';

export function printStat(stat: Stat, shell: Shell): void {
  const lines = [
    `cZxid = ${formatZxid(stat.czxid)}`,
    `ctime = ${formatDate(stat.ctime)}`,
    `mZxid = ${formatZxid(stat.mzxid)}`,
    `mtime = ${formatDate(stat.mtime)}`,
    `pZxid = ${formatZxid(stat.pzxid)}`,
    `cversion = ${stat.cversion}`,
    `dataVersion = ${stat.version}`,
    `aclVersion = ${stat.aversion}`,
    `ephemeralOwner = ${formatSessionId(stat.ephemeralOwner)}`,
    `dataLength = ${stat.dataLength}`,
    `numChildren = ${stat.numChildren}`,
  ];
  for (const line of lines) shell.print('output', line);
}
