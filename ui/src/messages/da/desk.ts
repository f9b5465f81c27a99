import { plural } from '../plural';
import type { Messages } from '../en';

const locale = 'da';

export const desk: Messages['desk'] = {
  title: 'Vagtcentral',
  lead: 'Nødopkald, mens de sker, hvem der tager sig af dem, og hvem der er dækket.',
  codeHint: 'Din administrator laver en til dig: tre grupper på fire, som K7QM-2RXD-9HTP.',
  insecure: 'Siden virker kun over en sikker forbindelse. Åbn den på en adresse, der begynder med https://.',
  lost: 'Du er ikke logget på længere. Log på med en ny kode for at holde øje igen.',
  waiting: 'Serveren kan ikke nås. Siden prøver igen af sig selv.',
  offline: 'Serveren kan ikke nås. Nye opkald vises ikke her, før den er tilbage.',
  signedInAs: (name) => `Logget på som ${name}`,
  signOut: 'Log af',
  signOutAsk: 'Vil du logge af denne side? Du skal bruge en ny kode for at komme tilbage.',
  endsSoon: (time) => `Du bliver logget af kl. ${time}. Få en ny kode i tide.`,
  silent: 'Et nyt opkald kan endnu ikke høres her.',
  silentWhy: 'Browsere holder en side tavs, indtil nogen trykker på noget på den.',
  soundOn: 'Slå lyd til',
  quiet: 'Ingen nødopkald',
  quietSince: 'De kommer frem her af sig selv, med lyd.',
  calls: (count) => plural(locale, count, { one: '# nødopkald', other: '# nødopkald' }),
  told: {
    label: 'Hvem der har fået besked',
    sent: {
      mail: (count) => plural(locale, count, { one: '# mail sendt', other: '# mails sendt' }),
      task: (count) => plural(locale, count, { one: '# opgave oprettet på platformen', other: '# opgaver oprettet på platformen' }),
      webhook: (count) => plural(locale, count, { one: '# webhook sendt', other: '# webhooks sendt' }),
    },
    waiting: {
      mail: (count) => plural(locale, count, { one: '# mail på vej', other: '# mails på vej' }),
      task: (count) => plural(locale, count, { one: '# opgave på vej', other: '# opgaver på vej' }),
      webhook: (count) => plural(locale, count, { one: '# webhook på vej', other: '# webhooks på vej' }),
    },
    dead: {
      mail: (count) => plural(locale, count, { one: '# mail kunne ikke leveres', other: '# mails kunne ikke leveres' }),
      task: (count) => plural(locale, count, { one: '# opgave kunne ikke leveres', other: '# opgaver kunne ikke leveres' }),
      webhook: (count) => plural(locale, count, { one: '# webhook kunne ikke leveres', other: '# webhooks kunne ikke leveres' }),
    },
    nobody: 'Ingen får besked om dette opkald med mail eller webhook',
    unknown: 'Det kan ikke ses lige nu, om nogen har fået besked',
  },
};
