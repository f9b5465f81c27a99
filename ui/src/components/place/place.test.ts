import { describe, expect, it } from 'vitest';

import { scenarios, type ScenarioName } from '../../host/fake/scenarios';
import { NOW } from '../../host/fake/time';
import type { SignedIn } from '../../host/bindings/SignedIn';
import { guess } from './guess';
import { standing } from './standing';

const zone = { locale: 'en-US', timeZone: 'America/Los_Angeles' };

function me(name: ScenarioName): SignedIn {
  const session = scenarios[name].view.session;
  if (session.state !== 'signed_in') throw new Error(`${name} has nobody signed in`);
  return session;
}

describe('the guess', () => {
  it('is the best proposal, with its reason', () => {
    expect(guess(me('ask'), NOW, zone)).toMatchObject({
      label: 'WS 181',
      where: ['Floor 5, Seattle 7th Ave'],
      why: 'You were here yesterday',
      lines: ['WS 181, floor 5', '2121 7th Ave', 'Seattle, WA 98121'],
    });
  });

  it('asks after the age of a home that has grown old', () => {
    expect(guess(me('ask-home'), NOW, zone)?.why).toBe('You confirmed this 9 days ago. Still there?');
  });

  it('is what was said and did not count any more, before anything else', () => {
    expect(guess(me('ask-again'), NOW, zone)).toMatchObject({ label: 'WS 170', place: { seat: 'SEA-5-170' } });
  });

  it('is the last place when nothing is proposed', () => {
    expect(guess(me('stale'), NOW, zone)).toMatchObject({ label: 'Home', place: { saved: 'home-1' } });
  });

  it('is not made up', () => {
    expect(guess(me('ask-no-history'), NOW, zone)).toBeUndefined();
  });
});

describe('the word for a location', () => {
  it.each([
    ['confirmed', 'check', 'Confirmed'],
    ['confirmed-home', 'check', 'Confirmed, with a corrected address'],
    ['unchecked', 'question', 'Confirmed, but not checked'],
    ['unsent', 'clock', 'Saved here, not yet with 911'],
    ['sending', 'clock', 'Telling the server'],
    ['refused', 'alert', 'The server did not accept this place'],
    ['stale', 'alert', 'Not certain any more'],
    ['declined', 'dash', 'You chose not to say where you are'],
    ['ask-no-history', 'question', 'Nobody knows where you are'],
  ] as const)('%s: %s', (name, shape, word) => {
    expect(standing(me(name).location, '911')).toMatchObject({ shape, word });
  });

  it('is never green without an answer from the server', () => {
    const { shape, tone } = standing({ headline: 'confirmed', served: null, unsent: null }, '911');
    expect([shape, tone]).toEqual(['question', 'doubt']);
  });

  it.each([
    ['home', ['good', 'good', 'doubt', 'doubt', 'bad']],
    ['seat', ['good', 'good', 'doubt', 'good', 'bad']],
  ] as const)('is green for a %s that was checked, or that the organisation wrote down', (kind, expected) => {
    const { served } = me('confirmed').location;
    const tones = (['valid', 'corrected', 'overridden', 'unchecked', 'invalid'] as const).map(
      (verdict) =>
        standing({ headline: 'confirmed', served: { ...served!, class: kind, verdict }, unsent: null }, '911').tone,
    );
    expect(tones).toEqual(expected);
  });
});
