import { expect, it } from 'vitest';

import { quiet } from '../host/fake/roster';
import { asked, available, counted, found, scopes } from './drill_choice';

const { rows } = quiet;
const nobody = new Set<string>();

it('offers everybody, each team, each site, and people by name', () => {
  expect(scopes(rows).map((scope) => ('name' in scope ? `${scope.kind} ${scope.name}` : scope.kind))).toEqual([
    'anybody', 'team Billing', 'team Claims', 'site Portland Couch St', 'site Seattle 7th Ave', 'chosen',
  ]);
});

it.each([['5', 5], [' 100 ', 100], ['0', undefined], ['101', undefined], ['', undefined], ['1.5', undefined], ['-3', undefined], ['five', undefined]])(
  'takes %j for %s',
  (text, count) => expect(counted(text)).toBe(count),
);

it('leaves the lot to the server', () => {
  expect(asked({ kind: 'anybody' }, 5, nobody, rows)).toEqual({ sample: 5 });
  expect(asked({ kind: 'team', name: 'Claims' }, 3, nobody, rows)).toEqual({ sample: 3, team: 'Claims' });
  expect(asked({ kind: 'chosen' }, 5, new Set(['maria.chen']), rows)).toEqual({ agents: ['maria.chen'] });
});

it('draws from who is at a site: anybody there, nobody twice, nobody else', () => {
  const site = { kind: 'site', name: 'Portland Couch St' } as const;
  const there = rows.filter((row) => row.site === site.name).map((row) => row.username);
  expect(available(site, rows)).toBe(there.length);
  expect(asked(site, 2, nobody, rows, () => 0).agents).toEqual(there.slice(0, 2));
  expect(asked(site, 1, nobody, rows, (below) => below - 1).agents).toEqual(there.slice(-1));
  expect(asked(site, 100, nobody, rows).agents?.toSorted()).toEqual(there.toSorted());
});

it('finds people by any of their words', () => {
  const names = (text: string) => found(text, rows).map((row) => row.display_name);
  expect(names('CHEN')).toEqual(['Maria Chen']);
  expect(names('claims portland')).toEqual(rows.filter((row) => row.team === 'Claims' && row.site?.startsWith('Portland')).map((row) => row.display_name));
  expect(names('  ')).toHaveLength(rows.length);
  expect(names('xyz')).toEqual([]);
});
