import { expect, it, vi } from 'vitest';

import { fake } from '../host/fake';
import type { ScenarioName } from '../host/fake/scenarios';
import { HostError } from '../host/host';
import { App, declare } from './app.svelte';
import { Preferences } from './preferences.svelte';

async function app(scenario: ScenarioName) {
  const host = fake(scenario);
  const shared = new App(host, new Preferences({ getItem: () => null, setItem: () => undefined }), { locale: 'en-US' });
  await shared.live.open();
  return { app: shared, host };
}

const seat = declare({ place: { seat: 'SEA-5-170' }, label: 'WS 170', class: 'seat', lines: ['WS 170, floor 5'] });

it('goes home once what was said is kept', async () => {
  const { app: shared, host } = await app('ask');
  shared.navigation.go({ name: 'seat' });
  await shared.confirm(seat);
  expect(host.called.at(-1)).toEqual({ name: 'confirm', args: [seat] });
  expect(shared.navigation.current).toEqual({ name: 'home' });
  shared.live.close();
});

it('stays where it is when it was not kept', async () => {
  const { app: shared } = await app('ask-fails');
  shared.navigation.go({ name: 'seat' });
  await shared.confirm(seat);
  expect([shared.navigation.current.name, shared.confirming.error?.code]).toEqual(['seat', 'unavailable']);
  shared.live.close();
});

it('can take back the end of a shift by saying the last place again', async () => {
  const { app: shared, host } = await app('confirmed');
  await shared.endShift();
  expect(shared.ended?.label).toBe('WS 181');
  await shared.confirm(shared.ended!);
  expect(host.called.at(-1)?.args[0]).toMatchObject({ place: { seat: 'SEA-5-181' }, override_reason: null });
  expect(shared.ended).toBeUndefined();
  shared.live.close();
});

it('a shift that did not end leaves nothing to take back', async () => {
  const { app: shared, host } = await app('confirmed');
  vi.spyOn(host, 'endShift').mockRejectedValue(new HostError('offline', ''));
  await shared.endShift();
  expect([shared.ended, shared.ending.error?.code]).toEqual([undefined, 'offline']);
  shared.live.close();
});

it('dials what the agent’s country dials', async () => {
  const { app: shared } = await app('confirmed');
  expect(shared.number).toBe('911');
  shared.live.close();
});
