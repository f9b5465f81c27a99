/** Phone numbers grouped as the country they belong to reads them aloud. */

interface Grouping {
  /** What stands before the national number when it is written for people. */
  write: (groups: string[]) => string;
  /** Splits the national significant number. */
  split: (national: string) => number[];
}

/** Two-digit UK areas take 4-4; three-digit and 01x1 areas 3-4; the rest are five digits long. */
function unitedKingdom(national: string): number[] {
  if (/^(2|5[56]|70|76)/.test(national)) return [2, 4, 4];
  if (/^(1\d1|11\d|3\d\d|8\d\d|9\d\d)/.test(national)) return [3, 3, 4];
  return [4, 6];
}

const groupings: Record<string, Grouping> = {
  '1': { split: () => [3, 3, 4], write: ([area, exchange, line]) => `(${area}) ${exchange}-${line}` },
  '44': { split: unitedKingdom, write: (groups) => `+44 ${groups.join(' ')}` },
  '45': { split: () => [2, 2, 2, 2], write: (groups) => `+45 ${groups.join(' ')}` },
};

const nationalLength: Record<string, number[]> = { '1': [10], '44': [9, 10], '45': [8] };

function groups(e164: string): { code: string; parts: string[] } | undefined {
  const digits = /^\+(\d{4,15})$/.exec(e164)?.[1];
  if (digits === undefined) return undefined;
  const code = Object.keys(groupings).find((known) => {
    const lengths = nationalLength[known] ?? [];
    return digits.startsWith(known) && lengths.includes(digits.length - known.length);
  });
  const grouping = code === undefined ? undefined : groupings[code];
  if (code === undefined || grouping === undefined) return undefined;
  return { code, parts: cut(digits.slice(code.length), grouping.split(digits.slice(code.length))) };
}

function cut(digits: string, lengths: number[]): string[] {
  let from = 0;
  return lengths.map((length) => digits.slice(from, (from += length))).filter((part) => part !== '');
}

/** `+12065550123` as `(206) 555-0123`. What is not a known E.164 number stays as it came. */
export function grouped(e164: string): string {
  const known = groups(e164);
  const grouping = known && groupings[known.code];
  return known && grouping ? grouping.write(known.parts) : e164;
}

/** The same number for a voice, digit by digit, a pause between groups: `2 0 6, 5 5 5, 0 1 2 3`. */
export function spoken(e164: string): string {
  const known = groups(e164);
  const digits = (text: string) => [...text].join(' ');
  if (known === undefined) return digits(e164.replace(/\D/g, ''));
  const parts = known.code === '1' ? known.parts : [`+${known.code}`, ...known.parts];
  return parts.map((part) => digits(part).replace('+ ', '+')).join(', ');
}
