import type { Mode } from '../components/emergency/panel';

/** What there is to say about a call, in words. */
export interface Told {
  callId: string;
  mode: Mode;
  /** Which callback, while one rings. */
  ringingSince: string | null;
  /** Said when the call appears: everything. */
  whole: string;
  /** Said when something changes: only that. */
  brief: string;
  /** What makes it a change. */
  place: string;
}

/** What a screen reader is told: a call and each callback once and at once, changes when it can. */
export class Announcements {
  alert = $state('');
  change = $state('');

  #call: string | undefined;
  #ring: string | undefined;
  #state: string | undefined;

  tell(told: Told): void {
    const state = `${told.mode} ${told.place}`;
    const changed = state !== this.#state;
    this.#state = state;
    if (told.mode === 'ringing') {
      this.#call = told.callId;
      const ring = `${told.callId} ${told.ringingSince}`;
      if (ring === this.#ring) return;
      this.#ring = ring;
      this.alert = told.brief;
    } else if (told.mode !== 'ended' && told.callId !== this.#call) {
      this.#call = told.callId;
      this.alert = told.whole;
    } else if (changed) {
      this.#call = told.callId;
      this.change = told.brief;
    }
  }
}
