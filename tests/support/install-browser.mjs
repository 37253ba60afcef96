/** Puts a browser on a machine that has none, by the system's packages or else by Playwright. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findBrowser } from './find-browser.mjs';

/** @returns the path of the browser, or undefined when nothing could be installed. */
export function installBrowser() {
  for (const attempt of [fromDebian, fromPlaywright]) {
    attempt();
    const browser = findBrowser();
    if (browser !== undefined) return browser;
  }
  return undefined;
}

function fromDebian() {
  const sudo = administrator();
  if (process.platform !== 'linux' || sudo === undefined || !has('apt-get')) return;
  console.log('No browser found: installing chromium with apt-get.');
  run([...sudo, 'apt-get', 'update']);
  run([...sudo, 'apt-get', 'install', '-y', '--no-install-recommends', 'chromium']);
}

function fromPlaywright() {
  console.log('No browser found: installing chromium with Playwright.');
  const cli = fileURLToPath(new URL('../../node_modules/playwright/cli.js', import.meta.url));
  // The libraries that the browser needs come from the system, for which one must be root.
  const withLibraries = process.platform === 'linux' && administrator() !== undefined;
  if (withLibraries && run([process.execPath, cli, 'install', '--with-deps', 'chromium'])) return;
  run([process.execPath, cli, 'install', 'chromium']);
}

/** What to put before a command to run it as root without being asked; undefined if impossible. */
function administrator() {
  if (process.getuid?.() === 0) return [];
  return has('sudo') && run(['sudo', '-n', 'true'], 'ignore') ? ['sudo', '-n'] : undefined;
}

function has(command) {
  return run([command, '--version'], 'ignore');
}

function run([command, ...args], stdio = 'inherit') {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { stdio, env }).status === 0;
}
