import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { AddressCheck } from '../host/bindings/AddressCheck';
import type { CivicAddress } from '../host/bindings/CivicAddress';
import { checked, read } from '../host/fake/reading';
import { HostError } from '../host/host';
import { AddressDraft, CHECK_PAUSE_MS, READ_PAUSE_MS } from './address_draft.svelte';

const whole = '1418 NW 60th St, Seattle WA 98107';

function draft() {
  const host = {
    interpret: vi.fn(async (text: string) => read(text)),
    check: vi.fn(async (address: CivicAddress): Promise<AddressCheck> => checked(address)),
  };
  return { host, draft: new AddressDraft(host, 'US') };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const read_ = () => vi.advanceTimersByTimeAsync(READ_PAUSE_MS);
const check = () => vi.advanceTimersByTimeAsync(CHECK_PAUSE_MS);

it('is read as it is typed and checked once it is complete', async () => {
  const { draft: address, host } = draft();
  address.type('1418 NW 60th St');
  await read_();
  expect([address.complete, address.problems.map((problem) => problem.field)]).toEqual([false, ['A3', 'A1']]);
  expect(host.check).not.toHaveBeenCalled();
  address.type(whole);
  expect(address.complete, 'not while it is being read').toBe(false);
  await read_();
  await check();
  expect([address.complete, host.check.mock.calls.length]).toEqual([true, 1]);
  expect(address.checking.answer?.responder_view.text).toContain('SEATTLE');
});

it('an emptied field is a clean start', async () => {
  const { draft: address } = draft();
  address.type(whole);
  address.noUnit = true;
  await read_();
  address.type(' ');
  expect([address.complete, address.fields, address.noUnit]).toEqual([false, {}, false]);
});

it('a check of an older text never stands beside a newer one', async () => {
  const { draft: address } = draft();
  address.type(whole);
  await read_();
  await check();
  address.type(`${whole}0`);
  expect(address.checking.answer).toBeUndefined();
});

it('can be used without the server, which then knows nothing of it', async () => {
  const { draft: address, host } = draft();
  host.check.mockRejectedValue(new HostError('offline', ''));
  address.type(whole);
  await read_();
  await check();
  expect([address.complete, address.checking.error?.code]).toEqual([true, 'offline']);
});

it('a suggestion is taken as it stands until the text is touched', async () => {
  const { draft: address, host } = draft();
  const suggestion: CivicAddress = { country: 'US', A1: 'WA', A3: 'Seattle', HNO: '299', PRD: 'E', RD: 'Pine', STS: 'St', PC: '98101' };
  address.type('4100 E Pine St Seattle WA 98101');
  await read_();
  address.pick(suggestion);
  expect(address.text).toBe('299 E Pine St, Seattle, WA 98101');
  await read_();
  await check();
  expect(host.check).toHaveBeenLastCalledWith(suggestion);
  expect(address.fields).toEqual(suggestion);
  address.type(address.text.replace('299', '211'));
  await read_();
  expect(address.fields.HNO).toBe('211');
});

it('says each problem once', async () => {
  const { draft: address, host } = draft();
  const problem = { code: 'missing' as const, field: 'HNO' as const, text: 'The house number is missing.' };
  host.interpret.mockResolvedValue({ ...read(whole), problems: [problem] });
  host.check.mockResolvedValue({ ...checked({}), problems: [problem] });
  address.type(whole);
  await read_();
  address.checking.send({});
  await check();
  expect(address.problems).toEqual([problem]);
});

describe('the question for a unit', () => {
  it('is asked of an address without one', async () => {
    const { draft: address } = draft();
    address.type(whole);
    await read_();
    expect(address.asksUnit).toBe(true);
    address.addUnit('4B');
    await read_();
    expect([address.text, address.fields.UNIT, address.asksUnit]).toEqual([
      '1418 NW 60th St, Unit 4B, Seattle WA 98107',
      'Unit 4B',
      false,
    ]);
  });

  it('is not asked again once answered, nor before there is a street', async () => {
    const { draft: address } = draft();
    address.type('Seattle');
    await read_();
    expect(address.asksUnit).toBe(false);
    address.type(whole);
    await read_();
    address.noUnit = true;
    expect(address.asksUnit).toBe(false);
  });

  it('ignores an empty answer', async () => {
    const { draft: address } = draft();
    address.type(whole);
    address.addUnit('  ');
    expect(address.text).toBe(whole);
  });
});
