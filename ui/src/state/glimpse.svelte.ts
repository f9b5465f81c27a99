import type { FloorDetail } from '../host/bindings/FloorDetail';
import type { PlaceReference } from '../host/bindings/PlaceReference';
import type { SeatSummary } from '../host/bindings/SeatSummary';
import type { Host } from '../host/host';
import { Lookup } from './lookup.svelte';

export interface SeatOnPlan {
  seat: SeatSummary;
  floor: FloorDetail & { plan_svg: string };
}

/** Finds the piece of the plan around a seat. A seat without a plan simply has none. */
export class Glimpse extends Lookup<{ place: PlaceReference; label: string }, SeatOnPlan | undefined> {
  constructor(host: Pick<Host, 'searchSeats' | 'site'>) {
    super(async ({ place, label }) => {
      if (!('seat' in place)) return undefined;
      const { seats } = await host.searchSeats(label);
      const seat = seats.find((found) => found.seat_id === place.seat);
      if (seat === undefined) return undefined;
      const site = await host.site(seat.site_id);
      const floor = site.floors.find((level) => level.floor === seat.floor);
      return floor && hasPlan(floor) ? { seat, floor } : undefined;
    });
  }
}

/** Whether a floor can be drawn. */
export function hasPlan(floor: FloorDetail): floor is FloorDetail & { plan_svg: string } {
  return floor.plan_svg !== null;
}
