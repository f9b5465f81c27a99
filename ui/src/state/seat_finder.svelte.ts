import type { FloorDetail } from '../host/bindings/FloorDetail';
import type { SeatSummary } from '../host/bindings/SeatSummary';
import type { SiteDetail } from '../host/bindings/SiteDetail';
import type { SiteSummary } from '../host/bindings/SiteSummary';
import { HostError, type Host } from '../host/host';
import { Lookup } from './lookup.svelte';
import type { Preferences } from './preferences.svelte';

/** A pause in typing after which seats are searched. */
export const TYPING_PAUSE_MS = 120;

/** Finding a seat by its label or on a floor. */
export class SeatFinder {
  query = $state('');
  sites = $state.raw<SiteSummary[] | undefined>(undefined);
  siteId = $state<string | undefined>(undefined);
  floorName = $state<string | undefined>(undefined);
  chosen = $state.raw<SeatSummary | undefined>(undefined);
  failure = $state.raw<HostError | undefined>(undefined);

  readonly site: Lookup<string, SiteDetail>;
  readonly search: Lookup<string, SeatSummary[]>;
  /** Somebody pressed Enter and waits for the best match. */
  #awaiting: ((seat: SeatSummary) => void) | undefined;

  constructor(
    private readonly host: Pick<Host, 'sites' | 'site' | 'searchSeats'>,
    private readonly preferences: Pick<Preferences, 'floor' | 'setFloor'>,
  ) {
    this.site = new Lookup((id) => host.site(id));
    this.search = new Lookup(
      async (query) => (await host.searchSeats(query)).seats,
      TYPING_PAUSE_MS,
      () => this.#take(),
    );
  }

  /** Opens the floor looked at last, else the first of the first building. */
  async open(): Promise<void> {
    this.failure = undefined;
    try {
      this.sites = (await this.host.sites()).sites;
    } catch (cause) {
      this.failure = HostError.from(cause);
      return;
    }
    const remembered = this.preferences.floor;
    const site =
      this.sites.find((known) => known.site_id === remembered?.site) ?? this.sites[0];
    if (site === undefined) return;
    const floor = site.floors.find((name) => name === remembered?.floor) ?? site.floors[0];
    this.#show(site.site_id, floor);
  }

  get floor(): FloorDetail | undefined {
    if (this.site.answer?.site_id !== this.siteId) return undefined;
    return this.site.answer?.floors.find((level) => level.floor === this.floorName);
  }

  get siteSummary(): SiteSummary | undefined {
    return this.sites?.find((site) => site.site_id === this.siteId);
  }

  /** Whether the list shows what was searched rather than a floor. */
  get searching(): boolean {
    return this.query.trim() !== '';
  }

  /** What the list shows: the seats found, else those of the floor. */
  get list(): SeatSummary[] {
    return this.searching ? (this.search.answer ?? []) : (this.floor?.seats ?? []);
  }

  type(query: string): void {
    this.query = query;
    this.#awaiting = undefined;
    if (this.searching) this.search.send(query.trim());
    else this.search.reset();
  }

  /** Hands over the best match of what was typed: now, or when it is known. */
  takeFirst(take: (seat: SeatSummary) => void): void {
    if (!this.searching) return;
    this.#awaiting = take;
    if (!this.search.busy) this.#take();
  }

  #take(): void {
    const [best] = this.search.answer ?? [];
    const take = this.#awaiting;
    this.#awaiting = undefined;
    if (best !== undefined) take?.(best);
  }

  openSite(siteId: string): void {
    const site = this.sites?.find((known) => known.site_id === siteId);
    if (!site) return;
    this.chosen = undefined;
    this.#show(siteId, site.floors[0]);
  }

  openFloor(floor: string): void {
    // A choice that is out of sight is too easily confirmed by mistake.
    this.chosen = undefined;
    if (this.siteId !== undefined) this.#show(this.siteId, floor);
  }

  /** Chooses a seat and shows it where it stands. */
  choose(seat: SeatSummary): void {
    this.chosen = seat;
    this.#show(seat.site_id, seat.floor);
  }

  #show(siteId: string, floor: string | undefined): void {
    const moved = siteId !== this.siteId;
    this.siteId = siteId;
    this.floorName = floor;
    if (floor !== undefined) this.preferences.setFloor(siteId, floor);
    if (moved || this.site.error !== undefined) this.site.send(siteId);
  }
}
