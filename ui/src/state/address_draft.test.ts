import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { AddressCheck } from '../host/bindings/AddressCheck';
import type { CivicAddress } from '../host/bindings/CivicAddress';
import { checked } from '../host/fake/checking';
import { read } from '../host/fake/reading';
import { HostError } from '../host/host';
import { AddressDraft, CHECK_PAUSE_MS, READ_PAUSE_MS } from './address_draft.svelte';

const whole = '1418 NW 60th St, Seattle WA 98107';

function draft(home = 'US') {
  const host = {
    interpret: vi.fn(async (text: string, country: string | null) => read(text, country ?? home)),
    check: vi.fn(async (address: CivicAddress): Promise<AddressCheck> => checked(address)),
  };
  return { host, draft: new AddressDraft(host, home) };
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
  await read_();
  address.type(' ');
  expect([address.complete, address.fields, address.given]).toEqual([false, {}, false]);
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

it('which of several house numbers it is, only the agent can say', async () => {
  const { draft: address } = draft();
  address.type('4100 E Pine St, Seattle WA 98101');
  await read_();
  await check();
  const [nearest, other] = address.checking.answer?.suggestions ?? [];
  if (!nearest || !other) throw new Error('the list suggests two');
  address.take(nearest);
  await check();
  expect([address.fields.HNO, address.numbers, address.complete]).toEqual([undefined, '200-299', false]);
  address.correct('HNO', '211');
  await check();
  expect([address.text, address.complete]).toEqual(['211 E Pine St, Seattle, WA 98101', true]);
  address.take(other);
  expect([address.numbers, address.fields.HNO, address.fields.RD]).toEqual([undefined, '4100', 'Pike']);
});

describe('one part corrected by itself', () => {
  it('leaves the others and replaces the text', async () => {
    const { draft: address, host } = draft();
    address.type(whole);
    await read_();
    address.correct('RD', 'N ');
    expect([address.written('RD'), address.fields.RD, address.fields.HNO]).toEqual(['N ', 'N', '1418']);
    expect(address.complete, 'not before it is checked').toBe(false);
    await check();
    expect(host.check).toHaveBeenLastCalledWith(expect.objectContaining({ RD: 'N', PC: '98107' }));
    expect([address.complete, address.text]).toEqual([true, '1418 NW N St, Seattle, WA 98107']);
    address.correct('RD', '');
    await check();
    expect([address.complete, address.problems[0]?.field]).toEqual([false, 'RD']);
  });

  it('is the way in for a country whose lines cannot be read', async () => {
    const { draft: address } = draft('DK');
    address.type('Store Strandstræde 4B, 1255 København K');
    await read_();
    expect([address.unreadable, address.complete]).toEqual([true, false]);
    for (const [key, text] of [['RD', 'Store Strandstræde'], ['HNO', '4'], ['PC', '1255'], ['A3', 'København K']] as const) {
      address.correct(key, text);
    }
    await check();
    expect([address.complete, address.fields.country]).toEqual([true, 'DK']);
    expect(address.text).toBe('Store Strandstræde 4, 1255 København K');
    address.enter({ UNIT: 'tv', FLR: '2' });
    expect(address.fields).toMatchObject({ UNIT: 'tv', FLR: '2' });
  });
});

it('the country is the text’s until the agent names one, and then that', async () => {
  const { draft: address, host } = draft();
  address.type(whole);
  await read_();
  expect(host.interpret).toHaveBeenLastCalledWith(whole, null);
  address.moveTo('DK');
  await read_();
  expect(host.interpret).toHaveBeenLastCalledWith(whole, 'DK');
  address.correct('A3', 'Ponce');
  address.moveTo('PR');
  expect(address.fields).toMatchObject({ country: 'US', A1: 'PR', A3: 'Ponce' });
  expect(address.country).toBe('PR');
});

describe('the question for a door', () => {
  const tower = '2121 7th Ave, Seattle WA 98121';

  it('is asked of an address without one', async () => {
    const { draft: address } = draft();
    address.type(whole);
    await read_();
    expect(address.asksUnit).toBe(true);
    address.enter({ UNIT: '4B', FLR: '3' });
    await read_();
    expect([address.text, address.fields.UNIT, address.fields.FLR, address.asksUnit]).toEqual([
      '1418 NW 60th St, Unit 4B, Floor 3, Seattle WA 98107',
      'Unit 4B',
      '3',
      false,
    ]);
  });

  it('has to be answered where the building has several, also with no', async () => {
    const { draft: address } = draft();
    address.type(tower);
    await read_();
    await check();
    expect([address.complete, address.needsUnit]).toEqual([true, true]);
    address.denyUnit();
    expect([address.asksUnit, address.needsUnit]).toEqual([false, false]);
  });

  it('is not asked before there is a street, and anew of another building', async () => {
    const { draft: address } = draft();
    address.type('Seattle');
    await read_();
    expect(address.asksUnit).toBe(false);
    address.type(whole);
    await read_();
    address.denyUnit();
    expect(address.asksUnit).toBe(false);
    address.type(tower);
    await read_();
    expect(address.asksUnit).toBe(true);
  });

  it('ignores an empty answer', async () => {
    const { draft: address } = draft();
    address.type(whole);
    address.enter({ UNIT: '  ' });
    expect(address.text).toBe(whole);
  });
});
