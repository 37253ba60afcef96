/**
 * What there is to know of a command: its name, its options, its usage, and how it begins.
 *
 * Source: org.apache.zookeeper.cli.CliCommand (3.9).
 */
import { validatePath } from '../../data-tree/path.ts';
import { optionTable, parseOptions } from './options.ts';
import type { Choice, OptionSpec, ParsedLine } from './options.ts';
import { reject } from './task.ts';
import type { Shell, Task } from './task.ts';

export interface CommandSpec {
  readonly name: string;
  /** What may follow the name, as `help` shows it. */
  readonly usage: string;
  readonly options: readonly OptionSpec[];
  /** Whether its options exclude one another; they do not where nothing is said. */
  readonly choice?: Choice;
  /** Its usage lists the options, too. */
  readonly listsOptions: boolean;
  /** Arguments that it needs, the command's own name not counted. */
  readonly needs: number;
  /** Arguments that it takes at most; any number where nothing is said. */
  readonly most?: number;
  /**
   * An older form, `get path watch`: a further argument once meant a watch. zkCli still takes it,
   * with this remark.
   */
  readonly oldWatchForm: string | null;
  /** What an argument may be, by its place; 1 is the first behind the name. */
  readonly words?: ReadonlyMap<number, readonly string[]>;
  start(line: ParsedLine, shell: Shell): Task | null;
}

/** Parses the words of a line and begins the command. */
export function startCommand(
  spec: CommandSpec,
  words: readonly string[],
  shell: Shell,
): Task | null {
  let parsed = parseOptions(words, spec.options, spec.choice);
  if (!parsed.ok) return reject(shell, parsed.error, usageHint(spec, parsed.error));
  const given = parsed.line.args.length - 1;
  if (given < spec.needs) return rejectUsage(spec, missingHint(spec), shell);
  if (spec.most !== undefined && given > spec.most) {
    return rejectUsage(spec, `${spec.name}: that is more than it takes.`, shell);
  }
  if (spec.oldWatchForm !== null && parsed.line.args.length > 2) {
    shell.print('error', spec.oldWatchForm);
    // zkCli puts the option in place of the third word, whatever that was.
    parsed = parseOptions([...words.slice(0, 2), '-w', ...words.slice(3)], spec.options);
    if (!parsed.ok) return reject(shell, parsed.error, usageHint(spec, parsed.error));
  }
  return spec.start(parsed.line, shell);
}

/** Prints how a command is used, as zkCli does, and why it had to be said. */
export function rejectUsage(spec: CommandSpec, hint: string, shell: Shell): null {
  shell.print('error', `${spec.name} ${spec.usage}`);
  if (spec.listsOptions) for (const row of optionTable(spec.options)) shell.print('error', row);
  shell.print('hint', hint);
  return null;
}

function missingHint(spec: CommandSpec): string {
  const what = spec.needs === 1 ? 'an argument is' : 'arguments are';
  return `${spec.name}: ${what} missing. This is how the command is used.`;
}

function usageHint(spec: CommandSpec, error: string): string {
  const usage = `This is how it is used: ${spec.name} ${spec.usage}.`;
  if (!error.includes('Unrecognized')) return usage;
  return `${usage} A word -- ends the options: what follows may begin with -.`;
}

/** @param sequential A number will be put behind it: `/queue/` is fine. */
function pathFault(path: string, sequential: boolean): string | null {
  return validatePath(sequential ? `${path}1` : path);
}

/** Prints what is wrong with a path. @returns Whether it is fine. */
export function checkPath(path: string, sequential: boolean, shell: Shell): boolean {
  const error = pathFault(path, sequential);
  if (error === null) return true;
  shell.print('error', error);
  const rule = 'A path is made of names, each behind a slash: /app/config. The root is /.';
  const meant = path !== '' && pathFault(`/${path}`, sequential) === null;
  shell.print('hint', meant ? `Did you mean /${path}?` : rule);
  return false;
}

export function argument(line: ParsedLine, index: number): string {
  return line.args[index] ?? '';
}

export function flag(name: string, description: string): OptionSpec {
  return { name, takesValue: false, description };
}

export function valued(name: string, description: string): OptionSpec {
  return { name, takesValue: true, description };
}
