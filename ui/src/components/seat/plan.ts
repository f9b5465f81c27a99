/** The geometry of a floor plan: where seats are, how large their marks may be, which is next. */
import type { SeatSummary } from '../../host/bindings/SeatSummary';

/** A seat that has a position; `x` and `y` are in the plan's own units. */
export interface Mark {
  seat: SeatSummary;
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

const FALLBACK: Size = { width: 1000, height: 600 };

/** The size of an SVG document by its `viewBox`, else by `width` and `height`. */
export function planSize(svg: string): Size {
  const root = /<svg\b[^>]*>/i.exec(svg)?.[0] ?? '';
  const box = /\bviewBox\s*=\s*["']([^"']+)["']/i.exec(root)?.[1]?.trim().split(/[\s,]+/).map(Number);
  const attribute = (name: string) =>
    Number(new RegExp(`\\s${name}\\s*=\\s*["']([\\d.]+)(?:px)?["']`, 'i').exec(root)?.[1]);
  const width = box?.[2] ?? attribute('width');
  const height = box?.[3] ?? attribute('height');
  return width > 0 && height > 0 ? { width, height } : FALLBACK;
}

/** A document as the address of an image: drawn, never run. */
export function imageOf(svg: string): string {
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}

/** The seats that can be drawn. */
export function marksOf(seats: SeatSummary[], size: Size): Mark[] {
  return seats.flatMap((seat) =>
    seat.x === null || seat.y === null
      ? []
      : [{ seat, x: seat.x * size.width, y: seat.y * size.height }],
  );
}

/** Half the side of a mark: as large as the closest pair of seats allows. */
export function markRadius(marks: Mark[], size: Size): number {
  const largest = size.width * 0.026;
  let closest = Infinity;
  for (const [index, a] of marks.entries()) {
    for (const b of marks.slice(index + 1)) {
      closest = Math.min(closest, Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y)));
    }
  }
  return Math.max(size.width * 0.006, Math.min(largest, closest * 0.42));
}

export type Direction = 'up' | 'down' | 'left' | 'right';

/** The seat a person means by an arrow: ahead, and rather straight ahead than near. */
export function nextMark(marks: Mark[], from: Mark, direction: Direction): Mark | undefined {
  const [dx, dy] = { up: [0, -1], down: [0, 1], left: [-1, 0], right: [1, 0] }[direction] as [
    number,
    number,
  ];
  let best: { mark: Mark; cost: number } | undefined;
  for (const mark of marks) {
    const along = (mark.x - from.x) * dx + (mark.y - from.y) * dy;
    const across = Math.abs((mark.x - from.x) * dy) + Math.abs((mark.y - from.y) * dx);
    // Within 60 degrees of straight ahead.
    if (along <= 0 || across > along * 1.75) continue;
    const cost = along + across * 2;
    if (best === undefined || cost < best.cost) best = { mark, cost };
  }
  return best?.mark;
}
