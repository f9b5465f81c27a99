/** Whom a drill reaches: what a person chooses, and what the server is asked for. */
import type { RosterRow } from '../host/bindings/RosterRow';
import type { StartDrill } from '../host/bindings/StartDrill';

/** How many people one drill reaches, at most; the server's limit. */
export const MOST = 100;
/** How many it reaches unless somebody says otherwise. */
export const USUAL = 5;

/** Out of whom. */
export type Scope =
  | { kind: 'anybody' }
  | { kind: 'team'; name: string }
  | { kind: 'site'; name: string }
  | { kind: 'chosen' };

/** What can be chosen from, where these people are. */
export function scopes(rows: RosterRow[]): Scope[] {
  const names = (of: (row: RosterRow) => string | null) =>
    [...new Set(rows.map(of).filter((name) => name !== null && name !== ''))].sort() as string[];
  return [
    { kind: 'anybody' },
    ...names((row) => row.team).map((name): Scope => ({ kind: 'team', name })),
    ...names((row) => row.site).map((name): Scope => ({ kind: 'site', name })),
    { kind: 'chosen' },
  ];
}

/** A written count, if it is one that the server takes. */
export function counted(text: string): number | undefined {
  const count = /^\s*\d{1,3}\s*$/.test(text) ? Number(text) : 0;
  return count >= 1 && count <= MOST ? count : undefined;
}

/** How many of these people may be drawn. */
export function available(scope: Scope, rows: RosterRow[]): number {
  return among(scope, rows).length;
}

/**
 * What the server is asked for. The server draws the lot, but for a site: the roster has its name and not the
 * server's own for it, so this computer draws from who is there.
 */
export function asked(
  scope: Scope,
  count: number,
  chosen: ReadonlySet<string>,
  rows: RosterRow[],
  random: (below: number) => number = drawn,
): StartDrill {
  switch (scope.kind) {
    case 'anybody':
      return { sample: count };
    case 'team':
      return { sample: count, team: scope.name };
    case 'site': {
      const left = among(scope, rows).map((row) => row.username);
      const agents: string[] = [];
      while (agents.length < count && left.length > 0) agents.push(...left.splice(random(left.length), 1));
      return { agents };
    }
    case 'chosen':
      return { agents: [...chosen] };
  }
}

/** Those whose name, team or site holds each of the words. */
export function found(text: string, rows: RosterRow[]): RosterRow[] {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(({ display_name, username, team, site }) => {
    const all = [display_name, username, team, site ?? ''].join(' ').toLocaleLowerCase();
    return words.every((word) => all.includes(word));
  });
}

function among(scope: Scope, rows: RosterRow[]): RosterRow[] {
  switch (scope.kind) {
    case 'team':
      return rows.filter((row) => row.team === scope.name);
    case 'site':
      return rows.filter((row) => row.site === scope.name);
    default:
      return rows;
  }
}

function drawn(below: number): number {
  // 2^32 is so much more than a roster holds that nobody is favoured.
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % below;
}
