import type { SeatSummary } from '../bindings/SeatSummary';
import type { SiteDetail } from '../bindings/SiteDetail';
import type { SiteSummary } from '../bindings/SiteSummary';
import { desks, drawing } from './plan';

const sea = { id: 'SEA', name: 'Seattle 7th Ave' };
const pdx = { id: 'PDX', name: 'Portland Couch St' };

export const sites: SiteDetail[] = [
  {
    site_id: pdx.id,
    name: pdx.name,
    lines: ['1221 NW Couch St', 'Portland, OR 97209'],
    floors: [{ floor: '2', plan_svg: null, seats: desks(pdx, '2', 20).slice(0, 6) }],
  },
  {
    site_id: sea.id,
    name: sea.name,
    lines: ['2121 7th Ave', 'Seattle, WA 98121'],
    floors: [
      { floor: '4', plan_svg: drawing(['Kestrel', 'Kitchen', 'Wren', 'Plover']), seats: desks(sea, '4', 120) },
      { floor: '5', plan_svg: drawing(['Osprey', 'Kitchen', 'Heron', 'Tern']), seats: desks(sea, '5', 161) },
    ],
  },
];

export const summaries: SiteSummary[] = sites.map(({ site_id, name, lines, floors }) => ({
  site_id,
  name,
  lines,
  floors: floors.map(({ floor }) => floor),
}));

export const allSeats: SeatSummary[] = sites.flatMap(({ floors }) => floors.flatMap(({ seats }) => seats));

export function siteLines(siteId: string): string[] {
  return sites.find((site) => site.site_id === siteId)?.lines ?? [];
}
