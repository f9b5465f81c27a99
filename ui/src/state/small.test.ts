import { describe, expect, it } from 'vitest';

import { emergencyNumber } from '../format/country';
import { Navigation } from './navigation.svelte';
import { Preferences } from './preferences.svelte';
import { letter } from './shortcuts';

describe('navigation', () => {
  it('goes back the way it came and never past the beginning', () => {
    const way = new Navigation();
    way.go({ name: 'change' });
    way.go({ name: 'seat' });
    way.back();
    expect([way.current.name, way.deep]).toEqual(['change', true]);
    way.back();
    way.back();
    expect([way.current.name, way.deep]).toEqual(['home', false]);
  });
});

describe('preferences', () => {
  it('survive a store that is broken', () => {
    const broken = {
      getItem: () => '{not json',
      setItem: () => {
        throw new Error('full');
      },
    };
    const preferences = new Preferences(broken);
    preferences.setLetterKeys(false);
    preferences.setFloor('SEA', '5');
    expect([preferences.letterKeys, preferences.floor]).toEqual([false, { site: 'SEA', floor: '5' }]);
  });

  it('take nothing they do not know', () => {
    const strange = { getItem: () => '{"site":5}', setItem: () => undefined };
    expect(new Preferences(strange).floor).toBeUndefined();
  });
});

describe('a letter key', () => {
  const press = (init: KeyboardEventInit, target: EventTarget = document.body) => {
    const event = new KeyboardEvent('keydown', { bubbles: true, ...init });
    Object.defineProperty(event, 'target', { value: target });
    return letter(event);
  };

  it('counts alone, in either case', () => {
    expect(press({ key: 's' })).toBe('s');
    expect(press({ key: 'Enter' })).toBeUndefined();
  });

  it('does not count with a modifier, held down, or typed into a field', () => {
    expect(press({ key: 's', ctrlKey: true })).toBeUndefined();
    expect(press({ key: 's', metaKey: true })).toBeUndefined();
    expect(press({ key: 's', repeat: true })).toBeUndefined();
    expect(press({ key: 's' }, document.createElement('input'))).toBeUndefined();
    expect(press({ key: 's' }, document.createElement('textarea'))).toBeUndefined();
  });
});

it('knows what each country dials', () => {
  expect(['us', 'PR', 'CA', 'GB', 'DK', 'FR'].map(emergencyNumber)).toEqual([
    '911',
    '911',
    '911',
    '999',
    '112',
    '112',
  ]);
});
