import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { DeskSession } from '../host/bindings/DeskSession';
import type { Connection, DeskHost } from '../host/desk';
import { HostError } from '../host/host';
import { Desk } from './desk.svelte';

const session = {
  agent: { username: 'desk.one', display_name: 'Security Desk', team: '', role: 'security', country: 'US' },
  csrf_token: 't',
  ends_at: '2026-11-21T01:00:00Z',
  now: '2026-11-20T17:02:00Z',
} as DeskSession;

let told: (connection: Connection) => void;
let answer: () => Promise<DeskSession | undefined>;
let desk: Desk;

beforeEach(() => {
  vi.useFakeTimers();
  answer = async () => session;
  const host = {
    session: () => answer(),
    signIn: async () => session,
    signOut: async () => told('signed_out'),
    notifications: async () => ({ waiting: 0, sent: 0, dead: 0, notifications: [] }),
    onConnection: (listener: (connection: Connection) => void) => {
      told = listener;
      return () => undefined;
    },
    watchRoster: async () => undefined,
    onRoster: async () => () => undefined,
  } as unknown as DeskHost;
  desk = new Desk(host, { locale: 'en-US' });
});
afterEach(() => {
  desk.close();
  vi.useRealTimers();
});

it('goes by the clock of the server', async () => {
  vi.setSystemTime(new Date('2026-11-20T10:00:00Z'));
  await desk.open();
  expect(desk.session).toEqual(session);
  expect(new Date(desk.now).toISOString()).toBe('2026-11-20T17:02:00.000Z');
});

it('asks again until the server is there', async () => {
  answer = async () => Promise.reject(new HostError('offline', ''));
  await desk.open();
  expect([desk.session, desk.failure?.code]).toEqual([undefined, 'offline']);
  answer = async () => undefined;
  await vi.advanceTimersByTimeAsync(3_000);
  expect([desk.session, desk.failure]).toEqual([null, undefined]);
});

it('tells a sign-in that was lost from one that was given up', async () => {
  await desk.open();
  told('offline');
  expect(desk.offline).toBe(true);
  told('signed_out');
  expect([desk.session, desk.lost]).toEqual([null, true]);
  await desk.signIn('CODE');
  expect([desk.session, desk.lost, desk.offline]).toEqual([session, false, false]);
  await desk.signOut();
  expect([desk.session, desk.lost]).toEqual([null, false]);
});
