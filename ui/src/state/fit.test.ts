import { afterEach, expect, test, vi } from 'vitest';

import { fit } from './fit';

afterEach(() => vi.unstubAllGlobals());

function page() {
  let notice = () => {};
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(callback: () => void) {
        notice = callback;
      }
      observe = () => notice();
    },
  );
  const element = document.createElement('div');
  let height = 0;
  element.getBoundingClientRect = () => ({ height }) as DOMRect;
  return { element, grow: (to: number) => ((height = to), notice()) };
}

test('the window follows the height of its content, rounded up, once a change', () => {
  const { element, grow } = page();
  const fitEmergency = vi.fn(() => Promise.resolve());
  fit(element, { fitEmergency });
  grow(301.2);
  grow(301.4);
  grow(480);
  expect(fitEmergency.mock.calls).toEqual([[302], [480]]);
});

test('a host that cannot do it is no error', async () => {
  const { element, grow } = page();
  const fitEmergency = vi.fn(() => Promise.reject(new Error('no window')));
  fit(element, { fitEmergency });
  grow(300);
  await expect(fitEmergency.mock.results[0]?.value).rejects.toThrow('no window');
});
