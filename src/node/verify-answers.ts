/**
 * Lives again every run of the answer files that it is given, and grades them. What the files say
 * of themselves is not believed; only the name is taken from them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { answersFromText } from '../lessons/classroom/answer-file.ts';
import { assignmentFromText } from '../lessons/classroom/assignment.ts';
import { exerciseFromText, type Exercise } from '../lessons/classroom/exercise.ts';
import { taskName, toCsv, verify } from '../lessons/classroom/verify.ts';
import type { Known, Verified } from '../lessons/classroom/verify.ts';
import { RunTextError } from '../sim/run-text.ts';
import { buildId } from './build/build-id.ts';
import { listLessons, loadLesson } from './lesson-files.ts';

const HELP = `Grades what was handed in: every run is lived again from its beginning.

  npm run verify -- answers/*.json --out grades.csv

  --out FILE         the grades as CSV, one line a piece of work
  --exercise FILE    an exercise of your own that was to be solved; may be given again
  --assignment FILE  an assignment: its exercises are taken as given; may be given again
  --help             this text

  Ends with 1 where a file could not be read, or a run is not what it says.
`;

interface Options {
  readonly files: readonly string[];
  readonly out: string | null;
  readonly exercises: readonly Exercise[];
}

type Row = Verified & { readonly file: string };

/** @returns the exit code. */
export async function verifyAnswers(
  args: readonly string[],
  print: (line: string) => void,
): Promise<number> {
  const options = read(args, print);
  if (options === null) return 2;
  const lessons = new Map(listLessons().map((files) => [files.id, files]));
  const known: Known = {
    build: buildId(),
    exercises: options.exercises,
    lesson: async (id, seed) => {
      const files = lessons.get(id);
      return files === undefined ? null : (await loadLesson(files)).plan(seed);
    },
  };
  const rows: Row[] = [];
  let unread = 0;
  for (const path of options.files) {
    const file = basename(path);
    try {
      const verified = await verify(answersFromText(readFileSync(path, 'utf8')), known);
      rows.push(...verified.map((one) => ({ ...one, file })));
      for (const one of verified) print(lineOf(file, one));
    } catch (reason) {
      unread++;
      print(`${file}: ${whyUnread(reason)}`);
    }
  }
  if (options.out !== null) writeFileSync(options.out, toCsv(rows));
  const count = (kind: Verified['verdict']['kind']): number =>
    rows.filter(({ verdict }) => verdict.kind === kind).length;
  const bad = unread + count('altered') + count('refused') + count('unknown');
  print(
    `${String(count('solved'))} solved, ${String(count('unsolved'))} not, ${String(bad)} not judged`,
  );
  return bad === 0 ? 0 : 1;
}

function read(args: readonly string[], print: (line: string) => void): Options | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        exercise: { type: 'string', multiple: true, default: [] },
        assignment: { type: 'string', multiple: true, default: [] },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help || positionals.length === 0) {
      print(HELP);
      return null;
    }
    const exercises = values.exercise.map((path) => exerciseFromText(readFileSync(path, 'utf8')));
    const assigned = values.assignment.flatMap((path) =>
      assignmentFromText(readFileSync(path, 'utf8')).items.flatMap((item) =>
        item.kind === 'exercise' ? [item.exercise] : [],
      ),
    );
    return {
      files: positionals,
      out: values.out ?? null,
      exercises: [...exercises, ...assigned],
    };
  } catch (reason) {
    print(whyUnread(reason));
    return null;
  }
}

function whyUnread(reason: unknown): string {
  if (reason instanceof RunTextError) return `it is no file of this kind: ${reason.fact}`;
  return reason instanceof Error ? reason.message : String(reason);
}

/** What to do about a task that nobody knows. */
const REMEDIES = {
  lesson: 'this version has no such lesson',
  exercise: 'give its file with --exercise, or that of its assignment with --assignment',
};

function lineOf(file: string, { name, work, verdict, isOtherBuild }: Verified): string {
  const detail = 'grade' in verdict ? gradeText(verdict.grade, verdict.par) : '';
  const why = verdict.kind === 'refused' ? `: ${verdict.why}` : '';
  const remedy = verdict.kind === 'unknown' ? `: ${REMEDIES[work.task.kind]}` : '';
  const build = isOtherBuild ? ' (made with another build)' : '';
  return `${file}: ${name}: ${taskName(work.task)}: ${verdict.kind}${detail}${why}${remedy}${build}`;
}

function gradeText(
  { goals, actions }: Extract<Verified['verdict'], { readonly grade: object }>['grade'],
  par: number,
): string {
  const met = goals.filter(({ state }) => state === 'met').length;
  const [of, did, best] = [goals.length, actions, par].map(String);
  return `, ${String(met)} of ${of ?? ''} goals, ${did ?? ''} actions (par ${best ?? ''})`;
}
