import type { AudioDevices } from '../host/bindings/AudioDevices';
import type { HostError, Host } from '../host/host';
import { Task } from './task.svelte';

/** What the computer hears and speaks with, read anew each time somebody looks. */
export class Sound {
  shown = $state(false);
  devices = $state.raw<AudioDevices | undefined>(undefined);

  readonly #reading = new Task();
  readonly #opening = new Task();

  constructor(private readonly host: Pick<Host, 'audioDevices' | 'openSoundSettings'>) {}

  get error(): HostError | undefined {
    return this.#opening.error ?? this.#reading.error;
  }

  async toggle(): Promise<void> {
    this.shown = !this.shown;
    this.#opening.clear();
    if (!this.shown) return;
    const read = await this.#reading.run(async () => {
      this.devices = await this.host.audioDevices();
    });
    // What was read before may have been unplugged since.
    if (!read && this.#reading.error) this.devices = undefined;
  }

  async openSettings(): Promise<void> {
    await this.#opening.run(() => this.host.openSoundSettings());
  }
}
