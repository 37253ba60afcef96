/** Draws a scene on a canvas: few strokes, one path for all arrows of a hue. */
import type { Inks } from '../ensemble/packet-sprites.ts';
import type { Arrow, Mark, Scene, SceneInput } from './scene.ts';
import { middleOf } from './scene.ts';

/** Moments that are pointed out by a line through all lanes, in pixels. */
export interface Lines {
  readonly playhead: number | null;
  /** Of a selected event. */
  readonly selected: number | null;
}

const HEAD = 5;

export function paint(
  pen: CanvasRenderingContext2D,
  input: SceneInput,
  scene: Scene,
  inks: Inks,
  lines: Lines,
): void {
  const height = input.top + input.lanes.lanes.length * input.laneHeight;
  pen.clearRect(0, 0, input.width, height);
  paintShades(pen, input, scene, inks);
  paintLifelines(pen, input, inks);
  for (const [key, arrows] of byLook(scene.arrows)) {
    paintArrows(pen, arrows, inks.epochs[key % HUES] ?? inks.ink, key < HUES ? 0.16 : 1);
  }
  paintLost(pen, scene, inks);
  paintMarks(pen, scene, inks);
  paintCodes(pen, scene, inks);
  paintLine(pen, lines.playhead, height, inks.accent, []);
  paintSelected(pen, scene, lines.selected, inks);
}

/** More than there are hues. */
const HUES = 16;

/** By hue; those that are not dimmed have HUES more, and come last. */
function byLook<T extends { readonly hue: number; readonly dim: boolean }>(
  items: readonly T[],
): readonly (readonly [number, readonly T[]])[] {
  const groups = new Map<number, T[]>();
  for (const item of items) {
    const key = item.hue + (item.dim ? 0 : HUES);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups].sort(([a], [b]) => a - b);
}

function paintShades(
  pen: CanvasRenderingContext2D,
  { top, laneHeight }: SceneInput,
  scene: Scene,
  inks: Inks,
): void {
  for (const { x1, x2, row, hue, span } of scene.shades) {
    if (span.status === 'down') continue;
    pen.globalAlpha = hue === 0 ? 0.07 : 0.13;
    pen.fillStyle = inks.epochs[hue] ?? inks.ink;
    pen.fillRect(x1, top + row * laneHeight + 1, x2 - x1, laneHeight - 2);
  }
  for (const { x1, x2, row, fault } of scene.faults) {
    const whole = fault.kind === 'down' || fault.kind === 'paused';
    pen.globalAlpha = whole ? 0.16 : 0.3;
    pen.fillStyle = inks.danger;
    const height = whole ? laneHeight - 2 : 3;
    pen.fillRect(x1, top + row * laneHeight + 1, x2 - x1, height);
  }
  pen.globalAlpha = 1;
}

function paintLifelines(pen: CanvasRenderingContext2D, input: SceneInput, inks: Inks): void {
  pen.strokeStyle = inks.ink;
  pen.globalAlpha = 0.25;
  pen.lineWidth = 1;
  pen.beginPath();
  for (const { row } of input.lanes.lanes) {
    const y = Math.round(middleOf(input, row)) + 0.5;
    pen.moveTo(0, y);
    pen.lineTo(input.width, y);
  }
  pen.stroke();
  pen.globalAlpha = 1;
}

/** With more arrows than this, heads and dashes say nothing any more. */
const CROWD = 400;

function paintArrows(
  pen: CanvasRenderingContext2D,
  arrows: readonly Arrow[],
  colour: string,
  alpha: number,
): void {
  if (arrows.length === 0) return;
  const crowded = arrows.length > CROWD;
  pen.globalAlpha = crowded ? alpha * 0.6 : alpha;
  pen.strokeStyle = colour;
  pen.fillStyle = colour;
  // A line of one pixel of the screen is a hairline, which costs a tenth of any other.
  pen.lineWidth = crowded ? 1 / pen.getTransform().a : 1;
  for (const reply of [false, true]) {
    pen.setLineDash(reply && !crowded ? [4, 3] : []);
    pen.beginPath();
    for (const arrow of arrows) {
      if (arrow.reply !== reply) continue;
      pen.moveTo(arrow.x1, arrow.y1);
      pen.lineTo(arrow.x2, arrow.y2);
    }
    pen.stroke();
  }
  pen.setLineDash([]);
  if (!crowded) {
    pen.beginPath();
    for (const arrow of arrows) head(pen, arrow);
    pen.fill();
  }
  pen.globalAlpha = 1;
}

function head(pen: CanvasRenderingContext2D, { x1, y1, x2, y2 }: Arrow): void {
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const wing = (by: number): [number, number] => [
    x2 - HEAD * Math.cos(angle + by),
    y2 - HEAD * Math.sin(angle + by),
  ];
  pen.moveTo(x2, y2);
  pen.lineTo(...wing(0.45));
  pen.lineTo(...wing(-0.45));
  pen.closePath();
}

/** A packet that was lost ends in a cross. */
function paintLost(pen: CanvasRenderingContext2D, scene: Scene, inks: Inks): void {
  pen.strokeStyle = inks.danger;
  pen.lineWidth = 1.2;
  pen.beginPath();
  for (const { x1, y1, x2, y2 } of scene.lost) {
    pen.moveTo(x1, y1);
    pen.lineTo(x2, y2);
    pen.moveTo(x2 - 3, y2 - 3);
    pen.lineTo(x2 + 3, y2 + 3);
    pen.moveTo(x2 + 3, y2 - 3);
    pen.lineTo(x2 - 3, y2 + 3);
  }
  pen.stroke();
}

/** A timer is a tick, a disk write a block, a start a triangle, what a person asks a dot. */
function paintMarks(pen: CanvasRenderingContext2D, scene: Scene, inks: Inks): void {
  for (const [key, marks] of byLook(scene.marks)) {
    const hue = key % HUES;
    pen.globalAlpha = key < HUES ? 0.2 : 0.9;
    pen.fillStyle = hue === 0 ? inks.ink : (inks.epochs[hue] ?? inks.ink);
    pen.beginPath();
    // What is a rectangle needs no path.
    for (const mark of marks) paintMark(pen, mark);
    pen.fill();
  }
  pen.globalAlpha = 1;
}

function paintMark(pen: CanvasRenderingContext2D, { kind, x, y }: Mark): void {
  if (kind === 'timer') pen.fillRect(x - 0.5, y - 4, 1, 8);
  else if (kind === 'disk') pen.fillRect(x - 2.5, y - 2.5, 5, 5);
  else if (kind === 'boot') {
    pen.moveTo(x - 3, y - 4);
    pen.lineTo(x + 4, y);
    pen.lineTo(x - 3, y + 4);
    pen.closePath();
  } else {
    const reach = kind === 'client' ? 3 : 1.5;
    pen.moveTo(x + reach, y);
    pen.arc(x, y, reach, 0, 2 * Math.PI);
  }
}

function paintCodes(pen: CanvasRenderingContext2D, scene: Scene, inks: Inks): void {
  // A font that is set makes the whole page look up styles.
  if (scene.arrows.every(({ code }) => code === '')) return;
  pen.font = `600 11px ${inks.font}`;
  pen.textAlign = 'center';
  pen.lineWidth = 3;
  pen.strokeStyle = inks.panel;
  pen.fillStyle = inks.ink;
  for (const { x1, y1, x2, y2, code, dim } of scene.arrows) {
    if (code === '' || dim) continue;
    const x = x1 + (x2 - x1) * 0.62;
    const y = y1 + (y2 - y1) * 0.62 + 4;
    pen.strokeText(code, x, y);
    pen.fillText(code, x, y);
  }
}

function paintLine(
  pen: CanvasRenderingContext2D,
  x: number | null,
  height: number,
  colour: string,
  dash: number[],
): void {
  if (x === null) return;
  pen.strokeStyle = colour;
  pen.lineWidth = 2;
  pen.setLineDash(dash);
  pen.beginPath();
  pen.moveTo(Math.round(x), 0);
  pen.lineTo(Math.round(x), height);
  pen.stroke();
  pen.setLineDash([]);
}

function paintSelected(
  pen: CanvasRenderingContext2D,
  scene: Scene,
  row: number | null,
  inks: Inks,
): void {
  if (row === null) return;
  pen.strokeStyle = inks.accent;
  pen.lineWidth = 2;
  const arrow = scene.arrows.find((one) => one.row === row);
  const mark = scene.marks.find((one) => one.row === row);
  pen.beginPath();
  if (arrow !== undefined) {
    pen.moveTo(arrow.x1, arrow.y1);
    pen.lineTo(arrow.x2, arrow.y2);
    pen.stroke();
    pen.beginPath();
    pen.arc(arrow.x2, arrow.y2, 6, 0, 2 * Math.PI);
  } else if (mark !== undefined) pen.arc(mark.x, mark.y, 7, 0, 2 * Math.PI);
  pen.stroke();
}
