import { modeOf } from '../components/emergency/panel';
import type { EmergencySummary } from '../host/bindings/EmergencySummary';
import type { RosterFrame } from '../host/bindings/RosterFrame';
import type { RosterRow } from '../host/bindings/RosterRow';
import type { RosterStatus } from '../host/bindings/RosterStatus';
import { HostError, type Stop, type WatchHost } from '../host/host';

/** How urgently a status wants to be seen; also the order in which columns sort by it. */
const URGENCY: Record<RosterStatus, number> = {
  unknown: 0,
  declined: 1,
  stale: 2,
  offline: 3,
  confirmed: 4,
};
/** In the order of the bar and of the sentence. */
export const STATUSES: RosterStatus[] = ['confirmed', 'stale', 'declined', 'unknown', 'offline'];

export type Column = 'name' | 'status' | 'place' | 'team' | 'since';

/** Everybody a supervisor may see, as it stands now. */
export class Roster {
  rows = $state.raw<RosterRow[] | undefined>(undefined);
  counts = $state.raw<Partial<Record<RosterStatus, number>>>({});
  emergencies = $state.raw<EmergencySummary[]>([]);
  failure = $state.raw<HostError | undefined>(undefined);
  shown = $state<RosterStatus | 'everyone'>('everyone');
  column = $state<Column>('name');
  descending = $state(false);

  #stop: Stop | undefined;
  #closed = false;

  constructor(private readonly host: Pick<WatchHost, 'watchRoster' | 'onRoster'>) {}

  async open(): Promise<void> {
    try {
      this.#stop?.();
      this.#stop = await this.host.onRoster((frame) => this.accept(frame));
      if (this.#closed) return this.#stop();
      await this.host.watchRoster(true);
      this.failure = undefined;
    } catch (cause) {
      this.failure = HostError.from(cause);
    }
  }

  /** A complete frame replaces everything; another one only the people in it. */
  accept(frame: RosterFrame): void {
    if (frame.complete || this.rows === undefined) {
      this.rows = frame.rows;
    } else {
      const changed = new Map(frame.rows.map((row) => [row.username, row]));
      const kept = this.rows.map((row) => {
        const now = changed.get(row.username) ?? row;
        changed.delete(row.username);
        return now;
      });
      this.rows = [...kept, ...changed.values()];
    }
    this.counts = frame.counts;
    // A test that is over needs nobody, and would stand above everybody for an hour.
    this.emergencies = frame.emergencies.filter(
      ({ emergency }) => !emergency.test || modeOf(emergency) !== 'ended',
    );
    this.failure = undefined;
  }

  /** Whether somebody has to be alerted, with sound: nobody is on one of the calls, or not everybody who should. */
  get alerts(): boolean {
    return this.emergencies.some((summary) => summary.alerts_you);
  }

  get total(): number {
    return STATUSES.reduce((sum, status) => sum + (this.counts[status] ?? 0), 0);
  }

  /** The rows asked for, in the order asked for; equals by name. */
  get visible(): RosterRow[] {
    const rows = (this.rows ?? []).filter((row) => this.shown === 'everyone' || row.status === this.shown);
    const sign = this.descending ? -1 : 1;
    return rows.sort((a, b) => sign * compare(this.column, a, b) || byName(a, b));
  }

  sortBy(column: Column): void {
    this.descending = this.column === column ? !this.descending : false;
    this.column = column;
  }

  close(): void {
    this.#closed = true;
    this.#stop?.();
    void this.host.watchRoster(false).catch(() => undefined);
  }
}

function byName(a: RosterRow, b: RosterRow): number {
  return a.display_name.localeCompare(b.display_name) || a.username.localeCompare(b.username);
}

function compare(column: Column, a: RosterRow, b: RosterRow): number {
  switch (column) {
    case 'name':
      return byName(a, b);
    case 'place':
      return `${a.site ?? '\uffff'} ${a.seat ?? ''}`.localeCompare(`${b.site ?? '\uffff'} ${b.seat ?? ''}`, undefined, { numeric: true });
    case 'since':
      return (a.since ?? '').localeCompare(b.since ?? '');
    case 'status':
      return URGENCY[a.status] - URGENCY[b.status];
    case 'team':
      return a.team.localeCompare(b.team);
  }
}
