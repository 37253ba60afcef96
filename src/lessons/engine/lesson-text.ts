/**
 * The text of a lesson: Markdown with a head.
 *
 *     ---
 *     title: Who wins, and why
 *     minutes: 6
 *     needs: election/votes
 *     tools: console, crash
 *     level: easy
 *     summary: Three servers vote; you say who will lead before they do.
 *     sources: FastLeaderElection.totalOrderPredicate
 *     ---
 *     ## The first step {#first}
 *     …
 *     ## Why it worked {#debrief}
 *     …
 *     ## For who presents {#notes}
 */
import { LESSON_TOOLS, type LessonTool } from './tools.ts';

export interface LessonSection {
  readonly id: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
}

/** Of a drill. */
export const LEVELS = ['easy', 'medium', 'hard'] as const;
export type Level = (typeof LEVELS)[number];

export interface LessonText {
  readonly title: string;
  readonly minutes: number;
  /** Ids of lessons that should come first. */
  readonly needs: readonly string[];
  /** What it is meant to be done with; empty: everything. */
  readonly tools: readonly LessonTool[];
  /** How hard it is to find the cause; absent: nobody draws it. */
  readonly level?: Level;
  readonly summary: string;
  /** Where ZooKeeper does what the lesson says and does not show. */
  readonly sources: readonly string[];
  readonly steps: readonly LessonSection[];
  readonly debrief: LessonSection | null;
  /** Speaker notes. */
  readonly notes: LessonSection | null;
}

export class LessonTextError extends Error {
  override readonly name = 'LessonTextError';
}

/** @throws LessonTextError */
export function readLessonText(source: string): LessonText {
  const lines = source.replaceAll('\r\n', '\n').split('\n');
  const end = lines.indexOf('---', 1);
  if (lines[0] !== '---' || end < 0) throw new LessonTextError('it has no head between --- lines');
  const head = readHead(lines.slice(1, end));
  const sections = readSections(lines.slice(end + 1));
  const named = (id: string): LessonSection | null => sections.find((s) => s.id === id) ?? null;
  const steps = sections.filter(({ id }) => id !== 'debrief' && id !== 'notes');
  if (steps.length === 0) throw new LessonTextError('it has no step');
  const minutes = Number(need(head, 'minutes'));
  if (!(minutes > 0)) throw new LessonTextError('its minutes are no number');
  return {
    title: need(head, 'title'),
    minutes,
    needs: listOf(head.get('needs')),
    tools: listOf(head.get('tools')).map(toolNamed),
    ...levelOf(head.get('level')),
    summary: need(head, 'summary'),
    sources: listOf(head.get('sources')),
    steps,
    debrief: named('debrief'),
    notes: named('notes'),
  };
}

function levelOf(value: string | undefined): { readonly level?: Level } {
  if (value === undefined) return {};
  const level = LEVELS.find((one) => one === value);
  if (level === undefined) throw new LessonTextError(`no such level: ${value}`);
  return { level };
}

function toolNamed(name: string): LessonTool {
  const tool = LESSON_TOOLS.find((one) => one === name);
  if (tool !== undefined) return tool;
  throw new LessonTextError(`no such tool: ${name}; there are ${LESSON_TOOLS.join(', ')}`);
}

function readHead(lines: readonly string[]): ReadonlyMap<string, string> {
  const head = new Map<string, string>();
  for (const line of lines) {
    if (line.trim() === '') continue;
    const colon = line.indexOf(':');
    if (colon < 0) throw new LessonTextError(`its head has a line without a colon: ${line}`);
    head.set(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
  }
  return head;
}

function need(head: ReadonlyMap<string, string>, name: string): string {
  const value = head.get(name) ?? '';
  if (value === '') throw new LessonTextError(`its head has no ${name}`);
  return value;
}

const listOf = (value = ''): readonly string[] =>
  value
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

const HEADING = /^## (.+?) \{#([a-z0-9-]+)\}$/;

function readSections(lines: readonly string[]): readonly LessonSection[] {
  const sections: { id: string; title: string; body: string[] }[] = [];
  let isCode = false;
  for (const line of lines) {
    if (line.startsWith('```')) isCode = !isCode;
    if (!isCode && line.startsWith('## ')) {
      const [, title, id] = HEADING.exec(line) ?? [];
      if (title === undefined || id === undefined) {
        throw new LessonTextError(`a heading without {#id}: ${line}`);
      }
      if (sections.some((one) => one.id === id)) throw new LessonTextError(`two steps are #${id}`);
      sections.push({ id, title, body: [] });
    } else if (sections.length > 0) {
      sections.at(-1)?.body.push(line);
    } else if (line.trim() !== '') {
      throw new LessonTextError('there is text before the first heading');
    }
  }
  return sections.map(({ id, title, body }) => ({ id, title, body: body.join('\n').trim() }));
}
