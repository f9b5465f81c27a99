import type { Host } from '../host/host';

/** Says of a further call in a window that is there already that it is drawn: the server is to know. */
export class Drawn {
  #call: string | undefined;

  constructor(private readonly host: Pick<Host, 'painted'>) {}

  /** The call that is shown now. Of the first one the page says so itself. */
  shows(call: string | undefined): void {
    if (call === undefined || call === this.#call) return;
    const first = this.#call === undefined;
    this.#call = call;
    if (first) return;
    requestAnimationFrame(() =>
      requestAnimationFrame(() => void this.host.painted().catch(() => undefined)),
    );
  }
}
