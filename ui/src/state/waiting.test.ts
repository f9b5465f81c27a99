import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { HostError } from '../host/host';
import { Brief, BRIEF_MS } from './brief.svelte';
import { Lookup } from './lookup.svelte';
import { Patience, PATIENCE_MS } from './patience.svelte';
import { Regret, REGRET_MS } from './regret.svelte';
import { Task } from './task.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A promise to be settled by the test. */
function open<T>() {
  let resolve!: (value: T) => void;
  let reject!: (cause: unknown) => void;
  const promise = new Promise<T>((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
}
const settle = () => vi.advanceTimersByTimeAsync(0);

describe('a task', () => {
  it('runs once however often it is asked', async () => {
    const work = open<void>();
    const asked = vi.fn(() => work.promise);
    const task = new Task();
    const first = task.run(asked);
    expect(await task.run(asked)).toBe(false);
    expect(task.busy).toBe(true);
    work.resolve();
    expect(await first).toBe(true);
    expect([asked.mock.calls.length, task.busy]).toEqual([1, false]);
  });

  it('keeps what went wrong until the next try', async () => {
    const task = new Task();
    await task.run(() => Promise.reject({ code: 'rate_limited', message: '', problems: [] }));
    expect(task.error?.code).toBe('rate_limited');
    await task.run(async () => undefined);
    expect(task.error).toBeUndefined();
  });

  it('makes a code of anything', async () => {
    const task = new Task();
    await task.run(() => Promise.reject('command not allowed'));
    expect(task.error).toBeInstanceOf(HostError);
    expect(task.error?.code).toBe('other');
  });
});

describe('patience', () => {
  it('ends after 300 ms and not before', () => {
    const patience = new Patience();
    vi.advanceTimersByTime(PATIENCE_MS - 1);
    expect(patience.over).toBe(false);
    vi.advanceTimersByTime(1);
    expect(patience.over).toBe(true);
    patience.done();
    expect(patience.over).toBe(false);
  });

  it('never ends for what came in time', () => {
    const patience = new Patience();
    patience.done();
    vi.runAllTimers();
    expect(patience.over).toBe(false);
  });
});

describe('a look-up', () => {
  it('asks once when typing pauses', async () => {
    const ask = vi.fn(async (question: string) => question.toUpperCase());
    const lookup = new Lookup(ask, 100);
    for (const question of ['s', 'se', 'sea']) {
      lookup.send(question);
      vi.advanceTimersByTime(60);
    }
    expect(ask).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(100);
    expect(ask.mock.calls).toEqual([['sea']]);
    expect([lookup.answer, lookup.busy]).toEqual(['SEA', false]);
  });

  it('drops the answer to an older question, in whatever order they come', async () => {
    const answers = [open<string>(), open<string>()];
    let turn = 0;
    const lookup = new Lookup(() => answers[turn++]!.promise);
    lookup.send('old');
    lookup.send('new');
    answers[1]!.resolve('new');
    await settle();
    answers[0]!.resolve('old');
    await settle();
    expect(lookup.answer).toBe('new');
  });

  it('keeps the last good answer when the next one fails', async () => {
    const answers: (() => Promise<string>)[] = [
      async () => 'good',
      () => Promise.reject(new HostError('offline', '')),
    ];
    const lookup = new Lookup(() => answers.shift()!());
    lookup.send(1);
    await settle();
    lookup.send(2);
    await settle();
    expect([lookup.answer, lookup.error?.code, lookup.busy]).toEqual(['good', 'offline', false]);
  });

  it('forgets, and what was under way with it', async () => {
    const answer = open<string>();
    const lookup = new Lookup(() => answer.promise);
    lookup.send(1);
    lookup.reset();
    answer.resolve('late');
    await settle();
    expect([lookup.answer, lookup.busy]).toEqual([undefined, false]);
  });
});

describe('regret', () => {
  it('does it once the time to take it back has passed', () => {
    const done = vi.fn();
    const regret = new Regret<string>(done);
    regret.plan('Home');
    vi.advanceTimersByTime(REGRET_MS - 1);
    expect([done.mock.calls.length, regret.subject]).toEqual([0, 'Home']);
    vi.advanceTimersByTime(1);
    expect(done.mock.calls).toEqual([['Home']]);
    expect(regret.subject).toBeUndefined();
  });

  it('does nothing when taken back', () => {
    const done = vi.fn();
    const regret = new Regret<string>(done);
    regret.plan('Home');
    regret.undo();
    vi.runAllTimers();
    regret.settle();
    expect(done).not.toHaveBeenCalled();
  });

  it('does the first when a second follows, and the second when its screen is left', () => {
    const done = vi.fn();
    const regret = new Regret<string>(done);
    regret.plan('first');
    regret.plan('second');
    expect(done.mock.calls).toEqual([['first']]);
    regret.settle();
    expect(done.mock.calls).toEqual([['first'], ['second']]);
    vi.runAllTimers();
    expect(done).toHaveBeenCalledTimes(2);
  });
});

it('“Copied” stands for a moment, from the last click', () => {
  const copied = new Brief();
  copied.show();
  vi.advanceTimersByTime(BRIEF_MS - 1);
  copied.show();
  vi.advanceTimersByTime(BRIEF_MS - 1);
  expect(copied.on).toBe(true);
  vi.advanceTimersByTime(1);
  expect(copied.on).toBe(false);
});
