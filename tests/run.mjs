/**
 * The test command: every check of the project, one after the other, and a last
 * line of its own that sums them up, `N passed, N failed`.
 *
 *   npm test                            all steps
 *   npm test -- --only unit             one step
 *   npm test -- --only lint,types,unit  some steps
 *
 * A step that cannot run has failed; none is skipped in silence. All steps run,
 * so that one look tells everything that is wrong.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser } from './support/find-browser.mjs';
import { installBrowser } from './support/install-browser.mjs';
import { undetected } from './support/type-check-control.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const reports = mkdtempSync(join(tmpdir(), 'playground-tests-'));

/** The command-line programs of the packages, as files that Node runs on every system. */
const program = {
  prettier: 'node_modules/prettier/bin/prettier.cjs',
  eslint: 'node_modules/eslint/bin/eslint.js',
  svelteCheck: 'node_modules/svelte-check/bin/svelte-check',
  vitest: 'node_modules/vitest/vitest.mjs',
  vite: 'node_modules/vite/bin/vite.js',
  playwright: 'node_modules/@playwright/test/cli.js',
};

const steps = {
  format: () => command(program.prettier, '--check', '.'),
  lint: () => command(program.eslint, '.', '--max-warnings', '0'),
  types: () => sum([typeCheck(), control()]),
  unit: () => vitest('node'),
  conformance,
  browser: () => needsBrowser(() => vitest('browser')),
  build: () => command(program.vite, 'build'),
  e2e: () => needsBrowser(playwright),
};

function main() {
  const chosen = chooseSteps(process.argv.slice(2));
  const results = [];
  for (const name of chosen) {
    console.log(`\n== ${name}`);
    const start = performance.now();
    const result = steps[name]();
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`== ${name}: ${describe(result)} (${seconds} s)`);
    results.push({ name, result });
  }
  rmSync(reports, { recursive: true, force: true });

  const total = sum(results.map(({ result }) => result));
  const broken = results.filter(({ result }) => result.failed > 0);
  console.log(broken.length === 0 ? '' : `\nFailed: ${broken.map(({ name }) => name).join(', ')}`);
  for (const { name, result } of broken) {
    for (const title of result.titles ?? []) console.log(`  ${name}: ${title}`);
  }
  for (const title of results.flatMap(({ result }) => result.unsteady ?? [])) {
    console.log(`Passed only when it was tried again: ${title}`);
  }
  console.log(describe(total));
  process.exitCode = total.failed === 0 ? 0 : 1;
}

function chooseSteps(args) {
  const all = Object.keys(steps);
  if (args.length === 0) return all;
  const wanted = (args[1] ?? '').split(',');
  if (args[0] !== '--only' || args.length !== 2 || !wanted.every((name) => all.includes(name))) {
    console.error(`Usage: npm test -- --only ${all.join(',')}`);
    process.exit(2);
  }
  // The pages that Playwright opens are the built ones.
  if (wanted.includes('e2e')) wanted.push('build');
  return all.filter((name) => wanted.includes(name));
}

function describe({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function sum(results) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const result of results) {
    for (const key of Object.keys(total)) total[key] += result[key];
  }
  return total;
}

const verdict = (isGood) => ({ passed: isGood ? 1 : 0, failed: isGood ? 0 : 1, skipped: 0 });

/** Runs one of the programs above, and shows what it prints. */
function execute([file, ...args], env = {}) {
  return spawnSync(process.execPath, [join(root, file), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  }).status;
}

function command(...words) {
  return verdict(execute(words) === 0);
}

function typeCheck() {
  return command(program.svelteCheck, '--tsconfig', './tsconfig.json', '--fail-on-warnings');
}

/** Its last line counts; a run that ends without one has failed. */
function conformance() {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(root, 'tests/conformance/run.ts')],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' },
  );
  console.log(stdout);
  const found = /(\d+) passed, (\d+) failed, (\d+) skipped\s*$/.exec(stdout ?? '');
  if (found === null) return verdict(false);
  const [passed, failed, skipped] = found.slice(1).map(Number);
  return { passed, failed: status === 0 ? failed : Math.max(failed, 1), skipped };
}

function control() {
  const missed = undetected(root, join(root, program.svelteCheck));
  if (missed.length > 0) {
    console.log(`The type check found nothing wrong in tests/negative/{${missed.join(',')}}.`);
  }
  return verdict(missed.length === 0);
}

function vitest(project) {
  const report = join(reports, `${project}.json`);
  const status = execute([
    ...[program.vitest, 'run', '--project', project, '--allowOnly=false'],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  ]);
  return fromReport(status, report, (json) => ({
    passed: json.numPassedTests,
    // A file that does not even load has no tests, and counts as one.
    failed:
      json.numFailedTests +
      json.testResults.filter((f) => f.status === 'failed' && f.assertionResults.length === 0)
        .length,
    skipped: json.numPendingTests + json.numTodoTests,
    titles: json.testResults.flatMap((f) => [
      ...(f.status === 'failed' && f.assertionResults.length === 0 ? [f.name] : []),
      ...f.assertionResults.filter((t) => t.status === 'failed').map((t) => t.fullName),
    ]),
  }));
}

function playwright() {
  const report = join(reports, 'e2e.json');
  const status = execute([program.playwright, 'test', '--forbid-only', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  });
  return fromReport(status, report, ({ stats, errors, suites }) => ({
    // A page on a busy machine may miss a moment once; twice in a row it is wrong.
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
    titles: specsThat('unexpected', suites),
    unsteady: specsThat('flaky', suites),
  }));
}

/** Titles of Playwright's specs with this status, wherever they are in its report. */
function specsThat(status, suites = []) {
  return suites.flatMap(({ specs = [], suites: inner }) => [
    ...specs
      .filter(({ tests }) => tests.some((one) => one.status === status))
      .map(({ file, title }) => `${file}: ${title}`),
    ...specsThat(status, inner),
  ]);
}

/** A runner that fails, reports nothing or runs no test has failed, whatever it counted. */
function fromReport(status, report, count) {
  if (!existsSync(report)) return verdict(false);
  const result = count(JSON.parse(readFileSync(report, 'utf8')));
  const isGood = status === 0 && result.passed > 0;
  return { ...result, failed: isGood ? result.failed : Math.max(result.failed, 1) };
}

/** Finds the browser once, and tells vitest and Playwright which one it is. */
function needsBrowser(step) {
  let browser;
  try {
    browser = findBrowser() ?? installBrowser();
  } catch (error) {
    console.log(error.message);
    return verdict(false);
  }
  if (browser === undefined) {
    console.log(
      'No browser could be found or installed: install Chrome, Chromium or Edge, or set CHROMIUM to the path of one, and run this again.',
    );
    return verdict(false);
  }
  console.log(`Browser: ${browser}`);
  process.env['CHROMIUM'] = browser;
  return step();
}

main();
