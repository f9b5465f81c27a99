import type { Messages } from '../en';

export const testCall: Messages['testCall'] = {
  title: 'Prøv det med et testopkald',
  why: 'Et testopkald læser den adresse og det nummer op, som 911-centralen ville få. Der sendes ingen.',
  steps: (number) => [
    `Ring ${number} op på din softphone.`,
    'Hør adressen og nummeret, der læses op for dig.',
    'Sig i bjælken øverst på skærmen, om de var rigtige.',
  ],
  ask: 'Var det, du hørte, det samme som ovenfor?',
  same: 'Ja, det samme',
  different: 'Nej, noget andet',
  what: 'Hvad var anderledes? (må gerne være tomt)',
  send: 'Send svaret',
  notSent: 'Tilbage',
  wasSame: (time) => `Du hørte den rigtige adresse kl. ${time}. Tak.`,
  wasDifferent: (time) => `Du hørte noget andet kl. ${time}. Tjek, hvor du er, og sig det til jeres telefoniteam.`,
  change: 'Ret mit svar',
  failed: 'Dit svar nåede ikke serveren. Prøv igen.',
};
