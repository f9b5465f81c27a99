import { expect, it } from 'vitest';

import { Announcements, type Told } from './announcements.svelte';

const told = (changes: Partial<Told> = {}): Told => ({
  callId: 'c-1',
  mode: 'open',
  ringingSince: null,
  whole: 'everything',
  brief: 'in short',
  place: 'WS 181',
  ...changes,
});

it('says the whole once, when the call appears', () => {
  const says = new Announcements();
  says.tell(told());
  expect([says.alert, says.change]).toEqual(['everything', '']);
  says.tell(told({ whole: 'everything, a second later' }));
  expect([says.alert, says.change]).toEqual(['everything', '']);
});

it('says what changes, politely', () => {
  const says = new Announcements();
  says.tell(told());
  says.tell(told({ place: 'WS 170', brief: 'now WS 170' }));
  expect([says.alert, says.change]).toEqual(['everything', 'now WS 170']);
  says.tell(told({ place: 'WS 170', mode: 'ended', brief: 'over' }));
  expect([says.alert, says.change]).toEqual(['everything', 'over']);
});

it('says each callback at once, and once', () => {
  const says = new Announcements();
  says.tell(told({ mode: 'ended' }));
  says.tell(told({ mode: 'ringing', ringingSince: '17:20', brief: 'answer' }));
  expect(says.alert).toBe('answer');
  says.tell(told({ mode: 'ringing', ringingSince: '17:20', brief: 'answer, still' }));
  expect(says.alert).toBe('answer');
  says.tell(told({ mode: 'connected', whole: 'everything', brief: 'on the line' }));
  expect([says.alert, says.change]).toEqual(['answer', 'on the line']);
  says.tell(told({ mode: 'ringing', ringingSince: '17:31', brief: 'answer again' }));
  expect(says.alert).toBe('answer again');
});

it('says a new call as a new call', () => {
  const says = new Announcements();
  says.tell(told());
  says.tell(told({ mode: 'ended', brief: 'over' }));
  says.tell(told({ callId: 'c-2', whole: 'the next call' }));
  expect(says.alert).toBe('the next call');
});

it('does not shout when it opens on a call that is over', () => {
  const says = new Announcements();
  says.tell(told({ mode: 'ended', brief: 'over' }));
  expect([says.alert, says.change]).toEqual(['', 'over']);
});
