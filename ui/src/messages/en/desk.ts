import { plural } from '../plural';

const locale = 'en';

/** The security desk's page in a browser. */
export const desk = {
  title: 'Security desk',
  lead: 'Emergency calls as they happen, who is handling them, and who is covered.',
  codeHint: 'Your administrator makes one for you: three groups of four, such as K7QM-2RXD-9HTP.',
  insecure: 'This page works only over a secure connection. Open it at an address that begins with https://.',
  lost: 'Your sign-in has ended. Sign in with a new code to go on watching.',
  waiting: 'The server cannot be reached. This page tries again by itself.',
  offline: 'The server cannot be reached. New calls are not shown here until it is back.',
  signedInAs: (name: string) => `Signed in as ${name}`,
  signOut: 'Sign out',
  signOutAsk: 'Sign out of this page? You will need a new code to come back.',
  endsSoon: (time: string) => `Your sign-in ends at ${time}. Get a new code in time.`,
  silent: 'A new call would not be heard here yet.',
  silentWhy: 'Browsers keep a page silent until somebody presses something on it.',
  soundOn: 'Turn sound on',
  quiet: 'No emergency calls',
  quietSince: 'They appear here by themselves, with sound.',
  calls: (count: number) => plural(locale, count, { one: '# emergency call', other: '# emergency calls' }),
  told: {
    label: 'Who was told',
    sent: {
      mail: (count: number) => plural(locale, count, { one: '# mail sent', other: '# mails sent' }),
      task: (count: number) => plural(locale, count, { one: '# task on the platform made', other: '# tasks on the platform made' }),
      webhook: (count: number) => plural(locale, count, { one: '# web hook sent', other: '# web hooks sent' }),
    },
    waiting: {
      mail: (count: number) => plural(locale, count, { one: '# mail on its way', other: '# mails on their way' }),
      task: (count: number) => plural(locale, count, { one: '# task on its way', other: '# tasks on their way' }),
      webhook: (count: number) => plural(locale, count, { one: '# web hook on its way', other: '# web hooks on their way' }),
    },
    dead: {
      mail: (count: number) => plural(locale, count, { one: '# mail could not be delivered', other: '# mails could not be delivered' }),
      task: (count: number) => plural(locale, count, { one: '# task could not be delivered', other: '# tasks could not be delivered' }),
      webhook: (count: number) => plural(locale, count, { one: '# web hook could not be delivered', other: '# web hooks could not be delivered' }),
    },
    nobody: 'Nobody is told of this call by mail or web hook',
    unknown: 'It cannot be seen now whether people were told',
  },
};
