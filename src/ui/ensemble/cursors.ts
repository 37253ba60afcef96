/** The pointer over the ring, while a tool is in the hand. */
import type { Tool } from '../state/playground.svelte.ts';

/** Each 16 by 16, drawn at twice the width of a hairline with a light rim, to be seen on any ground. */
const marks: Readonly<Partial<Record<Tool, string>>> = {
  crash: 'M9.5 1L3 9h4l-1 6 7-9H8.5z',
  power: 'M7.2 1h1.6v7H7.200zM4.500 3.200l1 1.300a4.300 4.300 0 1 0 5 0l1-1.300a6 6 0 1 1-7 0z',
  pause: 'M4 2.5h3v11H4zM9 2.500h3v11H9z',
  slow: 'M4 1.500h8v2L9.200 8l2.800 4.500v2H4v-2L6.800 8 4 3.500z',
  hold: 'M5 7V3.500a1 1 0 0 1 2 0V2.500a1 1 0 0 1 2 0v1a1 1 0 0 1 2 0V5a1 1 0 0 1 2 0v5a5 5 0 0 1-5 5c-2 0-3-1-4-2.500L2.500 9a1 1 0 0 1 1.500-1l1 1z',
  bin: 'M6 1.5h4v1.500h4v1.500H2V3h4zM3.200 5.500h9.600l-.8 9H4z',
};

/** A value for CSS. */
export function cursorOf(tool: Tool): string {
  if (tool === 'cut') return 'crosshair';
  const mark = marks[tool];
  if (mark === undefined) return 'default';
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="-1 -1 18 18">' +
    `<path d="${mark}" fill="#b3261e" stroke="#fff" stroke-width="1.500" ` +
    'stroke-linejoin="round" paint-order="stroke"/></svg>';
  return `url("data:image/svg+xml,${encodeURIComponent(svg)}") 12 12, crosshair`;
}
