/**
 * The diagram for elsewhere: a picture, a Mermaid sequence diagram, and a log with vector clocks
 * that ShiViz reads.
 */
import { EVENT_KINDS, EVENT_REPLY } from '../../sim/chronicle/model.ts';
import type { Lanes } from './lanes.ts';
import { typeOf, type EventRows } from './rows.ts';
import { middleOf, passes, type Arrow, type Filter, type Scene, type SceneInput } from './scene.ts';

/** Names of lanes, of processes, and colours: all that a picture needs from the page. */
export interface Look {
  readonly nameOf: (process: number) => string;
  readonly epochs: readonly string[];
  readonly ink: string;
  readonly panel: string;
  readonly danger: string;
}

/** Room for the names of lanes at the left of a picture, in pixels. */
const NAMES = 96;

export function toSvg(input: SceneInput, scene: Scene, look: Look): string {
  const width = input.width + NAMES;
  const height = input.top + input.lanes.lanes.length * input.laneHeight + 8;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${String(width)}" height="${String(height)}" ` +
      `viewBox="0 0 ${String(width)} ${String(height)}" font-family="sans-serif" font-size="12">`,
    `<rect width="100%" height="100%" fill="${look.panel}"/>`,
    ...input.lanes.lanes.map(({ process, row }) => {
      const y = round(middleOf(input, row));
      const name = escapeXml(look.nameOf(process));
      return (
        `<text x="8" y="${y}" dy="4" fill="${look.ink}">${name}</text>` +
        `<line x1="${String(NAMES)}" x2="${String(width)}" y1="${y}" y2="${y}" ` +
        `stroke="${look.ink}" stroke-opacity="0.25"/>`
      );
    }),
    `<g transform="translate(${String(NAMES)} 0)">`,
    ...scene.shades.map(({ x1, x2, row, hue }) =>
      rectangle(input, { x1, x2, row }, look.epochs[hue] ?? look.ink, 0.13),
    ),
    ...scene.faults.map((band) => rectangle(input, band, look.danger, 0.16)),
    ...scene.arrows.map((arrow) => arrowSvg(arrow, look)),
    ...scene.marks.map(
      ({ x, y, hue }) =>
        `<circle cx="${round(x)}" cy="${round(y)}" r="2" ` +
        `fill="${hue === 0 ? look.ink : (look.epochs[hue] ?? look.ink)}"/>`,
    ),
    '</g></svg>',
  ];
  return parts.join('\n');
}

function rectangle(
  { top, laneHeight }: SceneInput,
  { x1, x2, row }: { readonly x1: number; readonly x2: number; readonly row: number },
  colour: string,
  opacity: number,
): string {
  const y = top + row * laneHeight + 1;
  return (
    `<rect x="${round(x1)}" y="${round(y)}" width="${round(x2 - x1)}" ` +
    `height="${round(laneHeight - 2)}" fill="${colour}" fill-opacity="${String(opacity)}"/>`
  );
}

function arrowSvg({ x1, y1, x2, y2, hue, reply, dim, code }: Arrow, look: Look): string {
  const colour = look.epochs[hue] ?? look.ink;
  const angle = round((Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI);
  const dash = reply ? ' stroke-dasharray="4 3"' : '';
  const label =
    code === ''
      ? ''
      : `<text x="${round(x1 + (x2 - x1) * 0.62)}" y="${round(y1 + (y2 - y1) * 0.62 + 4)}" ` +
        `text-anchor="middle" fill="${look.ink}">${escapeXml(code)}</text>`;
  return (
    `<g opacity="${dim ? '0.2' : '1'}"><line x1="${round(x1)}" y1="${round(y1)}" ` +
    `x2="${round(x2)}" y2="${round(y2)}" stroke="${colour}"${dash}/>` +
    `<path d="M0 0L-6 3V-3Z" fill="${colour}" ` +
    `transform="translate(${round(x2)} ${round(y2)}) rotate(${angle})"/>${label}</g>`
  );
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** A stretch of rows, in which lanes and families that are not shown are left out. */
export interface Cut {
  readonly rows: EventRows;
  readonly lanes: Lanes;
  readonly filter: Filter;
  readonly from: number;
  readonly to: number;
}

/** More messages than this no sequence diagram can show. */
export const MERMAID_MAX = 300;

const PACKET = EVENT_KINDS.indexOf('packet');

/** @returns the text, and how many messages were left out behind its end. */
export function toMermaid(
  cut: Cut,
  nameOf: Look['nameOf'],
): { readonly text: string; readonly left: number } {
  const { rows, lanes } = cut;
  const { kind, src, process, flags, zxid } = rows.columns;
  const lines = ['sequenceDiagram'];
  for (const lane of lanes.lanes) {
    lines.push(`  participant P${String(lane.process)} as ${nameOf(lane.process)}`);
  }
  const packets = shownRows(cut).filter(
    (row) => kind[row] === PACKET && (lanes.rowOf[src[row] ?? 0] ?? -1) >= 0,
  );
  for (const row of packets.slice(0, MERMAID_MAX)) {
    const line = ((flags[row] ?? 0) & EVENT_REPLY) !== 0 ? '-->>' : '->>';
    const id = zxid[row] ?? 0n;
    const what = id > 0n ? `${typeOf(rows, row)} 0x${id.toString(16)}` : typeOf(rows, row);
    lines.push(
      `  ${participant(lanes, src[row] ?? 0)}${line}${participant(lanes, process[row] ?? 0)}: ${what}`,
    );
  }
  const left = Math.max(0, packets.length - MERMAID_MAX);
  return { text: `${lines.join('\n')}\n`, left };
}

/** Clients that share a lane are one participant. */
function participant({ lanes, rowOf }: Lanes, process: number): string {
  return `P${String(lanes[rowOf[process] ?? 0]?.process ?? process)}`;
}

function shownRows({ rows, lanes, filter, from, to }: Cut): readonly number[] {
  const { process, kind, family } = rows.columns;
  const shown: number[] = [];
  for (let row = Math.max(0, from); row < Math.min(rows.count, to); row++) {
    if ((lanes.rowOf[process[row] ?? 0] ?? -1) < 0) continue;
    if (passes(filter, kind[row] ?? 0, family[row] ?? 0)) shown.push(row);
  }
  return shown;
}

/** What the first line of a log tells ShiViz about the others. */
export const SHIVIZ_PATTERN = '(?<host>\\S+) (?<clock>{.*})\\n(?<event>.*)';

/**
 * Every event that is shown as a host, its vector clock and a sentence. What is left out is no
 * event of a clock, but passes on what it knew.
 */
export function toShiViz(cut: Cut, nameOf: Look['nameOf']): string {
  const { rows, from, to } = cut;
  const { process, cause, zxid } = rows.columns;
  const shown = new Set(shownRows(cut));
  const clocks = new Map<number, ReadonlyMap<number, number>>();
  const latest = new Map<number, ReadonlyMap<number, number>>();
  const lines: string[] = [SHIVIZ_PATTERN, ''];
  for (let row = Math.max(0, from); row < Math.min(rows.count, to); row++) {
    const of = process[row] ?? 0;
    const clock = merged(latest.get(of), clocks.get((cause[row] ?? -1) - rows.first));
    if (shown.has(row)) clock.set(of, (clock.get(of) ?? 0) + 1);
    latest.set(of, clock);
    clocks.set(row, clock);
    if (!shown.has(row)) continue;
    const named = [...clock].map(([host, count]) => [hostName(nameOf(host)), count] as const);
    const id = zxid[row] ?? 0n;
    const what = `${typeOf(rows, row)}${id > 0n ? ` 0x${id.toString(16)}` : ''}`;
    lines.push(`${hostName(nameOf(of))} ${JSON.stringify(Object.fromEntries(named))}`, what);
  }
  return `${lines.join('\n')}\n`;
}

type Clock = ReadonlyMap<number, number>;

function merged(own: Clock = new Map(), other: Clock = new Map()): Map<number, number> {
  const clock = new Map(own);
  for (const [host, count] of other) clock.set(host, Math.max(count, clock.get(host) ?? 0));
  return clock;
}

/** A host is one word. */
function hostName(name: string): string {
  return name.replaceAll(/\s+/g, '-');
}
