/** Two floors that look like floors, with their desks. */
import type { SeatSummary } from '../bindings/SeatSummary';

const WIDTH = 960;
const HEIGHT = 560;

/** Four desks around a table; the corner given is that of the first. */
const PODS = [
  [96, 250],
  [96, 404],
  [276, 250],
  [276, 404],
  [596, 250],
  [596, 404],
  [776, 250],
] as const;
const STEP_X = 76;
const STEP_Y = 66;

const taken = new Map([
  ['SEA-5-164', 'Ana Ruiz'],
  ['SEA-5-170', 'Tom Baker'],
  ['SEA-5-182', 'Sam Lee'],
  ['SEA-5-185', 'Priya Nair'],
]);

/** The desks of a floor, numbered on from `first`. */
export function desks(site: { id: string; name: string }, floor: string, first: number): SeatSummary[] {
  return PODS.flatMap(([x, y]) => [
    [x, y],
    [x + STEP_X, y],
    [x, y + STEP_Y],
    [x + STEP_X, y + STEP_Y],
  ]).map(([x, y], index) => {
    const seat_id = `${site.id}-${floor}-${first + index}`;
    return {
      seat_id,
      label: `WS ${first + index}`,
      site_id: site.id,
      site_name: site.name,
      floor,
      room: (x ?? 0) > 560 ? 'East wing' : null,
      x: (x ?? 0) / WIDTH,
      y: (y ?? 0) / HEIGHT,
      taken_by: taken.get(seat_id) ?? null,
    };
  });
}

const tables = PODS.map(
  ([x, y]) =>
    `<rect x="${x - 34}" y="${y - 30}" width="${STEP_X + 68}" height="${STEP_Y + 60}" rx="14" fill="#f1f4f3"/>`,
).join('');

const room = (x: number, y: number, w: number, h: number, name: string, fill = '#f7f9f8') =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${fill}" stroke="#b9c4c1" stroke-width="3"/>` +
  `<text x="${x + w / 2}" y="${y + h / 2 + 6}" text-anchor="middle" font-family="sans-serif" font-size="19" fill="#5d6b68">${name}</text>`;

/** Rooms along the top, stairs and lifts in the middle, desks around them. */
export function drawing(rooms: [string, string, string, string]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}">
<path d="M24 24H936V392H800V536H24Z" fill="#ffffff" stroke="#8d9a97" stroke-width="6" stroke-linejoin="round"/>
${tables}
${room(26, 26, 200, 132, rooms[0])}${room(226, 26, 190, 132, rooms[1])}
${room(544, 26, 190, 132, rooms[2])}${room(734, 26, 200, 132, rooms[3])}
${room(436, 250, 104, 90, 'Lifts', '#e9eeec')}${room(436, 340, 104, 90, 'Stairs', '#e9eeec')}
<path d="M436 536v-12h104v12" fill="#ffffff" stroke="#8d9a97" stroke-width="3"/>
<text x="488" y="512" text-anchor="middle" font-family="sans-serif" font-size="17" fill="#5d6b68">Entrance</text>
<path d="M70 158h44M272 158h44M592 158h44M782 158h44" stroke="#ffffff" stroke-width="6"/>
</svg>`;
}
