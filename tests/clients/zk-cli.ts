/** A session of ZooKeeper's own zkCli.sh, and what its lines have to say. */
import { spawn } from 'node:child_process';

/** A command, and what is to be found in what it prints. */
const SCRIPT: readonly (readonly [string, RegExp])[] = [
  ['create /app hello', /^Created \/app$/m],
  ['create -s /app/task- one', /^Created \/app\/task-0000000000$/m],
  ['create -e /app/member two', /^Created \/app\/member$/m],
  ['ls /app', /^\[member, task-0000000000\]$/m],
  ['get -s /app', /^hello\n(.*\n)*?dataVersion = 0$/m],
  ['set /app changed', /./s],
  ['get /app', /^changed$/m],
  ['stat /app', /^dataVersion = 1$/m],
  ['getAcl /app', /^'world,'anyone\n: cdrwa$/m],
  ['addauth digest u:p', /./s],
  ['setAcl /app auth::cdrwa', /./s],
  ['getAcl /app', /^'digest,'u:.*\n: cdrwa$/m],
  ['setquota -n 10 /app', /./s],
  ['listquota /app', /Output quota for \/app count=10/],
  ['getEphemerals /app', /\/app\/member/],
  ['getAllChildrenNumber /app', /^2$/m],
  ['delquota /app', /./s],
  ['delete /nowhere', /Node does not exist: \/nowhere/],
  ['deleteall /app', /./s],
  ['ls /', /^\[zookeeper\]$/m],
];

/** Longer than it takes on a busy machine, in milliseconds. */
const TIMEOUT = 60_000;

/** @returns what differs, one line each. */
export async function checkZkCli(script: string, hosts: string): Promise<string[]> {
  const child = spawn('bash', [script, '-server', hosts], { timeout: TIMEOUT });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  child.stdin.end([...SCRIPT.map(([command]) => command), 'quit', ''].join('\n'));
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const differences = SCRIPT.filter(([, wanted]) => !wanted.test(printed)).map(
    ([command, wanted]) => `${command}: ${String(wanted)} is not among what was printed`,
  );
  if (status !== 0) differences.push(`ended with ${String(status)}`);
  if (differences.length > 0) console.log(printed);
  return differences;
}
