import { describe, expect, it } from 'vitest';

import { age, duration, instant, moment, secondsLeft, stopwatch, timeOfDay, type Zone } from './time';

const seattle: Zone = { locale: 'en-US', timeZone: 'America/Los_Angeles' };
const copenhagen: Zone = { locale: 'da-DK', timeZone: 'Europe/Copenhagen' };
const now = instant('2026-11-20T17:02:00Z');
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('time of day', () => {
  it('follows the reader: twelve hours in Seattle, twenty-four in Copenhagen', () => {
    const end = instant('2026-11-21T01:30:00Z');
    expect(plain(timeOfDay(end, seattle))).toBe('5:30 pm');
    expect(timeOfDay(instant('2026-11-20T12:30:00Z'), copenhagen)).toBe('13.30');
  });

  it('never breaks between the hour and am', () => {
    expect(timeOfDay(now, seattle)).toBe('9:02\u00a0am');
  });
});

describe('a moment', () => {
  it.each([
    ['2026-11-20T16:58:00Z', '8:58 am'],
    ['2026-11-21T01:30:00Z', '5:30 pm'],
    ['2026-11-19T16:58:00Z', 'yesterday 8:58 am'],
    ['2026-11-22T01:30:00Z', 'tomorrow 5:30 pm'],
    ['2026-11-16T16:58:00Z', 'Mon 8:58 am'],
    ['2026-11-11T16:58:00Z', 'Nov 11'],
    ['2025-12-31T16:58:00Z', 'Dec 31, 2025'],
  ])('%s reads %s', (at, words) => {
    expect(plain(moment(instant(at), now, seattle))).toBe(words);
  });

  it('judges the day where the reader is, not in UTC', () => {
    const lateYesterday = instant('2026-11-20T07:30:00Z');
    expect(plain(moment(lateYesterday, now, seattle))).toBe('yesterday 11:30 pm');
  });
});

describe('age', () => {
  it.each([
    ['2026-11-20T17:01:40Z', 'now'],
    ['2026-11-20T16:58:00Z', '4 minutes ago'],
    ['2026-11-20T14:02:00Z', '3 hours ago'],
    ['2026-11-19T23:00:00Z', 'yesterday'],
    ['2026-11-11T16:58:00Z', '9 days ago'],
  ])('%s is %s', (at, words) => {
    expect(age(instant(at), now, seattle)).toBe(words);
  });

  it('of something in the future is now, not a negative', () => {
    expect(age(now + 60_000, now, seattle)).toBe('now');
  });
});

describe('lengths', () => {
  it('of seconds are as fine as it is worth telling', () => {
    expect([0, 4, 310, 1_240, 9_960, 21_400, 119_600].map((length) => plain(duration(length, seattle)))).toEqual([
      '0 sec', '0.004 sec', '0.31 sec', '1.2 sec', '10 sec', '21 sec', '120 sec',
    ]);
    expect(plain(duration(1_240, copenhagen))).toBe('1,2 sek.');
  });

  it('run as mm:ss and gain hours only when needed', () => {
    expect([-5, 7_400, 754_000, 3_723_000].map(stopwatch)).toEqual([
      '00:00',
      '00:07',
      '12:34',
      '1:02:03',
    ]);
  });

  it('count down to zero and stay there', () => {
    expect([12_001, 400, 0, -9_000].map((left) => secondsLeft(now + left, now))).toEqual([
      13, 1, 0, 0,
    ]);
  });
});
