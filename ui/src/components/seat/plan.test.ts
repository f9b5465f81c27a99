import { describe, expect, it } from 'vitest';

import type { SeatSummary } from '../../host/bindings/SeatSummary';
import { imageOf, markRadius, marksOf, nextMark, planSize, type Direction } from './plan';

const seat = (label: string, x: number | null, y: number | null): SeatSummary => ({
  seat_id: label,
  label,
  site_id: 'SEA',
  site_name: 'Seattle',
  floor: '5',
  room: null,
  x,
  y,
  taken_by: null,
});

const size = { width: 1000, height: 500 };
// Two rows of three; the lower row is shifted by half a desk.
const marks = marksOf(
  [
    seat('a1', 0.1, 0.2),
    seat('a2', 0.2, 0.2),
    seat('a3', 0.3, 0.2),
    seat('b1', 0.15, 0.6),
    seat('b2', 0.25, 0.6),
    seat('b3', 0.35, 0.6),
    seat('nowhere', null, 0.5),
  ],
  size,
);
const walk = (from: string, ...directions: Direction[]) => {
  let at = marks.find((mark) => mark.seat.label === from)!;
  for (const direction of directions) at = nextMark(marks, at, direction) ?? at;
  return at.seat.label;
};

describe('the size of a plan', () => {
  it.each([
    ['<svg viewBox="0 0 640 480">', { width: 640, height: 480 }],
    [`<?xml version="1.0"?><svg width='300px' height='200'>`, { width: 300, height: 200 }],
    ['<svg viewBox="0,0,10,20" width="5">', { width: 10, height: 20 }],
    ['<svg viewBox="0 0 0 -3">', { width: 1000, height: 600 }],
    ['no plan at all', { width: 1000, height: 600 }],
  ])('%s', (svg, expected) => {
    expect(planSize(svg)).toEqual(expected);
  });
});

it('draws a plan as an image only: nothing of it can become markup', () => {
  const image = imageOf('<svg onload="alert(1)"><script>"\'</script></svg>');
  expect(image).toMatch(/^data:image\/svg\+xml/);
  expect(image).not.toMatch(/[<>"]/);
});

it('leaves out seats without a position', () => {
  expect(marks.map((mark) => mark.seat.label)).not.toContain('nowhere');
});

it('keeps marks apart, and visible when seats share a place', () => {
  expect(markRadius(marks, size) * 2).toBeLessThan(100);
  expect(markRadius(marksOf([seat('x', 0.5, 0.5), seat('y', 0.5, 0.5)], size), size)).toBe(6);
});

describe('arrow keys', () => {
  it('walk along a row', () => {
    expect(walk('a1', 'right')).toBe('a2');
    expect(walk('a1', 'right', 'right', 'left')).toBe('a2');
  });

  it('cross to the next row and back', () => {
    expect(walk('a1', 'down')).toBe('b1');
    expect(walk('b3', 'up')).toBe('a3');
  });

  it('stay at the edge', () => {
    expect(walk('a1', 'left')).toBe('a1');
    expect(walk('b2', 'down')).toBe('b2');
  });

  it('reach every seat from every other', () => {
    const directions: Direction[] = ['up', 'down', 'left', 'right'];
    for (const start of marks) {
      const seen = new Set([start.seat.label]);
      const open = [start];
      for (let at = open.pop(); at !== undefined; at = open.pop()) {
        for (const direction of directions) {
          const next = nextMark(marks, at, direction);
          if (next && !seen.has(next.seat.label)) {
            seen.add(next.seat.label);
            open.push(next);
          }
        }
      }
      expect(seen.size, `from ${start.seat.label}`).toBe(marks.length);
    }
  });
});
