import { expect, it } from 'vitest';

import { oneLine } from './address';

it.each([
  [
    { country: 'US', A1: 'WA', A3: 'Seattle', HNO: '1418', PRD: 'NW', RD: '60th', STS: 'St', UNIT: 'Apt 4B', PC: '98107' },
    '1418 NW 60th St, Apt 4B, Seattle, WA 98107',
  ],
  [{ country: 'US', A1: 'WA', A3: 'Seattle', HNO: '12', HNS: '½', RD: 'Pine', STS: 'St' }, '12½ Pine St, Seattle, WA'],
  [{ country: 'DK', A3: 'København K', HNO: '4', HNS: 'B', RD: 'Store Strandstræde', PC: '1255', FLR: '2' }, 'Store Strandstræde 4B, Floor 2, 1255 København K'],
  [{ country: 'GB', A3: 'London', HNO: '10', RD: 'Downing', STS: 'Street', PC: 'SW1A 2AA', UNIT: 'Flat 2' }, 'Flat 2, 10 Downing Street, London, SW1A 2AA'],
  [{ HNO: '219', PRD: 'South', RD: 'Dearborn', FLR: 'Second Floor' }, '219 South Dearborn, Second Floor'],
  [{}, ''],
])('%o', (address, line) => {
  expect(oneLine(address)).toBe(line);
});
