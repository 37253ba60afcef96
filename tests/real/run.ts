/**
 * Against a real ZooKeeper of Debian's package: data directories go both ways.
 * The last line is `N passed, N failed, N skipped`.
 */
import { isInstalled } from './real-server.ts';
import { roundTrips, runRoundTrip } from './round-trips.ts';

if (!isInstalled) {
  console.log('A real ZooKeeper is needed here: apt-get install zookeeper openssl python3.');
  console.log(`0 passed, 0 failed, ${String(roundTrips.length)} skipped`);
  process.exit(1);
}

const wanted = process.argv[2] ?? '';
let passed = 0;
let failed = 0;
let skipped = 0;
for (const trip of roundTrips) {
  if (!trip.name.includes(wanted)) {
    skipped++;
    continue;
  }
  const differences = await runRoundTrip(trip);
  if (differences.length === 0) passed++;
  else failed++;
  console.log(`${differences.length === 0 ? 'ok  ' : 'FAIL'} ${trip.name}`);
  for (const difference of differences.slice(0, 20)) console.log(`     ${difference}`);
}
console.log(`${String(passed)} passed, ${String(failed)} failed, ${String(skipped)} skipped`);
process.exit(failed === 0 ? 0 : 1);
