import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { DrillReport } from '../host/bindings/DrillReport';
import type { EmergencySummary } from '../host/bindings/EmergencySummary';
import { drilled, drilling } from '../host/fake/drills';
import { HostError } from '../host/host';
import { Drills } from './drills.svelte';

let answer: () => Promise<DrillReport[]>;
let looks: number;
let drills: Drills;

const over: DrillReport = { ...drilling, ended_at: '2026-11-20T17:03:00Z' };
const started = { drill_id: drilling.drill_id, started_at: drilling.started_at, agents: [] };
const called = (reference: string, drill: boolean) => ({ emergency: { reference, drill } }) as EmergencySummary;

beforeEach(() => {
  vi.useFakeTimers();
  answer = async () => drilled;
  looks = 0;
  drills = new Drills({
    drills: async () => {
      looks += 1;
      return { drills: await answer() };
    },
    startDrill: async () => started,
  });
});
afterEach(() => {
  drills.close();
  vi.useRealTimers();
});

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

it('looks once while nothing runs', async () => {
  await drills.look();
  await pass(60_000);
  expect([looks, drills.running, drills.current, drills.ended]).toEqual([1, false, undefined, undefined]);
  expect(drills.earlier).toEqual(drilled);
});

it('follows one that runs to its end, says so once, and lets it be put away', async () => {
  await drills.look();
  answer = async () => [drilling, ...drilled];
  expect(await drills.start({ sample: 5 })).toBe(true);
  expect([drills.running, drills.current, drills.earlier]).toEqual([true, drilling, drilled]);
  answer = async () => [over, ...drilled];
  await pass(1_500);
  expect([drills.running, drills.current, drills.ended]).toEqual([false, over, over]);
  const before = looks;
  await pass(60_000);
  expect(looks).toBe(before);
  drills.putAway();
  expect([drills.current, drills.earlier.length]).toEqual([undefined, 4]);
});

it('notices one that somebody else began by its calls, and no real call', async () => {
  await drills.look();
  answer = async () => [drilling];
  drills.follow([called('ca_1', false)]);
  await pass(0);
  expect(looks).toBe(1);
  drills.follow([called('ca_1', false), called('ca_2', true)]);
  drills.follow([called('ca_1', false), called('ca_2', true)]);
  await pass(0);
  expect([looks, drills.current]).toEqual([2, drilling]);
});

it('keeps what it knew while the server is away, and goes on asking', async () => {
  answer = async () => [drilling];
  await drills.look();
  answer = async () => Promise.reject(new HostError('offline', ''));
  await pass(1_500);
  expect([drills.failure?.code, drills.current]).toEqual(['offline', drilling]);
  answer = async () => [over];
  await pass(1_500);
  expect([drills.failure, drills.ended]).toEqual([undefined, over]);
});

it('looks again when something happened while it was looking', async () => {
  let give: (reports: DrillReport[]) => void = () => undefined;
  answer = () => new Promise((resolve) => (give = resolve));
  const first = drills.look();
  const start = drills.start({ sample: 1 });
  await pass(0);
  answer = async () => [drilling];
  give([]);
  await Promise.all([first, start]);
  expect([looks, drills.current]).toEqual([2, drilling]);
});

it('is quiet once it is closed', async () => {
  answer = async () => [drilling];
  await drills.look();
  drills.close();
  await pass(60_000);
  await drills.look();
  expect(looks).toBe(1);
});
