import { expect, it } from 'vitest';

import { changes } from './changes';

const address = { country: 'US', A3: 'Seattle', HNO: '4100', PRD: 'E', RD: 'Pine', STS: 'St' };

it.each([
  [{ ...address, HNO: '299' }, ['HNO'], 'Number 4100 becomes 299'],
  [{ ...address, STS: 'Ave', PRD: 'W' }, ['PRD', 'STS'], 'Street E Pine St becomes W Pine Ave'],
  [{ ...address, PC: '98101', A3: 'Tacoma' }, ['A3', 'PC'], 'City Seattle becomes Tacoma and adds ZIP 98101'],
  [{ country: 'US', HNO: '4100', PRD: 'E', RD: 'Pine', STS: 'St' }, ['A3'], 'Leaves out city Seattle'],
  [address, [], ''],
] as const)('%o', (after, differs, words) => {
  expect(changes(address, after, [...differs], 'US')).toBe(words);
});
