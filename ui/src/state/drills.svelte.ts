import type { DrillReport } from '../host/bindings/DrillReport';
import type { EmergencySummary } from '../host/bindings/EmergencySummary';
import type { StartDrill } from '../host/bindings/StartDrill';
import { HostError, type WatchHost } from '../host/host';
import { Task } from './task.svelte';

/** How soon it is looked again how far a drill has come. */
const EVERY_MS = 1500;

/** The drills of the organisation, as they stand now. */
export class Drills {
  /** The newest first; `undefined` until they are known. */
  reports = $state.raw<DrillReport[] | undefined>(undefined);
  failure = $state.raw<HostError | undefined>(undefined);
  /** The last one that ended before the eyes of whoever looks at this. */
  ended = $state.raw<DrillReport | undefined>(undefined);
  readonly starting = new Task();

  /** The drill whose report stands open: the one that runs, or ran just now. */
  #open = $state<string | undefined>(undefined);
  #calls = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #looking = false;
  #again = false;
  #closed = false;

  constructor(private readonly host: Pick<WatchHost, 'drills' | 'startDrill'>) {}

  get running(): boolean {
    return this.reports?.some(isRunning) ?? false;
  }

  get current(): DrillReport | undefined {
    return this.reports?.find((report) => report.drill_id === this.#open);
  }

  get earlier(): DrillReport[] {
    return this.reports?.filter((report) => report.drill_id !== this.#open) ?? [];
  }

  /** Looks now, and then again and again while one runs. */
  async look(): Promise<void> {
    clearTimeout(this.#timer);
    this.#again = true;
    // What is under way may have been asked before what is to be seen happened.
    if (this.#looking) return;
    this.#looking = true;
    while (this.#again && !this.#closed) {
      this.#again = false;
      await this.#ask();
    }
    this.#looking = false;
    if (this.running && !this.#closed) this.#timer = setTimeout(() => void this.look(), EVERY_MS);
  }

  /** Somebody else may have started one: its calls are among those that are shown. */
  follow(calls: EmergencySummary[]): void {
    const drilled = calls.filter(({ emergency }) => emergency.drill);
    const names = drilled.map(({ emergency }) => emergency.reference).join('\n');
    if (names === this.#calls) return;
    this.#calls = names;
    void this.look();
  }

  /** True when it was planned. */
  async start(whom: StartDrill): Promise<boolean> {
    return this.starting.run(async () => {
      const started = await this.host.startDrill(whom);
      this.#open = started.drill_id;
      await this.look();
    });
  }

  /** The open report goes back among the earlier ones. */
  putAway(): void {
    this.#open = undefined;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<void> {
    try {
      this.#take((await this.host.drills()).drills);
      this.failure = undefined;
    } catch (cause) {
      this.failure = HostError.from(cause);
    }
  }

  #take(reports: DrillReport[]): void {
    const ran = this.reports?.filter(isRunning).map((report) => report.drill_id) ?? [];
    this.reports = reports;
    const running = reports.find(isRunning);
    if (running !== undefined) this.#open = running.drill_id;
    const ended = reports.find((report) => ran.includes(report.drill_id) && !isRunning(report));
    if (ended !== undefined) this.ended = ended;
  }
}

function isRunning(report: DrillReport): boolean {
  return report.ended_at === null;
}
