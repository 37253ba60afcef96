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
  const known = sprites.pictures.get(key);
  if (known !== undefined) return known;
  const picture = paint(sprites, { family, code, reply, waits, hue });
  sprites.pictures.set(key, picture);
  return picture;
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
