import type { Host } from '../host/host';

/**
 * Keeps the emergency window exactly as high as what it shows, whatever the text size, so that it
 * covers no more of the agent's screen than it must and never needs to be scrolled.
 */
export function fit(page: HTMLElement, host: Pick<Host, 'fitEmergency'>): void {
  let last = 0;
  new ResizeObserver(() => {
    const height = Math.ceil(page.getBoundingClientRect().height);
    if (height === last) return;
    last = height;
    void host.fitEmergency(height).catch(() => undefined);
  }).observe(page);
}
