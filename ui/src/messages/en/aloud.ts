/** The card to read aloud: what the agent says, in the first person. */
export const aloud = {
  open: 'Spell it out',
  needHelp: 'I need help.',
  testCall: 'This is a test call.',
  iAmAt: 'I am at',
  iWasAt: 'I am not certain. I was last at',
  unknown: 'Say where you are: number, street, floor, door and city.',
  callMe: 'You can call me back on',
  digits: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
  plus: 'plus',
  stateAndCity: (city: string, state: string) => `${city}, ${state}`,
  /** Where a door is, as Danes write it in two letters. */
  left: 'on the left',
  right: 'on the right',
  middle: 'in the middle',
  ground: 'ground floor',
  basement: 'basement',
};
