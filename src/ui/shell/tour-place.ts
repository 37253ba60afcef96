/** Where the card of the tour stands: beside what it speaks of, and within the window. */

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

type Size = Pick<Box, 'width' | 'height'>;

/** Pixels between the light and the card, and to the window's edge. */
const GAP = 14;

const within = (at: number, size: number, room: number): number =>
  Math.max(GAP, Math.min(at, room - size - GAP));

/** @returns the card's left upper corner. */
export function placeCard(light: Box | null, card: Size, room: Size): { x: number; y: number } {
  if (light === null) {
    return { x: (room.width - card.width) / 2, y: (room.height - card.height) / 2 };
  }
  const beside = (x: number): { x: number; y: number } => ({
    x,
    y: within(light.y + light.height / 2 - card.height / 2, card.height, room.height),
  });
  const across = (y: number): { x: number; y: number } => ({
    x: within(light.x + light.width / 2 - card.width / 2, card.width, room.width),
    y,
  });
  const below = light.y + light.height + GAP;
  const above = light.y - GAP - card.height;
  const right = light.x + light.width + GAP;
  const left = light.x - GAP - card.width;
  if (below + card.height + GAP <= room.height) return across(below);
  if (above >= GAP) return across(above);
  if (right + card.width + GAP <= room.width) return beside(right);
  if (left >= GAP) return beside(left);
  // It covers as little as it can: the lower corner of what it speaks of.
  return {
    x: within(light.x + light.width - card.width - GAP, card.width, room.width),
    y: within(light.y + light.height - card.height - GAP, card.height, room.height),
  };
}
