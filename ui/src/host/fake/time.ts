/** The moment every scenario plays at: 9:02 on a Friday morning in Seattle, on the server's clock. */
export const NOW = Date.parse('2026-11-20T17:02:00Z');

const MINUTE = 60_000;
export const HOURS = 60 * MINUTE;
export const DAYS = 24 * HOURS;
export const MINUTES = MINUTE;

/** So long before (negative) or after that moment. */
export function at(offset: number): string {
  return new Date(NOW + offset).toISOString();
}
