import { afterEach, expect, it, vi } from 'vitest';

import { Browser } from '.';

const session = (token: string) => ({ csrf_token: token, agent: {}, ends_at: '', now: '' });

/** Answers in turn, and keeps what was asked. */
function server(...answers: [number, unknown][]) {
  const asked: { method: string; path: string; token: string | null }[] = [];
  vi.stubGlobal('fetch', async (path: string, { method, headers }: RequestInit) => {
    asked.push({ method: method ?? '', path, token: new Headers(headers).get('x-csrf-token') });
    const [status, body] = answers.shift() ?? [500, undefined];
    return new Response(status === 204 ? null : JSON.stringify(body), { status });
  });
  return asked;
}

afterEach(() => void vi.unstubAllGlobals());

it('has nobody signed in where the server says so, and says so of nothing else', async () => {
  server([401, { code: 'token_expired', detail: '' }], [503, { code: 'unavailable', detail: '' }], [200, undefined]);
  const browser = new Browser();
  expect(await browser.session()).toBeUndefined();
  await expect(browser.session()).rejects.toMatchObject({ code: 'unavailable' });
  server([502, '<html>']);
  await expect(browser.session()).rejects.toMatchObject({ code: 'unexpected_answer' });
});

it('sends its token with a change, and the new one after another tab signed in', async () => {
  const asked = server(
    [200, session('one')],
    [403, { code: 'forbidden', detail: '' }],
    [200, session('two')],
    [204, undefined],
  );
  const browser = new Browser();
  await browser.session();
  await browser.signOut();
  expect(asked.map(({ method, token }) => `${method} ${token}`)).toEqual(['GET null', 'DELETE one', 'GET null', 'DELETE two']);
});

it('takes no for an answer when its token was right', async () => {
  const asked = server([200, session('one')], [403, { code: 'forbidden', detail: '' }], [200, session('one')]);
  const browser = new Browser();
  await browser.session();
  await expect(browser.signOut()).rejects.toMatchObject({ code: 'forbidden' });
  expect(asked).toHaveLength(3);
});

it('tells that it was signed out as soon as any answer says so', async () => {
  server([401, { code: 'token_revoked', detail: '' }]);
  const browser = new Browser();
  const told: string[] = [];
  browser.onConnection((connection) => told.push(connection));
  await expect(browser.notifications()).rejects.toMatchObject({ code: 'token_revoked' });
  expect(told).toEqual(['signed_out']);
});
