/** How a drill went, as sums and as bars: what is drawn and said of a report, worked out without a screen. */
import type { DrillOutcome } from '../host/bindings/DrillOutcome';
import type { DrillReport } from '../host/bindings/DrillReport';
import type { DrillRow } from '../host/bindings/DrillRow';

/** In the order in which they usually come. */
export const STAGES = ['answer', 'banner', 'notice', 'acknowledged'] as const;
export type Stage = (typeof STAGES)[number];
/** Everything but what went well and what goes on. */
export type Fault = Exclude<DrillOutcome, 'complete' | 'running'>;

/** What needs somebody first. */
const FAULTS: Fault[] = [
  'not_opened', 'no_banner', 'not_notified', 'not_acknowledged', 'offline', 'in_call', 'interrupted',
];
/** How far apart, in seconds, the marks of an axis may be. */
const STEPS = [0.25, 0.5, 1, 2, 5, 10, 15, 30, 60, 120];
/** How many parts an axis has at most. */
const PARTS = 4;

/** Milliseconds until each stage; `null` where it did not come to that. */
export function times(row: DrillRow): Record<Stage, number | null> {
  return { answer: row.answer_ms, banner: row.banner_ms, notice: row.notified_ms, acknowledged: row.acknowledged_ms };
}

export interface Sum {
  of: number;
  done: number;
  complete: number;
  faults: { fault: Fault; count: number }[];
}

export function sum({ rows }: DrillReport): Sum {
  const count = (outcome: DrillOutcome) => rows.filter((row) => row.outcome === outcome).length;
  return {
    of: rows.length,
    done: rows.length - count('running'),
    complete: count('complete'),
    faults: FAULTS.map((fault) => ({ fault, count: count(fault) })).filter((one) => one.count > 0),
  };
}

export interface Chart {
  /** The marks of the axis, in seconds; the first is 0, the last its end. */
  ticks: number[];
  /** How much of the axis each stage took, in percent. */
  rows: { username: string; name: string; bars: { stage: Stage; percent: number | null }[] }[];
  /** Whether somebody's are left out. */
  cut: boolean;
  /** Whether something did not come, for one of them. */
  missing: boolean;
}

/**
 * The bars of those for whom the drill began. Of very many the slowest, and those for whom something is
 * missing before them.
 */
export function chart(report: DrillReport, most = 12): Chart | undefined {
  const begun = report.rows
    .map((row) => ({ row, taken: Object.values(times(row)) }))
    .filter(({ taken }) => taken.some((one) => one !== null));
  if (begun.length === 0) return undefined;
  const cut = begun.length > most;
  const slowness = (taken: (number | null)[]) => Math.max(...taken.map((one) => one ?? Infinity));
  const slowest = [...begun].sort((a, b) => compare(slowness(b.taken), slowness(a.taken))).slice(0, most);
  const shown = begun.filter((one) => slowest.includes(one));
  const ticks = axis(Math.max(...shown.flatMap(({ taken }) => taken.map((one) => one ?? 0))) / 1000);
  const end = (ticks.at(-1) ?? 1) * 1000;
  const rows = shown.map(({ row }) => ({
    username: row.username,
    name: row.display_name,
    bars: STAGES.map((stage) => {
      const taken = times(row)[stage];
      return { stage, percent: taken === null ? null : (taken / end) * 100 };
    }),
  }));
  return { ticks, rows, cut, missing: rows.some(({ bars }) => bars.some(({ percent }) => percent === null)) };
}

/** Not by subtraction: two that never came are equal. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Even marks from 0 to where `seconds` is covered. */
function axis(seconds: number): number[] {
  const step = STEPS.find((one) => one * PARTS >= seconds) ?? Math.ceil(seconds / PARTS);
  const parts = Math.max(1, Math.ceil(seconds / step));
  return Array.from({ length: parts + 1 }, (_, index) => index * step);
}
