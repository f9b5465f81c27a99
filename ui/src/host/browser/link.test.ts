import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { Link } from './link';

/** A server whose answers the test gives. */
class Server {
  asked = 0;
  line: ReadableStreamDefaultController<Uint8Array> | undefined;
  answer: () => Promise<Response> = async () => this.stream();

  stream(): Response {
    const body = new ReadableStream<Uint8Array>({ start: (line) => void (this.line = line) });
    return new Response(body, { status: 200 });
  }

  say(text: string): void {
    this.line?.enqueue(new TextEncoder().encode(text));
  }
}

let server: Server;
let heard: string[];
let link: Link;

const open = () => {
  link = new Link(
    '/events',
    {
      message: ({ data }) => void heard.push(data),
      up: () => void heard.push('up'),
      down: () => void heard.push('down'),
      refused: () => void heard.push('refused'),
    },
    () => 1,
  );
};

beforeEach(() => {
  vi.useFakeTimers();
  server = new Server();
  heard = [];
  vi.stubGlobal('fetch', (_path: string, { signal }: RequestInit) => {
    server.asked += 1;
    return Promise.race([
      server.answer(),
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted')))),
    ]).then((response) => {
      signal?.addEventListener('abort', () => {
        try {
          server.line?.error(new Error('aborted'));
        } catch {
          // It had ended.
        }
      });
      return response;
    });
  });
});

afterEach(() => {
  link.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

it('tells what the server says', async () => {
  open();
  await pass(0);
  server.say('data: one\n\n: beat\n\ndata: two\n\n');
  await pass(0);
  expect(heard).toEqual(['up', 'one', 'two']);
});

it('is back before anybody knows when the server is started anew', async () => {
  open();
  await pass(0);
  server.say('data: one\n\n');
  await pass(0);
  server.line?.close();
  await pass(500);
  server.say('data: two\n\n');
  await pass(0);
  expect(heard).toEqual(['up', 'one', 'up', 'two']);
});

it('says that the server is away, and tries less and less often', async () => {
  server.answer = async () => Promise.reject(new TypeError('no network'));
  open();
  await pass(60_000);
  expect(heard[0]).toBe('down');
  expect(server.asked).toBeGreaterThan(7);
  expect(server.asked).toBeLessThan(12);
  server.answer = async () => server.stream();
  link.hurry();
  await pass(0);
  server.say(': beat\n\n');
  await pass(0);
  expect(heard.at(-1)).toBe('up');
});

it('takes a fault of the server for being away, not for being signed out', async () => {
  server.answer = async () => new Response('{}', { status: 503 });
  open();
  await pass(0);
  expect(heard).toEqual(['down']);
});

it('gives up a line on which nothing comes any more', async () => {
  open();
  await pass(0);
  server.say('data: one\n\n');
  await pass(44_000);
  server.say(': beat\n\n');
  await pass(44_000);
  expect(server.asked).toBe(1);
  await pass(2_000);
  expect(server.asked).toBe(2);
});

it('gives up a server that takes the call and says nothing', async () => {
  server.answer = () => new Promise(() => undefined);
  open();
  await pass(10_600);
  expect(heard).toEqual(['down']);
  expect(server.asked).toBe(2);
});

it.each([401, 403])('stops where somebody has to sign in (%i)', async (status) => {
  server.answer = async () => new Response('{}', { status });
  open();
  await pass(60_000);
  expect([heard, server.asked]).toEqual([['refused'], 1]);
});

it('is quiet once it is closed', async () => {
  open();
  await pass(0);
  link.close();
  await pass(60_000);
  expect([heard, server.asked]).toEqual([[], 1]);
});
