import { expect, it } from 'vitest';

import { grouped, spoken } from './phone';

it.each([
  ['+12065550123', '(206) 555-0123'],
  ['+442079460123', '+44 20 7946 0123'],
  ['+441134960123', '+44 113 496 0123'],
  ['+441632960123', '+44 1632 960123'],
  ['+447700900123', '+44 7700 900123'],
  ['+4512345678', '+45 12 34 56 78'],
])('%s is written %s', (number, words) => {
  expect(grouped(number)).toBe(words);
});

it('leaves alone what it does not know', () => {
  expect(['911', '+4930901820', '+1206555', 'sip:desk@example.com', ''].map(grouped)).toEqual([
    '911',
    '+4930901820',
    '+1206555',
    'sip:desk@example.com',
    '',
  ]);
});

it('is spoken digit by digit, with a pause between groups', () => {
  expect(spoken('+12065550123')).toBe('2 0 6, 5 5 5, 0 1 2 3');
  expect(spoken('+4512345678')).toBe('+4 5, 1 2, 3 4, 5 6, 7 8');
  expect(spoken('+4930901820')).toBe('4 9 3 0 9 0 1 8 2 0');
});
