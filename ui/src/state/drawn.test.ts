import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { Drawn } from './drawn';

let painted: number;
let refuses: boolean;
let frames: FrameRequestCallback[];
let drawn: Drawn;

/** The screen is drawn once. */
function frame(): void {
  for (const callback of frames.splice(0)) callback(0);
}

beforeEach(() => {
  [painted, refuses, frames] = [0, false, []];
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => frames.push(callback));
  drawn = new Drawn({
    painted: async () => {
      painted += 1;
      if (refuses) throw new Error('the shell is gone');
    },
  });
});
afterEach(() => void vi.unstubAllGlobals());

it('leaves the first call to the page, which says so itself', () => {
  drawn.shows('one');
  frame();
  frame();
  expect([painted, frames]).toEqual([0, []]);
});

it('says of a further call that it is drawn, once, and not before its frame is committed', () => {
  drawn.shows('one');
  drawn.shows('two');
  drawn.shows('two');
  expect(painted).toBe(0);
  frame();
  expect(painted).toBe(0);
  frame();
  expect(painted).toBe(1);
  frame();
  expect(painted).toBe(1);
});

it('says nothing of a window without a call, and knows the call that comes back', () => {
  drawn.shows(undefined);
  drawn.shows('one');
  drawn.shows(undefined);
  drawn.shows('one');
  frame();
  frame();
  expect(painted).toBe(0);
  drawn.shows('two');
  frame();
  frame();
  expect(painted).toBe(1);
});

it('bears a shell that does not answer', async () => {
  refuses = true;
  drawn.shows('one');
  drawn.shows('two');
  frame();
  frame();
  await Promise.resolve();
  expect(painted).toBe(1);
});
