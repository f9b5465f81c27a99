/** What an agent of a country dials for help. */
const numbers: Record<string, string> = { CA: '911', DK: '112', GB: '999', PR: '911', US: '911' };

/** What an agent of a country dials to hear what the 911 centre would get; only there does it exist. */
export function testNumber(country: string): string | undefined {
  return country.toUpperCase() === 'US' ? '933' : undefined;
}

/** The emergency number of an ISO 3166 country; 112 works in most of those not listed. */
export function emergencyNumber(country: string): string {
  return numbers[country.toUpperCase()] ?? '112';
}
