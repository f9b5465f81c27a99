export const testCall = {
  title: 'Try it with a test call',
  why: 'A test call reads back the address and the number the 911 centre would get. Nobody is sent.',
  steps: (number: string) => [
    `Dial ${number} on your softphone.`,
    'Listen to the address and the number that are read back to you.',
    'Say in the bar at the top of your screen whether they were right.',
  ],
  ask: 'Was what you heard the same as above?',
  same: 'Yes, the same',
  different: 'No, something else',
  what: 'What was different? (you can leave this empty)',
  send: 'Send',
  notSent: 'Back',
  wasSame: (time: string) => `You heard the right address at ${time}. Thank you.`,
  wasDifferent: (time: string) =>
    `You heard something else at ${time}. Check where you are, and tell your telephone team.`,
  change: 'Change my answer',
  failed: 'Your answer did not reach the server. Please try again.',
};
