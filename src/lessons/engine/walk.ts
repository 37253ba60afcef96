/** Goes a way through a lesson, as its tests and "show me" do. */
import type { RunRecord } from '../../sim/actions.ts';
import { copyRun } from '../../sim/chronicle/copy-run.ts';
import { recordOf } from '../../sim/local.ts';
import { parseScript } from '../../sim/script-text/parse.ts';
import { runSteps, type ScriptAction } from '../../sim/script-text/run.ts';
import { attempt, goOn, LessonError, momentOf, type Begun } from './attempt.ts';
import { citeAll } from './evidence.ts';
import type { Grade, Sayings } from './grader.ts';
import { RIGHT, WRONG, type Answer, type LessonPlan, type Way } from './lesson.ts';

/** Virtual microseconds behind the last line of a way. */
const AFTERWARDS = 5_000_000;

export interface Walked {
  readonly grade: Grade;
  readonly record: RunRecord;
  readonly sayings: Sayings;
  readonly actions: readonly ScriptAction[];
}

/** @param begun stays as it is. @throws LessonError where the way is none. */
export function walk(begun: Begun, way: Way): Walked {
  const { plan, moment } = begun;
  const run = copyRun(begun.run);
  const names = new Map(
    run.world.processes.flatMap(({ id, kind, name }) => (kind === 'client' ? [[name, id]] : [])),
  );
  const { steps, errors } = parseScript(way.script, names);
  const [error] = errors;
  if (error !== undefined) throw new LessonError(`the way does not read: ${JSON.stringify(error)}`);
  const afterwards = way.afterwards ?? AFTERWARDS;
  const { failure, actions } = runSteps(run, steps, { afterwards });
  if (failure !== null) throw new LessonError(`the way ends: ${JSON.stringify(failure)}`);
  const record = recordOf(run);
  const end = { ...momentOf(run), events: 0 };
  const silent = goOn(again(begun), record.actions, end);
  const cited = plan.diagnosis === null || way.cause === undefined ? [] : citedIn(begun, record);
  const sayings: Sayings = {
    answers: answersOf(plan, way, silent, moment.events),
    cause: way.cause === undefined ? null : causeOf(begun, way.cause),
    cited,
  };
  const grade = goOn(again(begun), record.actions, end, sayings);
  return { grade, record, sayings, actions };
}

const again = (begun: Begun): ReturnType<typeof attempt> =>
  attempt({ ...begun, run: copyRun(begun.run) });

/** What can be read at the beginning, and at the end of the way. */
function citedIn(begun: Begun, record: RunRecord): Sayings['cited'] {
  const { diagnosis } = begun.plan;
  if (diagnosis === null) return [];
  const state = again(begun);
  const early = citeAll(state.begun.run, diagnosis);
  const at = record.until;
  goOn(state, record.actions, { events: 0, actions: record.actions.length, at });
  return [...early, ...citeAll(state.begun.run, diagnosis)];
}

function answersOf(
  { questions }: LessonPlan,
  { answers = {} }: Way,
  { questions: seen }: Grade,
  events: number,
): readonly Answer[] {
  return questions.flatMap(({ id, options }) => {
    const said = answers[id];
    if (said === undefined) return [];
    const truth = seen.find((one) => one.id === id)?.truth ?? null;
    const wrong = options.find((option) => option.id !== truth)?.id ?? null;
    const option = said === RIGHT ? truth : said === WRONG ? wrong : said;
    return option === null ? [] : [{ question: id, option, events }];
  });
}

function causeOf({ plan, trueCause }: Begun, said: string): string | null {
  if (said === RIGHT) return trueCause;
  if (said !== WRONG) return said;
  return plan.diagnosis?.causes.find(({ id }) => id !== trueCause)?.id ?? null;
}
