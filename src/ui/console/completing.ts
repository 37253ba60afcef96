/** What Tab does to a line, given what the console could go on with. */
import type { Completion } from '../../core/client/client-io.ts';

export interface Completed {
  readonly line: string;
  /** To choose from; empty where the line says all. */
  readonly options: readonly string[];
  /** Where in the line the chosen one goes. */
  readonly from: number;
}

/** One option is taken, with a space behind; several take what they have in common. */
export function completed(line: string, completion: Completion): Completed {
  const { from, options } = completion;
  const [only] = options;
  if (only === undefined) return { line, options: [], from };
  if (options.length === 1) return { line: withOption(line, from, only), options: [], from };
  const common = commonPrefix(options);
  const grown = common.length > line.length - from;
  return { line: grown ? line.slice(0, from) + common : line, options, from };
}

/** The line with `option` for its last word; only a word that is whole gets a space behind it. */
export function withOption(line: string, from: number, option: string): string {
  const goesOn = option.startsWith('/') || /[ /:]$/.test(option);
  return line.slice(0, from) + option + (goesOn ? '' : ' ');
}

function commonPrefix(options: readonly string[]): string {
  let common = options[0] ?? '';
  for (const option of options) while (!option.startsWith(common)) common = common.slice(0, -1);
  return common;
}
