/** Times as people say them: 8:58 am, yesterday 5:30 pm, 9 days ago. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Where and how times are written. `timeZone` is the computer's own when left out. */
export interface Zone {
  locale: string;
  timeZone?: string;
}

/** Milliseconds since 1970 of an RFC 3339 time. */
export function instant(text: string): number {
  return Date.parse(text);
}

function format(at: number, zone: Zone, options: Intl.DateTimeFormatOptions): string {
  const parts = new Intl.DateTimeFormat(zone.locale, {
    ...options,
    timeZone: zone.timeZone,
  }).formatToParts(at);
  return parts
    .map(({ type, value }) => {
      if (type === 'dayPeriod') return value.toLocaleLowerCase(zone.locale);
      // A time never breaks over two lines, whichever space the platform puts into it.
      return type === 'literal' ? value.replace(/[\s\u202f]/g, '\u00a0') : value;
    })
    .join('');
}

/** The time of day in the reader's own manner, 12 or 24 hours: `8:58 am`, `17:30`. */
export function timeOfDay(at: number, zone: Zone): string {
  return format(at, zone, { hour: 'numeric', minute: '2-digit' });
}

/** Whole calendar days from `now` to `at` in the reader's zone; negative in the past. */
export function daysBetween(now: number, at: number, zone: Zone): number {
  return Math.round((calendarDay(at, zone) - calendarDay(now, zone)) / DAY);
}

function calendarDay(at: number, zone: Zone): number {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone.timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'));
}

/** A moment near `now`: `8:58 am`, `yesterday 8:58 am`, `Mon 8:58 am`, `Nov 11`. */
export function moment(at: number, now: number, zone: Zone): string {
  const days = daysBetween(now, at, zone);
  const time = timeOfDay(at, zone);
  if (days === 0) return time;
  if (Math.abs(days) === 1) {
    const word = new Intl.RelativeTimeFormat(zone.locale, { numeric: 'auto' }).format(days, 'day');
    return `${word} ${time}`;
  }
  if (Math.abs(days) < 7) return `${format(at, zone, { weekday: 'short' })} ${time}`;
  const sameYear =
    format(at, zone, { year: 'numeric' }) === format(now, zone, { year: 'numeric' });
  return format(at, zone, {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  });
}

/** How long ago: `just now`-like below a minute, then minutes, hours, days. */
export function age(at: number, now: number, zone: Zone): string {
  const relative = new Intl.RelativeTimeFormat(zone.locale, { numeric: 'auto' });
  const past = Math.max(0, now - at);
  if (past < MINUTE) return relative.format(0, 'second');
  if (past < HOUR) return relative.format(-Math.floor(past / MINUTE), 'minute');
  const days = -daysBetween(now, at, zone);
  if (days < 1) return relative.format(-Math.floor(past / HOUR), 'hour');
  return relative.format(-days, 'day');
}

/** A running length: `00:07`, `12:34`, `1:02:03`. Never negative. */
export function stopwatch(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours === 0 ? rest : `${hours}:${rest}`;
}

/** Whole seconds left until `at`, at least 0. */
export function secondsLeft(at: number, now: number): number {
  return Math.max(0, Math.ceil((at - now) / 1000));
}

/** A short length in seconds, as finely as it is worth telling: `0.004 sec`, `1.2 sec`, `21 sec`. */
export function duration(milliseconds: number, zone: Zone): string {
  const precision = milliseconds < 10_000 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 0 };
  const options = { style: 'unit', unit: 'second', unitDisplay: 'short', ...precision } as const;
  return new Intl.NumberFormat(zone.locale, options).format(milliseconds / 1000).replace(/[\s\u202f]/g, '\u00a0');
}
