import type { DrillReport } from '../../host/bindings/DrillReport';
import { m } from '../../messages';
import { sum } from '../../state/drill_report';

/** How a drill went, in words. */
export function sentence(report: DrillReport): string {
  const { of, complete, faults } = sum(report);
  if (of === 0) return m.drill.erased;
  return [m.drill.complete(complete, of), ...faults.map(({ fault, count }) => m.drill.parts[fault](count))].join(' ');
}
