import type { Host } from '../host/host';
import { connect } from '../host';

/** Mounts a window's page once it has its host, and tells the shell when it is painted. */
export async function start(mountInto: (target: HTMLElement, host: Host) => void): Promise<void> {
  const target = document.getElementById('app');
  if (target === null) return;
  const host = await connect();
  mountInto(target, host);
  await filled(target);
  // The first frame is committed before the second callback runs.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => void host.painted().catch(() => undefined)),
  );
}

/** Resolves when there is something to see. */
function filled(target: HTMLElement): Promise<void> {
  const shown = () => target.querySelector('main') !== null;
  if (shown()) return Promise.resolve();
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!shown()) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(target, { childList: true, subtree: true });
  });
}
