import { list, plural } from '../plural';

const locale = 'en';

export const emergency = {
  title: 'Emergency call',
  inProgress: 'Emergency call in progress',
  test: (dialled: string) => `TEST CALL (${dialled})`,
  testWhy: 'Nobody is sent. Listen whether the address read back to you is right.',
  youAreAt: 'You are at',
  lastAt: 'You were last at',
  notConfirmed: 'Not confirmed: say where you are',
  confirmedAt: (time: string) => `Confirmed ${time}`,
  lastKnownAt: (time: string) => `Last known, confirmed ${time}`,
  lastKnown: 'Last known, not confirmed',
  wasGiven: (number: string, address: string) => `${number} has only ${address}`,
  wasGivenNothing: (number: string) => `${number} has no address from us`,
  callBackOn: 'They can call you back on',
  noNumber: 'No callback number',
  noNumberWhy: 'Give them a number where they can reach you',
  copy: 'Copy',
  copyNumber: 'Copy the callback number',
  copied: 'Copied',
  yours: (minutes: number) =>
    plural(locale, minutes, {
      one: 'Yours until at least # minute after you hang up',
      other: 'Yours until at least # minutes after you hang up',
    }),
  stay: 'Stay on the line. Do not hang up until told.',
  moved: 'I have moved',
  over: 'The call is over',
  overAsk: 'Has the call ended?',
  overYes: 'Yes, it is over',
  overNo: 'No, still talking',
  away: 'The server cannot be reached. This is the last that was known.',
  failed: 'That did not reach the server. Please try again.',
  acknowledged: (names: string[]) =>
    `${list(locale, names)} ${names.length === 1 ? 'is' : 'are'} handling this`,
  ended: 'Emergency call ended',
  testEnded: 'Test call ended',
  keeps: (time: string) => `Callback number stays yours until ${time}`,
  noCallback: 'If you still need help, call again',
  length: 'Length of the call',
  pillUntil: (time: string) => `is yours until ${time}`,
  shrink: 'Make small',
  expand: 'Show all',
  ringing: (number: string) => `${number} is calling back. Answer.`,
  ringingTest: 'Test call back. Answer.',
  ringingWhere: 'Pick up in your phone now.',
  ringingStay: 'They may have lost you. Answer, and say where you are first.',
  connected: (number: string) => `${number} is on the line again`,
  none: 'No emergency call',
  announce: {
    open: (title: string, where: string, number: string) =>
      `${title}. ${where} They can call you back on ${number}. Stay on the line. Do not hang up until told.`,
    openNoNumber: (title: string, where: string) =>
      `${title}. ${where} Stay on the line. Do not hang up until told.`,
    at: (address: string) => `You are at ${address}.`,
    lastAt: (address: string) => `Not confirmed. You were last at ${address}.`,
    unknown: 'Not confirmed: say where you are.',
    changed: (title: string, place: string) => `${title}. ${place}.`,
    keeps: (title: string, time: string) => `${title}. Callback number stays yours until ${time}.`,
  },
};
