import { describe, expect, it } from 'vitest';

import { drilled, drilling } from '../host/fake/drills';
import type { DrillReport } from '../host/bindings/DrillReport';
import { chart, sum } from './drill_report';

const [usual, faulty, erased] = drilled as [DrillReport, DrillReport, DrillReport];

/** A drill of so many, each slower than the one before. */
function many(count: number): DrillReport {
  const [first] = usual.rows;
  const rows = Array.from({ length: count }, (_, index) => ({
    ...first!,
    username: `agent.${index}`,
    acknowledged_ms: (index + 1) * 100,
  }));
  return { ...usual, rows };
}

describe('the sum of a drill', () => {
  it('counts what went well, and every fault with what needs somebody first', () => {
    expect(sum(usual)).toEqual({ of: 5, done: 5, complete: 4, faults: [{ fault: 'offline', count: 1 }] });
    expect(sum(faulty).faults.map(({ fault }) => fault)).toEqual([
      'not_opened', 'no_banner', 'not_notified', 'not_acknowledged', 'in_call', 'interrupted',
    ]);
    expect(sum(erased)).toEqual({ of: 0, done: 0, complete: 0, faults: [] });
  });

  it('tells while it runs how many are done', () => {
    expect(sum(drilling)).toMatchObject({ of: 3, done: 1, complete: 0 });
  });
});

describe('the bars of a drill', () => {
  it('share one axis from 0 over the slowest', () => {
    const drawn = chart(usual)!;
    expect(drawn.ticks).toEqual([0, 10, 20, 30]);
    const [ana] = drawn.rows;
    expect(ana!.bars.map(({ stage, percent }) => [stage, Number(percent!.toFixed(2))])).toEqual([
      ['answer', 0.01], ['banner', 1.03], ['notice', 4.13], ['acknowledged', 71.33],
    ]);
    expect(Math.max(...drawn.rows.flatMap(({ bars }) => bars.map(({ percent }) => percent ?? 0)))).toBeLessThanOrEqual(100);
  });

  it('are absent, not empty, where a stage did not come', () => {
    const keiko = chart(usual)!.rows.find(({ username }) => username === 'keiko.tanaka');
    expect(keiko?.bars.find(({ stage }) => stage === 'banner')?.percent).toBeNull();
    expect(chart(usual)?.missing).toBe(true);
    expect(chart({ ...usual, rows: usual.rows.slice(0, 2) })?.missing).toBe(false);
  });

  it('leave out whom the drill never began for', () => {
    expect(chart(faulty)?.rows.map(({ name }) => name)).toEqual(['Ben Okafor', 'Chloe Martin', 'Farid Haddad', 'Hannah Schulz']);
    expect(chart(erased)).toBeUndefined();
  });

  it('show the slowest of very many, and before them those for whom something is missing', () => {
    const drill = many(100);
    drill.rows[3] = { ...drill.rows[3]!, banner_ms: null };
    const drawn = chart(drill)!;
    expect(drawn.cut).toBe(true);
    expect(drawn.rows).toHaveLength(12);
    expect(drawn.rows.map(({ username }) => username)).toEqual(['agent.3', ...Array.from({ length: 11 }, (_, index) => `agent.${89 + index}`)]);
    expect(chart(many(12))?.cut).toBe(false);
  });

  it.each([
    [4, [0, 0.25]],
    [900, [0, 0.25, 0.5, 0.75, 1]],
    [4_000, [0, 1, 2, 3, 4]],
    [4_001, [0, 2, 4, 6]],
    [119_000, [0, 30, 60, 90, 120]],
    [1_000_000, [0, 250, 500, 750, 1000]],
  ])('%i ms stand on an axis of %j', (milliseconds, ticks) => {
    const [row] = usual.rows;
    const one = { ...row!, answer_ms: 0, banner_ms: 0, notified_ms: 0, acknowledged_ms: milliseconds };
    expect(chart({ ...usual, rows: [one] })?.ticks).toEqual(ticks);
  });
});
