import { expect, test } from 'vitest';

import { locale } from './locale';

test('the first language that can be written is taken', () => {
  expect(locale(['da-DK', 'en-US'])).toBe('da-DK');
});

test.each([[['C']], [['']], [['not a tag', 'C']], [[]]])('%j is no language, and no fault', (wanted) => {
  expect(locale(wanted)).toBe('en-US');
});

test('what is no language is passed over', () => {
  expect(locale(['C', 'en-GB'])).toBe('en-GB');
});
