import { list } from '../plural';
import type { Messages } from '../en';

const locale = 'da';

export const handling: Messages['handling'] = {
  handle: 'Jeg tager mig af det',
  by: (who: string, role: string | undefined) => (role === undefined ? who : `${who} (${role})`),
  roles: {
    admin: 'systemansvarlig',
    agent: 'medarbejder',
    security: 'sikkerhedsvagten',
    supervisor: 'teamleder',
  },
  since: (names: string[], times: string) => `${list(locale, names)} tager sig af det siden ${times}`,
  nobody: 'Ingen har sagt, at de tager sig af det',
  passedOn: 'Ingen svarede i tide, så flere har fået besked',
  gone: 'Opkaldet findes ikke længere; der er ikke mere at gøre.',
  show: 'Vis adressen',
  showOf: (name: string) => `Vis adressen på ${name}`,
  why: (name: string) => `Hvorfor åbner du adressen på ${name}?`,
  onRecord: 'Dit navn, tidspunktet og begrundelsen gemmes, og medarbejderen kan se dem.',
  call: 'Personens nødopkald er i gang, så der kræves ingen begrundelse.',
  reason: 'Begrundelse',
  short: 'Skriv mindst 10 tegn.',
  open: 'Åbn adressen',
  cancel: 'Annuller',
  close: 'Luk',
  sent: 'Adressen, der blev sendt med opkaldet',
  last: 'Den seneste adresse, personen har oplyst',
  opened: (who: string, time: string) => `${who} åbnede din adresse kl. ${time}`,
  openedInCall: (who: string, time: string) => `${who} åbnede din adresse kl. ${time} under dit nødopkald`,
  somebody: 'Nogen',
  reasonWas: (reason: string) => `Begrundelse: ${reason}`,
  seen: 'Jeg har set det',
};
