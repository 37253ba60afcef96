/**
 * Draws the part of the grid that is in sight. Cells are small pictures, each drawn once and then
 * copied; nothing else depends on how long the logs are.
 */
import { readInks, type Inks } from '../ensemble/packet-sprites.ts';
import { epochClass } from '../parts/epoch-class.ts';
import { ackWords } from './brackets.ts';
import type { Bracket } from './brackets.ts';
import { labelsIn, type Stretch } from './columns.ts';
import { stateAt, type CellState, type LogGrid, type LogRow } from './log-grid.ts';
import { CELL, COLUMN, EPOCHS, LANE, NAMES, type RowPlace } from './log-layout.ts';

export interface LogInks extends Inks {
  readonly soft: string;
  readonly line: string;
  readonly wash: string;
  readonly dangerWash: string;
  readonly hatch: string;
  /** Of small text: its font without a weight. */
  readonly small: string;
}

/** @param within where it is drawn: sizes of text are those of that place. */
export function readLogInks(within: Element | null): LogInks {
  const style = getComputedStyle(within ?? document.documentElement);
  const value = (name: string): string => style.getPropertyValue(name).trim();
  return {
    ...readInks(),
    soft: value('--soft'),
    line: value('--line-strong'),
    wash: value('--accent-wash'),
    dangerWash: value('--danger-wash'),
    hatch: value('--hatch-ink'),
    small: `${value('--t-small')} ${value('--mono')}`,
  };
}

export interface LogScene {
  readonly grid: LogGrid;
  readonly places: readonly RowPlace[];
  readonly inSight: Stretch;
  /** Pixels. */
  readonly scrolled: number;
  readonly width: number;
  readonly height: number;
  /** A column that is pointed at, and columns that a broken property names. */
  readonly chosen: number | null;
  readonly accused: ReadonlySet<number>;
  /** Rows: the server that is looked at, and those that a broken property names. */
  readonly here: number;
  readonly suspects: ReadonlySet<number>;
}

type Pen = OffscreenCanvasRenderingContext2D;

/** Where it is drawn. Never on the page's own canvas: fonts set there cost the page a look-up. */
export interface LogBrush {
  readonly canvas: OffscreenCanvas;
  readonly pen: Pen;
  readonly inks: LogInks;
  /** Pixels of the screen for each of ours. */
  readonly ratio: number;
  readonly cells: Map<string, OffscreenCanvas>;
  /** Width of a digit. */
  readonly digit: number;
}

export function createBrush(inks: LogInks, ratio: number): LogBrush | null {
  const canvas = new OffscreenCanvas(1, 1);
  const pen = canvas.getContext('2d');
  if (pen === null) return null;
  pen.font = inks.small;
  const digit = pen.measureText('0').width;
  return { canvas, pen, inks, ratio, cells: new Map(), digit };
}

/** @returns the canvas that it is on, in pixels of the screen. */
export function paintLog(brush: LogBrush, scene: LogScene): OffscreenCanvas {
  const { canvas, pen, ratio, inks } = brush;
  const width = Math.max(1, Math.round(scene.width * ratio));
  const height = Math.max(1, Math.round(scene.height * ratio));
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, scene.width, scene.height);
  pen.font = inks.small;
  paintWashes(brush, scene);
  paintCounters(brush, scene);
  scene.grid.rows.forEach((row, index) => {
    const place = scene.places[index];
    if (place === undefined) return;
    paintCells(brush, scene, row, place.top);
    if (place.lane === null) return;
    for (const bracket of row.brackets) paintBracket(brush, scene, bracket, place.lane);
    paintAcks(brush, scene, row, place.lane);
  });
  return canvas;
}

/** Where a column begins: on whole pixels of the screen, so that hairlines stay hairlines. */
function xOf({ scrolled }: LogScene, { ratio }: LogBrush, column: number): number {
  return NAMES + Math.round((column * COLUMN - scrolled) * ratio) / ratio;
}

function paintWashes({ pen, inks }: LogBrush, scene: LogScene): void {
  scene.places.forEach(({ top, height }, row) => {
    if (row !== scene.here) return;
    pen.fillStyle = inks.wash;
    pen.fillRect(0, top, scene.width, height);
  });
}

function paintCounters(brush: LogBrush, scene: LogScene): void {
  const { pen, inks, digit } = brush;
  const { columns } = scene.grid;
  pen.textAlign = 'center';
  pen.textBaseline = 'alphabetic';
  const middle = CELL.width / 2;
  const { inSight: sight, chosen } = scene;
  for (const { column, text, chosen: isChosen } of labelsIn(
    columns,
    sight,
    COLUMN,
    digit,
    chosen,
  )) {
    const x = xOf(scene, brush, column) + middle;
    const isAccused = scene.accused.has(column);
    pen.fillStyle = isChosen ? inks.accent : isAccused ? inks.danger : inks.soft;
    pen.fillText(text, x, EPOCHS + 13);
  }
}

function paintCells(brush: LogBrush, scene: LogScene, row: LogRow, top: number): void {
  const { pen, inks } = brush;
  const { spans } = scene.grid.columns;
  const { from, to } = scene.inSight;
  const y = top + CELL.top;
  for (const span of spans) {
    const end = Math.min(to, span.at + span.count);
    const hue = epochClass(span.epoch);
    for (let column = Math.max(from, span.at); column < end; column++) {
      const x = xOf(scene, brush, column);
      const state = stateAt(row, column);
      const isAccused = scene.accused.has(column);
      const isChosen = scene.chosen === column;
      if (state === null) {
        pen.fillStyle = isChosen ? inks.accent : isAccused ? inks.danger : inks.line;
        pen.fillRect(x + 9, top + 10, 4, 2);
      } else {
        pen.drawImage(cellOf(brush, hue, state), x, y, CELL.width, CELL.height);
        if (isChosen || isAccused) outline(brush, x, y, isChosen ? inks.accent : inks.danger);
      }
      if (row.snapshots.has(column)) {
        triangle(pen, x + COLUMN - 2, top + 1, 8, inks.ink, 1);
      }
    }
  }
}

function outline({ pen }: LogBrush, x: number, y: number, colour: string): void {
  pen.strokeStyle = colour;
  pen.lineWidth = 2;
  pen.setLineDash([]);
  pen.beginPath();
  pen.roundRect(x - 2, y - 2, CELL.width + 4, CELL.height + 4, 4);
  pen.stroke();
}

/** @param down 1 for one that points down, -1 for one that points up from `y`. */
function triangle(pen: Pen, x: number, y: number, size: number, ink: string, down: 1 | -1): void {
  pen.fillStyle = ink;
  pen.beginPath();
  pen.moveTo(x - size / 2, y);
  pen.lineTo(x + size / 2, y);
  pen.lineTo(x, y + down * size);
  pen.fill();
}

/** Dashed: in the page cache. Half: on the platter. Full: committed. */
function cellOf(brush: LogBrush, hue: string, state: CellState): OffscreenCanvas {
  const key = `${hue} ${state}`;
  const known = brush.cells.get(key);
  if (known !== undefined) return known;
  const { inks, ratio } = brush;
  const { width, height } = CELL;
  const canvas = new OffscreenCanvas(Math.ceil(width * ratio), Math.ceil(height * ratio));
  brush.cells.set(key, canvas);
  const pen = canvas.getContext('2d');
  if (pen === null) return canvas;
  pen.scale(ratio, ratio);
  const number = Number(hue.slice('epoch-'.length));
  const ink = inks.epochs[number] ?? inks.ink;
  const box = new Path2D();
  box.roundRect(0.75, 0.75, width - 1.5, height - 1.5, 3);
  pen.fillStyle = inks.panel;
  pen.fill(box);
  pen.save();
  pen.clip(box);
  pen.fillStyle = `color-mix(in srgb, ${ink} ${inks.strong}, ${inks.panel})`;
  if (state === 'synced') pen.fillRect(0, height / 2, width, height / 2);
  if (state === 'committed' || state === 'committedUnsynced') {
    pen.fillRect(0, 0, width, height);
    hatch(pen, number, inks.hatch);
  }
  pen.restore();
  pen.strokeStyle = ink;
  pen.lineWidth = 1.5;
  if (state === 'proposed' || state === 'committedUnsynced') pen.setLineDash([3.5, 2.5]);
  pen.stroke(box);
  return canvas;
}

/** As the theme's `--hatch` of each epoch: the distance of its lines, and which way they run. */
const HATCHES: readonly (readonly [number, readonly ('/' | '\\' | '-' | '|')[]])[] = [
  [5, []],
  [7, ['\\']],
  [4, ['-']],
  [7, ['/']],
  [4, ['|']],
  [8, ['\\', '/']],
  [5, ['-', '|']],
];

function hatch(pen: Pen, hue: number, ink: string): void {
  const [apart, ways] = HATCHES[hue] ?? [5, []];
  const { width, height } = CELL;
  pen.strokeStyle = ink;
  pen.lineWidth = 1;
  pen.beginPath();
  for (const way of ways) {
    for (let at = apart / 2 - height; at < width + height; at += apart) {
      if (way === '-') {
        pen.moveTo(0, at + height);
        pen.lineTo(width, at + height);
      } else if (way === '|') {
        pen.moveTo(at, 0);
        pen.lineTo(at, height);
      } else {
        pen.moveTo(way === '/' ? at + height : at, 0);
        pen.lineTo(way === '/' ? at : at + height, height);
      }
    }
  }
  pen.stroke();
}

/** What stands at a bracket: `DIFF +4`, `TRUNC −2`, `SNAP`. */
function wordsOf({ mode, count }: Bracket): string {
  if (count === null) return mode;
  return `${mode} ${mode === 'TRUNC' ? '−' : '+'}${String(count)}`;
}

/** DIFF is one line, TRUNC a dashed one, SNAP two. */
function paintBracket(brush: LogBrush, scene: LogScene, bracket: Bracket, lane: number): void {
  const { pen, inks } = brush;
  const left = xOf(scene, brush, bracket.from) + 1;
  const right = Math.max(left + 8, xOf(scene, brush, bracket.to) - 5);
  if (right < NAMES || left > scene.width) return;
  const text = wordsOf(bracket);
  const wide = pen.measureText(text).width + 8;
  const from = Math.max(left, NAMES - 4);
  const to = Math.min(right, scene.width + 4);
  const isInside = to - from > wide + 12;
  const y = lane + 6.5;
  pen.strokeStyle = bracket.live ? inks.ink : inks.soft;
  pen.lineWidth = bracket.live ? 2 : 1;
  pen.setLineDash(bracket.mode === 'TRUNC' ? [3, 2] : []);
  const gap = (from + to - wide) / 2;
  pen.beginPath();
  for (const line of bracket.mode === 'SNAP' ? [y - 1.5, y + 1.5] : [y]) {
    pen.moveTo(from, line);
    if (isInside) {
      pen.lineTo(gap, line);
      pen.moveTo(gap + wide, line);
    }
    pen.lineTo(to, line);
  }
  for (const end of [left, right]) {
    if (end < NAMES - 4 || end > scene.width) continue;
    pen.moveTo(end, lane - 1);
    pen.lineTo(end, y);
  }
  pen.stroke();
  pen.setLineDash([]);
  pen.fillStyle = bracket.live ? inks.ink : inks.soft;
  pen.textAlign = 'left';
  pen.fillText(text, (isInside ? gap : right) + 4, lane + 11);
}

/** An arrow up at the last column that a learner has acknowledged, and the learner's number. */
function paintAcks(brush: LogBrush, scene: LogScene, row: LogRow, lane: number): void {
  const { pen, inks } = brush;
  pen.textAlign = 'right';
  const words = ackWords(row.acks, COLUMN, (text) => pen.measureText(text).width + ARROW);
  for (const { mark, text } of words) {
    const x = xOf(scene, brush, mark.column) + COLUMN - 4;
    if (x < NAMES || x - COLUMN * 4 > scene.width) continue;
    triangle(pen, x - 4, lane + LANE - 5, 8, mark.exact ? inks.ink : inks.soft, -1);
    pen.fillStyle = inks.ink;
    pen.fillText(text, x - ARROW + 1, lane + 11);
  }
}

/** Room for the arrow of a mark, in pixels. */
const ARROW = 10;
