import { HostError } from '../host/host';

/** One thing a person asked for: whether it runs, and how it went wrong. */
export class Task {
  busy = $state(false);
  error = $state.raw<HostError | undefined>(undefined);

  /** Runs `work` unless it is running already. True when it went well. */
  async run(work: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.error = undefined;
    try {
      await work();
      return true;
    } catch (cause) {
      this.error = HostError.from(cause);
      return false;
    } finally {
      this.busy = false;
    }
  }

  clear(): void {
    this.error = undefined;
  }
}
