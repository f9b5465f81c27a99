import { expect, test } from 'vitest';

import { localeIn } from './locale';

test.each([
  ['da', ['da-DK', 'en-US'], 'da-DK'],
  ['en', ['da-DK', 'en-GB'], 'en-GB'],
  ['es', ['es-PR', 'en-US'], 'es-PR'],
])('%s for somebody who wants %j is the manner they named: %s', (language, wanted, manner) => {
  expect(localeIn(language, wanted)).toBe(manner);
});

test.each([
  ['es', ['en-US'], 'es-US'],
  ['en', ['de-DE'], 'en-DE'],
  ['fr', ['es', 'en-CA'], 'fr-CA'],
])('%s chosen on a computer of %j keeps its region: %s', (language, wanted, manner) => {
  expect(localeIn(language, wanted)).toBe(manner);
});

test.each([[['C']], [['']], [['not a tag', 'C']], [[]]])('%j is no language, and no fault', (wanted) => {
  expect(localeIn('en', wanted)).toBe('en-US');
  expect(localeIn('da', wanted)).toBe('da');
});
