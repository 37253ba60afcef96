/**
 * What a lesson is meant to be done with: the `tools` of its head. Time, looking and opening
 * sessions are everybody's, whatever the head says.
 */
import type { Action } from '../../sim/actions.ts';

/** Each with its way back: who may cut may heal. */
export const HAND_TOOLS = [
  /** Lines of a console that change something. */
  'console',
  /** A process ends, or its machine loses power; and it starts again. */
  'crash',
  'pause',
  /** Links are cut, parted or slowed down. */
  'cut',
  /** Disks are slow, full or lying, and what they hold is damaged. */
  'disk',
  'clock',
  /** The process of a client ends. */
  'kill',
  /** What is in flight is held, delayed or lost. */
  'packets',
  /** Requests of clients that do not wait for an answer. */
  'script',
  /** Programs. */
  'code',
  'monkey',
] as const;
export type HandTool = (typeof HAND_TOOLS)[number];

/** `operator`: a drill, whose own lock limits what can be done. */
export const LESSON_TOOLS = [...HAND_TOOLS, 'operator', 'everything'] as const;
export type LessonTool = (typeof LESSON_TOOLS)[number];

/** What a person does to the ensemble, or sets going. */
export type Deed = Action | { readonly kind: 'program' | 'monkey' };

/** Null: with none. */
const TOOL_OF: Readonly<Record<Deed['kind'], HandTool | null>> = {
  addClient: null,
  line: 'console',
  submit: 'script',
  killClient: 'kill',
  crash: 'crash',
  restart: 'crash',
  pause: 'pause',
  resume: 'pause',
  cut: 'cut',
  heal: 'cut',
  partition: 'cut',
  healAll: 'cut',
  latency: 'cut',
  disk: 'disk',
  wipe: 'disk',
  damage: 'disk',
  skew: 'clock',
  hold: 'packets',
  release: 'packets',
  delay: 'packets',
  breakConnection: 'packets',
  drop: 'packets',
  overtake: 'packets',
  program: 'code',
  monkey: 'monkey',
};

/** Commands of a console with which one does more than look. */
export const CHANGING_COMMANDS: readonly string[] = [
  ...['create', 'set', 'delete', 'deleteall', 'setAcl', 'setquota', 'delquota', 'reconfig'],
  ...['close', 'quit', 'redo'],
];

/** What a lesson limits a person to; empty: nothing is kept from them. */
export function limitsOf(tools: readonly LessonTool[]): readonly HandTool[] {
  const named = tools.filter((tool) => tool !== 'operator' && tool !== 'everything');
  return named.length === tools.length ? named : [];
}

/** The tool that a deed takes and a lesson does not have; null where it may be done. */
export function missingTool(tools: readonly LessonTool[], deed: Deed): HandTool | null {
  const limits = limitsOf(tools);
  const tool = toolOf(deed);
  if (tool === null || limits.length === 0 || limits.includes(tool)) return null;
  // A program asks as a script does, and clients that it has left behind are ended.
  const isOfPrograms = tool === 'script' || tool === 'kill';
  return isOfPrograms && limits.includes('code') ? null : tool;
}

export function isAllowed(tools: readonly LessonTool[], deed: Deed): boolean {
  return missingTool(tools, deed) === null;
}

function toolOf(deed: Deed): HandTool | null {
  const [command = ''] = deed.kind === 'line' ? deed.line.trim().split(/\s/) : [];
  if (deed.kind === 'line' && !CHANGING_COMMANDS.includes(command)) return null;
  return TOOL_OF[deed.kind];
}
