/** The command line of `npm run simulate`. */
import { parseArgs } from 'node:util';
import { MUTANTS } from '../core/mutants.ts';
import { PROFILE_NAMES, PROFILES, type ProfileName } from '../sim/explore/profiles.ts';
import { ConfigError } from './config-error.ts';

const PROFILE_LINES = PROFILE_NAMES.map((name) => `    ${name.padEnd(10)} ${PROFILES[name].about}`);

export const HELP = `Runs of a simulated ensemble under faults, with every invariant checked.

  npm run simulate -- [options]

  --seeds N        so many runs, over all profiles in turn (1000)
  --first N        the first seed (0)
  --minutes M      ends after so long, whatever --seeds says
  --seed N         this run only: what happened in it, and its hash
  --profile NAME   only this one; see below
  --voters N       1 to 5; drawn from the seed unless given
  --observers N    0 to 2; drawn from the seed unless given
  --mutant NAME    with a historic bug switched on: until a run finds it
  --mutant all     each bug from several first seeds: how many runs it takes
  --starts N       for --mutant: from so many first seeds (1, with all: 3)
  --workers N      threads (one for each processor)
  --help           this text

  Profiles:
${PROFILE_LINES.join('\n')}
`;

export interface SimulateOptions {
  readonly seeds: number;
  readonly first: number;
  /** Null: no limit. */
  readonly minutes: number | null;
  readonly seed: number | null;
  readonly profiles: readonly ProfileName[];
  readonly voters: number | null;
  readonly observers: number | null;
  readonly mutants: readonly string[];
  readonly starts: number;
  readonly workers: number | null;
  readonly help: boolean;
}

/** @throws ConfigError */
export function parseSimulateOptions(args: readonly string[]): SimulateOptions {
  const values = parse(args);
  const mutants = mutantsOf(values.mutant);
  const starts = values.starts ?? (mutants.length > 1 ? '3' : '1');
  const minutes = values.minutes === undefined ? null : Number(values.minutes);
  if (minutes !== null && !(minutes > 0)) {
    throw new ConfigError(`--minutes ${values.minutes ?? ''} is not a number above 0`);
  }
  const number = (name: NumberName, least: number, most = 0x7fff_ffff): number | null => {
    const text = values[name];
    return text === undefined ? null : count(`--${name}`, text, least, most);
  };
  return {
    // With a limit in time only, seeds do not end.
    seeds: number('seeds', 1) ?? (minutes === null ? 1000 : 0x7fff_ffff),
    first: number('first', 0) ?? 0,
    minutes,
    seed: number('seed', 0),
    profiles: profilesOf(values.profile),
    voters: number('voters', 1, 5),
    observers: number('observers', 0, 2),
    mutants,
    starts: count('--starts', starts, 1, 100),
    workers: number('workers', 1, 256),
    help: values.help === true,
  };
}

function mutantsOf(name: string | undefined): readonly string[] {
  const names: readonly string[] = MUTANTS.map((mutant) => mutant.name);
  if (name === undefined) return [];
  if (name === 'all') return names;
  if (names.includes(name)) return [name];
  throw new ConfigError(`--mutant ${name} is none of: all, ${names.join(', ')}`);
}

function profilesOf(name: string | undefined): readonly ProfileName[] {
  if (name === undefined) return PROFILE_NAMES;
  const known = PROFILE_NAMES.filter((profile) => profile === name);
  if (known.length > 0) return known;
  throw new ConfigError(`--profile ${name} is none of: ${PROFILE_NAMES.join(', ')}`);
}

type NumberName = 'seeds' | 'first' | 'seed' | 'voters' | 'observers' | 'workers';

type Values = Partial<Record<NumberName | 'minutes' | 'profile' | 'mutant' | 'starts', string>> & {
  readonly help?: boolean;
};

function parse(args: readonly string[]): Values {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      args: [...args],
      options: {
        seeds: text,
        first: text,
        seed: text,
        voters: text,
        observers: text,
        workers: text,
        minutes: text,
        profile: text,
        mutant: text,
        starts: text,
        help: { type: 'boolean' },
      },
    });
    return values;
  } catch (error) {
    const what = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new ConfigError(`${what ?? ''}; --help lists the options`);
  }
}

function count(option: string, text: string, least: number, most: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : NaN;
  if (Number.isNaN(number) || number < least || number > most) {
    throw new ConfigError(`${option} ${text} is not a number from ${String(least)} on`);
  }
  return number;
}
