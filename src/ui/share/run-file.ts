/** A run as a file: JSON with a format and a version, so that a later page knows what it has. */
import { RunTextError, sharedFromText, sharedToText, type SharedRun } from '../../sim/run-text.ts';

const FORMAT = 'zookeeper-playground/run';
const VERSION = 1;

/** Characters. */
const NAME_MAX = 200;

export interface NamedRun {
  readonly name: string;
  readonly run: SharedRun;
}

/** Why a file is of no use; `text` where the record itself says it in a sentence. */
export class RunFileError extends Error {
  override readonly name = 'RunFileError';
  readonly why: 'noJson' | 'otherFormat' | 'newer' | 'text';

  constructor(why: RunFileError['why'], message: string = why) {
    super(message);
    this.why = why;
  }
}

export function runToFile({ name, run }: NamedRun): string {
  const whole = {
    format: FORMAT,
    version: VERSION,
    name,
    run: JSON.parse(sharedToText(run)) as object,
  };
  return `${JSON.stringify(whole, null, 1)}\n`;
}

/** @throws RunFileError */
export function runFromFile(text: string): NamedRun {
  const file = fieldsOf(text);
  if (file['format'] !== FORMAT) throw new RunFileError('otherFormat');
  if (file['version'] !== VERSION) throw new RunFileError('newer');
  const name = typeof file['name'] === 'string' ? file['name'].slice(0, NAME_MAX) : '';
  try {
    return { name, run: sharedFromText(JSON.stringify(file['run'] ?? null)) };
  } catch (reason) {
    if (reason instanceof RunTextError) throw new RunFileError('text', reason.message);
    throw reason;
  }
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    throw new RunFileError('noJson');
  }
}

/** A name that every system takes. */
export function fileNameOf(name: string): string {
  const plain = name
    .trim()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${plain === '' ? 'run' : plain}.zkrun.json`;
}
