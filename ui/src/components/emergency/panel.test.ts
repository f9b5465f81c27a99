import { describe, expect, it } from 'vitest';

import { scenarios, type ScenarioName } from '../../host/fake/scenarios';
import { NOW } from '../../host/fake/time';
import { announcement, modeOf, titleOf, whereOf } from './panel';

const zone = { locale: 'en-US', timeZone: 'America/Los_Angeles' };
const viewOf = (name: ScenarioName) => scenarios[name].view;
const where = (name: ScenarioName) => whereOf(viewOf(name), NOW, zone)!;
const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ');

describe('the look of the window', () => {
  it.each([
    ['emergency', 'open', 'Emergency call in progress'],
    ['emergency-test', 'open', 'TEST CALL (933)'],
    ['emergency-drill', 'open', 'DRILL: nobody was called'],
    ['emergency-ringing', 'ringing', '911 is calling back. Answer.'],
    ['emergency-connected', 'connected', '911 is on the line again'],
    ['emergency-ended', 'ended', 'Emergency call ended'],
    ['emergency-test-ended', 'ended', 'Test call ended'],
  ] as const)('%s', (name, mode, title) => {
    const { emergency } = viewOf(name).emergency!;
    expect([modeOf(emergency), titleOf(emergency, mode)]).toEqual([mode, title]);
  });

  it('a callback that rings outranks a call nobody said is over', () => {
    const { emergency } = viewOf('emergency').emergency!;
    expect(modeOf({ ...emergency, callback: { state: 'ringing', since: null } })).toBe('ringing');
  });
});

describe('the place to read aloud', () => {
  it('is what was sent, with its age', () => {
    expect(where('emergency')).toMatchObject({
      title: 'You are at',
      lines: ['WS 181, floor 5', '2121 7th Ave', 'Seattle, WA 98121'],
      certain: true,
    });
    expect(plain(where('emergency').note)).toBe('Confirmed 8:58 am');
  });

  it('is the last precise place where the 911 centre got less, and says both', () => {
    const shown = where('emergency-stale');
    expect(shown).toMatchObject({ title: 'You were last at', lines: ['WS 181, floor 5', '2121 7th Ave', 'Seattle, WA 98121'] });
    expect(plain(shown.note)).toBe('Last known, confirmed yesterday 8:58 am');
    expect(shown.given).toBe('911 has only: Seat not confirmed, 2121 7th Ave, Seattle, WA 98121');
  });

  it('is a request to say it when nothing is certain', () => {
    expect(where('emergency-not-confirmed')).toMatchObject({
      title: 'Not confirmed: say where you are',
      lines: [],
      given: '911 has no address from us',
    });
    expect(where('emergency-declined').given).toBe('911 has only: 2121 7th Ave, Seattle, WA 98121');
  });

  it('says nothing of a 911 centre in a drill', () => {
    expect(where('emergency-drill')).toMatchObject({ title: 'Not confirmed: say where you are', given: undefined });
  });

  it('is a request to say it when what was confirmed cannot be read any more', () => {
    const view = viewOf('emergency');
    const { emergency } = view.emergency!;
    const emptied = { ...view, emergency: { ...view.emergency!, emergency: { ...emergency, lines: [] } } };
    expect(whereOf(emptied, NOW, zone)).toMatchObject({ title: 'Not confirmed: say where you are', certain: false });
  });

  it('is what was sent even when nobody is signed in any more', () => {
    const view = { ...viewOf('emergency-stale'), session: { state: 'starting' as const } };
    expect(whereOf(view, NOW, zone)).toMatchObject({ title: 'You were last at', lines: ['Seat not confirmed', '2121 7th Ave', 'Seattle, WA 98121'] });
  });
});

describe('what a screen reader says', () => {
  it('is everything, the number digit by digit', () => {
    expect(announcement('Emergency call in progress', where('emergency'), '2 0 6, 5 5 5, 0 1 2 3')).toBe(
      'Emergency call in progress. You are at WS 181, floor 5, 2121 7th Ave, Seattle, WA 98121. ' +
        'They can call you back on 2 0 6, 5 5 5, 0 1 2 3. Stay on the line. Do not hang up until told.',
    );
  });

  it('never claims a place that is not certain', () => {
    expect(announcement('X', where('emergency-stale'), undefined)).toContain('Not confirmed. You were last at');
    expect(announcement('X', where('emergency-stale'), undefined)).toContain(
      'There is no callback number: give them a number where they can reach you. Stay on the line.',
    );
    expect(announcement('X', where('emergency-not-confirmed'), undefined)).toContain('Not confirmed: say where you are.');
  });
});
