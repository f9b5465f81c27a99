import { expect, it, vi } from 'vitest';

import { HostError } from '../host/host';
import { Sound } from './sound.svelte';

const headset = { inputs: [{ name: 'Headset', is_default: true }], outputs: [] };

it('reads the devices anew each time they are looked at', async () => {
  const audioDevices = vi.fn().mockResolvedValueOnce({ inputs: [], outputs: [] }).mockResolvedValueOnce(headset);
  const sound = new Sound({ audioDevices, openSoundSettings: vi.fn() });
  await sound.toggle();
  expect([sound.shown, sound.devices?.inputs]).toEqual([true, []]);
  await sound.toggle();
  expect([sound.shown, audioDevices.mock.calls.length]).toEqual([false, 1]);
  await sound.toggle();
  expect(sound.devices).toEqual(headset);
});

it('shows no devices that were there before when they cannot be read any more', async () => {
  const audioDevices = vi.fn().mockResolvedValueOnce(headset).mockRejectedValueOnce(new HostError('audio_unknown', 'x'));
  const sound = new Sound({ audioDevices, openSoundSettings: vi.fn() });
  await sound.toggle();
  await sound.toggle();
  await sound.toggle();
  expect([sound.devices, sound.error?.code]).toEqual([undefined, 'audio_unknown']);
});

it('keeps the devices on screen when the settings cannot be opened, and says so until it is closed', async () => {
  const openSoundSettings = vi.fn().mockRejectedValue(new HostError('sound_settings_missing', 'x'));
  const sound = new Sound({ audioDevices: async () => headset, openSoundSettings });
  await sound.toggle();
  await sound.openSettings();
  expect([sound.devices, sound.error?.code]).toEqual([headset, 'sound_settings_missing']);
  await sound.toggle();
  expect(sound.error).toBeUndefined();
});
