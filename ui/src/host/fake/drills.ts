import type { DrillOutcome } from '../bindings/DrillOutcome';
import type { DrillReport } from '../bindings/DrillReport';
import type { DrillRow } from '../bindings/DrillRow';
import type { RosterRow } from '../bindings/RosterRow';
import type { StartDrill } from '../bindings/StartDrill';
import type { StartedDrill } from '../bindings/StartedDrill';
import { HostError } from '../host';
import { at, DAYS, MINUTES } from './time';

const nobody: DrillRow = {
  username: '',
  display_name: '',
  online: true,
  answer_ms: null,
  banner_ms: null,
  notified_ms: null,
  acknowledged_ms: null,
  location_status: 'confirmed',
  outcome: 'running',
};

function row(name: string, [answer, banner, notified, acknowledged]: (number | null)[], outcome: DrillOutcome): DrillRow {
  return {
    ...nobody,
    username: name.toLowerCase().replaceAll(/[^a-z]+/g, '.'),
    display_name: name,
    online: outcome !== 'offline',
    answer_ms: answer ?? null,
    banner_ms: banner ?? null,
    notified_ms: notified ?? null,
    acknowledged_ms: acknowledged ?? null,
    outcome,
  };
}

const none = [null, null, null, null];

/** One that ended well but for one app, one with every fault there is, and one of people who were erased. */
export const drilled: DrillReport[] = [
  {
    drill_id: 'dr_2',
    started_at: at(-1 * DAYS),
    ended_at: at(-1 * DAYS + MINUTES),
    rows: [
      row('Ana Ruiz', [4, 310, 1_240, 21_400], 'complete'),
      row('Devon Walsh', [5, 420, 1_310, 21_400], 'complete'),
      row('Keiko Tanaka', [4, null, 1_380, 21_400], 'offline'),
      row('Maria Chen', [6, 690, 1_440, 21_400], 'complete'),
      row('Victor Hugo Alvarez', [4, 350, 1_520, 21_400], 'complete'),
    ],
  },
  {
    drill_id: 'dr_1',
    started_at: at(-30 * DAYS),
    ended_at: at(-30 * DAYS + 2 * MINUTES),
    rows: [
      row('Ben Okafor', [4, 300, 2_100, null], 'not_acknowledged'),
      row('Chloe Martin', [7, 380, null, null], 'not_notified'),
      row('Daniel Kim', none, 'in_call'),
      row('Elena Petrova', none, 'not_opened'),
      row('Farid Haddad', [5, null, 2_200, null], 'no_banner'),
      row('Hannah Schulz', [5, null, null, null], 'interrupted'),
    ],
  },
  { drill_id: 'dr_0', started_at: at(-60 * DAYS), ended_at: at(-60 * DAYS + MINUTES), rows: [] },
];

/** One that has just come as far as the notices. */
export const drilling: DrillReport = {
  drill_id: 'dr_3',
  started_at: at(-9_000),
  ended_at: null,
  rows: [
    row('Ana Ruiz', [4, 310, 1_240, null], 'running'),
    row('Daniel Kim', none, 'in_call'),
    { ...row('Keiko Tanaka', [4, null, 1_380, null], 'running'), online: false },
  ],
};

/** A server's drills: those that run come one stage further each time somebody looks. */
export class Drilling {
  #reports: DrillReport[];
  #looks = 0;

  constructor(reports: DrillReport[]) {
    this.#reports = reports;
  }

  start({ agents, sample, team }: StartDrill, people: RosterRow[]): StartedDrill {
    const there = people.filter((person) => (agents ? agents.includes(person.username) : team === undefined || person.team === team));
    const reached = there.slice(0, sample ?? there.length);
    if (reached.length === 0) throw new HostError('not_found', 'nobody');
    this.#looks = 0;
    const rows = reached.map(({ username, display_name, online, emergency }): DrillRow =>
      ({ ...nobody, username, display_name, online, outcome: emergency ? 'in_call' : 'running' }));
    const report = { drill_id: `dr_${this.#reports.length + 1}`, started_at: at(0), ended_at: null, rows };
    this.#reports = [report, ...this.#reports];
    return { drill_id: report.drill_id, started_at: report.started_at, agents: rows.map((one) => one.username) };
  }

  look(): DrillReport[] {
    this.#looks += 1;
    this.#reports = this.#reports.map((report) => (report.ended_at === null ? further(report, this.#looks) : report));
    return this.#reports;
  }
}

function further(report: DrillReport, looks: number): DrillReport {
  const rows = report.rows.map((one, index): DrillRow => {
    if (one.outcome !== 'running') return one;
    return {
      ...one,
      answer_ms: looks > 1 ? 4 + index : one.answer_ms,
      banner_ms: looks > 2 && one.online ? 310 + 90 * index : one.banner_ms,
      notified_ms: looks > 2 ? 1_240 + 70 * index : one.notified_ms,
      acknowledged_ms: looks > 3 ? 21_400 : one.acknowledged_ms,
      outcome: looks <= 3 ? 'running' : one.online ? 'complete' : 'offline',
    };
  });
  const over = rows.every((one) => one.outcome !== 'running');
  return { ...report, rows, ended_at: over ? at(MINUTES) : null };
}
