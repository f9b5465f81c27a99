import { expect, it } from 'vitest';

import { list, plural } from './plural';

it('takes the form of the language, not of English', () => {
  const polish = { one: '# miejsce', few: '# miejsca', many: '# miejsc', other: '# miejsca' };
  expect([1, 3, 5].map((count) => plural('pl', count, polish))).toEqual([
    '1 miejsce',
    '3 miejsca',
    '5 miejsc',
  ]);
});

it('groups the count and falls back to the form every language has', () => {
  expect(plural('en', 1, { other: '#' })).toBe('1');
  expect(plural('en', 12_000, { one: '# seat', other: '# seats' })).toBe('12,000 seats');
});

it('lists names as the language does', () => {
  expect(list('en', ['Sam', 'Desk One', 'Ana'])).toBe('Sam, Desk One, and Ana');
});
