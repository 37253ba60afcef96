/** Dragging and zooming of a drawing, on pointer events of one element. */
import type { Attachment } from 'svelte/attachments';

/** Drawing to screen: `screen = drawing * scale + (x, y)`, in pixels. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const SCALE_MIN = 0.2;
const SCALE_MAX = 3;

/** Pixels that a pointer may slip while it clicks. */
const SLOP = 4;

/** The whole of `box` in sight, never magnified; what is too tall is shown from its top left. */
export function fitView(box: Box, width: number, height: number, scaleMin = 0.75): View {
  const wanted = Math.min(1, width / Math.max(box.width, 1), height / Math.max(box.height, 1));
  const scale = Math.max(wanted, scaleMin);
  const spareX = width - box.width * scale;
  const spareY = height - box.height * scale;
  return {
    scale,
    x: -box.x * scale + Math.min(Math.max(0, spareX / 2), 12),
    y: -box.y * scale + Math.max(0, spareY / 2),
  };
}

/** Zooms so that the point under (`atX`, `atY`) stays where it is. */
export function zoomAt(view: View, factor: number, atX: number, atY: number): View {
  const scale = Math.min(SCALE_MAX, Math.max(SCALE_MIN, view.scale * factor));
  const ratio = scale / view.scale;
  return { scale, x: atX - (atX - view.x) * ratio, y: atY - (atY - view.y) * ratio };
}

/** The least movement that brings `box` (of the drawing) into sight. */
export function revealIn(view: View, box: Box, width: number, height: number): View {
  const left = box.x * view.scale + view.x;
  const top = box.y * view.scale + view.y;
  return {
    ...view,
    x: view.x + shift(left, box.width * view.scale, width),
    y: view.y + shift(top, box.height * view.scale, height),
  };
}

function shift(start: number, size: number, room: number): number {
  const margin = 8;
  if (start < margin) return margin - start;
  const over = start + size - (room - margin);
  return over > 0 ? -Math.min(over, start - margin) : 0;
}

/** Drag moves, the wheel moves, with Ctrl (or a pinch on a touch pad) it zooms. */
export function panZoom(
  viewOf: () => View,
  onchange: (view: View) => void,
): Attachment<SVGSVGElement> {
  return (svg) => {
    let from: { x: number; y: number; view: View; moved: boolean } | null = null;
    const down = (event: PointerEvent): void => {
      if (event.button !== 0) return;
      from = { x: event.clientX, y: event.clientY, view: viewOf(), moved: false };
    };
    const move = (event: PointerEvent): void => {
      if (from === null) return;
      const dx = event.clientX - from.x;
      const dy = event.clientY - from.y;
      if (!from.moved && Math.hypot(dx, dy) < SLOP) return;
      if (!from.moved) svg.setPointerCapture(event.pointerId);
      from.moved = true;
      onchange({ ...from.view, x: from.view.x + dx, y: from.view.y + dy });
    };
    const up = (): void => {
      from = null;
    };
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      const view = viewOf();
      if (event.ctrlKey || event.metaKey) {
        const box = svg.getBoundingClientRect();
        const factor = Math.exp(-event.deltaY / 200);
        onchange(zoomAt(view, factor, event.clientX - box.left, event.clientY - box.top));
      } else {
        onchange({ ...view, x: view.x - event.deltaX, y: view.y - event.deltaY });
      }
    };
    svg.addEventListener('pointerdown', down);
    svg.addEventListener('pointermove', move);
    svg.addEventListener('pointerup', up);
    svg.addEventListener('pointercancel', up);
    svg.addEventListener('wheel', wheel, { passive: false });
    return () => {
      svg.removeEventListener('pointerdown', down);
      svg.removeEventListener('pointermove', move);
      svg.removeEventListener('pointerup', up);
      svg.removeEventListener('pointercancel', up);
      svg.removeEventListener('wheel', wheel);
    };
  };
}
