/**
 * Packets as small pictures on a canvas, each drawn once and then copied: family as shape, epoch as
 * hue, filled request, hollow reply. A canvas inherits no colours, so they are read from the page.
 */
import { packetOutline } from './shapes.ts';
import type { PacketFamily, PacketView } from '../../sim/frame.ts';
import { epochClass } from '../parts/epoch-class.ts';

/** Pixels from the middle of a picture to its edge. */
export const SPRITE_REACH = 17;

/** In a crowd, shapes are smaller; their letters are not. */
export const SCALE_CROWDED = 0.84;

export interface Inks {
  readonly epochs: readonly string[];
  readonly panel: string;
  readonly ink: string;
  readonly danger: string;
  readonly accent: string;
  readonly strong: string;
  readonly font: string;
}

export function readInks(): Inks {
  const style = getComputedStyle(document.documentElement);
  const value = (name: string): string => style.getPropertyValue(name).trim();
  return {
    epochs: [0, 1, 2, 3, 4, 5, 6].map((n) => value(`--epoch-${String(n)}`)),
    panel: value('--panel'),
    ink: value('--ink'),
    danger: value('--danger'),
    accent: value('--accent'),
    strong: value('--fill-strong'),
    font: value('--sans'),
  };
}

export interface Sprites {
  readonly inks: Inks;
  readonly scale: number;
  /** Pixels of the screen for each of ours. */
  readonly ratio: number;
  readonly pictures: Map<string, OffscreenCanvas>;
}

export function createSprites(inks: Inks, ratio: number, scale: number): Sprites {
  return { inks, ratio, scale, pictures: new Map() };
}

export function hueOf({ inks }: Sprites, epoch: number | null): string {
  return inks.epochs[Number(epochClass(epoch).slice('epoch-'.length))] ?? inks.ink;
}

export function spriteOf(sprites: Sprites, packet: PacketView, waits: boolean): OffscreenCanvas {
  const { family, code, reply, epoch } = packet;
  const hue = hueOf(sprites, epoch);
  const key = `${family} ${code} ${String(reply)} ${String(waits)} ${hue}`;
  return kept(sprites, key, () => paint(sprites, { family, code, reply, waits, hue }));
}

/** Half the width and the height of a picture of words, in pixels. */
export const WORDS_REACH = { x: 48, y: 9 } as const;

/** How many packets a bundle holds, in a little box. */
export function badgeOf(sprites: Sprites, count: number): OffscreenCanvas {
  const text = `×${String(count)}`;
  return kept(sprites, text, () =>
    paintWords(sprites, `650 12px ${sprites.inks.font}`, (pen) => {
      const wide = pen.measureText(text).width + 8;
      pen.fillStyle = sprites.inks.panel;
      pen.strokeStyle = sprites.inks.ink;
      pen.lineWidth = 1;
      pen.beginPath();
      pen.roundRect(-wide / 2, -8, wide, 16, 5);
      pen.fill();
      pen.stroke();
      pen.fillStyle = sprites.inks.ink;
      pen.fillText(text, 0, 4.3);
    }),
  );
}

/** A zxid beside its packet. */
export function wordsOf(sprites: Sprites, text: string): OffscreenCanvas {
  return kept(sprites, `words ${text}`, () =>
    paintWords(sprites, '12px ui-monospace, monospace', (pen) => {
      pen.lineWidth = 3;
      pen.strokeStyle = sprites.inks.panel;
      pen.strokeText(text, 0, 4.3);
      pen.fillStyle = sprites.inks.ink;
      pen.fillText(text, 0, 4.3);
    }),
  );
}

/** Zxids and counts go on for ever; pictures of them do not. */
const PICTURES_MAX = 1000;

function kept(sprites: Sprites, key: string, make: () => OffscreenCanvas): OffscreenCanvas {
  const { pictures } = sprites;
  const known = pictures.get(key);
  if (known !== undefined) return known;
  if (pictures.size >= PICTURES_MAX) pictures.clear();
  const picture = make();
  pictures.set(key, picture);
  return picture;
}

/** Never on the page's own canvas: a font that is set there makes the whole page look up styles. */
function paintWords(
  { ratio }: Sprites,
  font: string,
  write: (pen: OffscreenCanvasRenderingContext2D) => void,
): OffscreenCanvas {
  const { x, y } = WORDS_REACH;
  const canvas = new OffscreenCanvas(Math.ceil(2 * x * ratio), Math.ceil(2 * y * ratio));
  const pen = canvas.getContext('2d');
  if (pen === null) return canvas;
  pen.scale(ratio, ratio);
  pen.translate(x, y);
  pen.font = font;
  pen.textAlign = 'center';
  write(pen);
  return canvas;
}

interface Look {
  readonly family: PacketFamily;
  readonly code: string;
  readonly reply: boolean;
  readonly waits: boolean;
  readonly hue: string;
}

function paint({ inks, ratio, scale }: Sprites, look: Look): OffscreenCanvas {
  const size = Math.ceil(2 * SPRITE_REACH * ratio);
  const canvas = new OffscreenCanvas(size, size);
  const pen = canvas.getContext('2d');
  if (pen === null) return canvas;
  pen.scale(ratio, ratio);
  pen.translate(SPRITE_REACH, SPRITE_REACH);
  pen.save();
  pen.scale(scale, scale);
  const outline = new Path2D(packetOutline(look.family));
  const filled = `color-mix(in srgb, ${look.hue} ${inks.strong}, ${inks.panel})`;
  pen.fillStyle = look.reply ? inks.panel : filled;
  pen.fill(outline);
  pen.strokeStyle = look.waits ? inks.danger : look.reply ? look.hue : inks.panel;
  pen.lineWidth = look.reply ? 2 : look.waits ? 1.5 : 1;
  if (look.waits) pen.setLineDash([3, 2]);
  pen.stroke(outline);
  pen.restore();
  pen.fillStyle = inks.ink;
  pen.font = `700 12px ${inks.font}`;
  pen.letterSpacing = '-0.3px';
  pen.textAlign = 'center';
  pen.fillText(look.code, 0, 4.2);
  return canvas;
}
