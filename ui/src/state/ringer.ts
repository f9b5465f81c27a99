/** A telephone's ring. Where sound is forbidden or missing, the screen rings alone. */

/** One ring: two tones at once, two seconds, then silence. */
const TONES_HZ = [440, 480];
const RING_S = 1.6;
const PERIOD_MS = 3000;

export class Ringer {
  #context: AudioContext | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly makeContext: () => AudioContext = () => new AudioContext()) {}

  get ringing(): boolean {
    return this.#timer !== undefined;
  }

  start(): void {
    if (this.ringing) return;
    this.#ring();
    this.#timer = setInterval(() => this.#ring(), PERIOD_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    const context = this.#context;
    this.#context = undefined;
    void context?.close().catch(() => undefined);
  }

  #ring(): void {
    try {
      this.#context ??= this.makeContext();
      const context = this.#context;
      // A context that the platform holds back may be let go at any later ring.
      if (context.state === 'suspended') void context.resume().catch(() => undefined);
      const from = context.currentTime + 0.02;
      const volume = context.createGain();
      volume.gain.setValueAtTime(0, from);
      volume.gain.linearRampToValueAtTime(0.22, from + 0.04);
      volume.gain.setValueAtTime(0.22, from + RING_S - 0.08);
      volume.gain.linearRampToValueAtTime(0, from + RING_S);
      volume.connect(context.destination);
      for (const tone of TONES_HZ) {
        const oscillator = context.createOscillator();
        oscillator.frequency.value = tone;
        oscillator.connect(volume);
        oscillator.start(from);
        oscillator.stop(from + RING_S);
      }
    } catch {
      // The words and the border still say it.
    }
  }
}
