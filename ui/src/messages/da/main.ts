import { plural } from '../plural';
import type { Messages } from '../en';

const locale = 'da';

export const app: Messages['app'] = {
  name: 'Whereabouts',
  title: (screen) => `${screen} · Whereabouts`,
  settings: 'Indstillinger',
  back: 'Tilbage',
  dismiss: 'Forstået',
  undo: 'Fortryd',
  retry: 'Prøv igen',
  loading: 'Henter',
  sections: 'Afsnit',
  you: 'Hvor jeg er',
  team: 'Mit team',
  enterKey: 'Enter',
  starting: 'Starter',
  failed: 'Whereabouts kunne ikke starte. Luk det, og åbn det igen.',
};

export const signIn: Messages['signIn'] = {
  title: 'Log på',
  lead: 'Så hjælpen finder den rigtige dør, når du ringer efter den.',
  server: 'Serveradresse',
  serverHint: 'Din administrator gav dig den sammen med koden.',
  code: 'Engangskode',
  codeHint: 'Tre grupper på fire, som K7QM-2RXD-9HTP.',
  submit: 'Log på',
  busy: 'Logger på',
};

export const ask: Messages['ask'] = {
  title: 'Hvor arbejder du i dag?',
  atSeat: (label) => `Sidder du på plads ${label} i dag?`,
  atPlace: (label) => `Er du her i dag: ${label}?`,
  yes: 'Ja, jeg er her',
  sending: 'Giver serveren besked',
  anotherSeat: 'En anden plads',
  chooseSeat: 'En plads på kontoret',
  atHome: 'Hjemme',
  elsewhere: 'Et andet sted',
  others: 'Andre steder',
  decline: 'Det vil jeg helst ikke sige',
  untilThen: (number, address) => `Indtil du svarer, ville ${number} sende hjælp til ${address}.`,
  untilThenNothing: (number) => `Indtil du svarer, har ${number} ingen adresse på dig.`,
  noHistory: 'Vælg, hvor du arbejder. Hjælpen sendes dertil, hvis du ringer til et alarmnummer.',
  lastPlace: (age) => `Du var her ${age}`,
  lastPlaceUndated: 'Du var her sidst',
  savedPlace: 'Du har gemt denne adresse',
  onPlan: (label) => `${label} på etageplanen`,
};

export const seats: Messages['seats'] = {
  title: 'Hvilken plads sidder du på?',
  search: 'Søg efter mærkaten på bordet',
  clear: 'Ryd',
  site: 'Bygning',
  floor: 'Etage',
  floorName: (floor) => `Etage ${floor}`,
  at: (floor, site) => `Etage ${floor}, ${site}`,
  line: (label, floor) => `${label}, etage ${floor}`,
  plan: (floor, site) => `Plan over etage ${floor}, ${site}. Piletaster går mellem pladser, Enter vælger.`,
  noPlan: 'Der er ingen plan over denne etage. Vælg på listen.',
  found: 'Fundne pladser',
  onFloor: (floor) => `Pladser på etage ${floor}`,
  none: (query) => `Ingen plads passer til “${query}”. Se på mærkaten på bordet en gang til.`,
  noneHere: 'Der er ikke registreret pladser på denne etage.',
  noSites: 'Din organisation har ikke registreret nogen pladser endnu. Brug en adresse i stedet.',
  takenBy: (name) => `Optaget af ${name}`,
  free: 'Ledig',
  taken: 'Optaget',
  chosen: 'Dit valg',
  choose: (label) => `Jeg sidder på ${label}`,
  alsoTaken: (name) => `${name} siger også at sidde her. Vælg den, hvis det er her, du er: I får begge besked.`,
  failed: 'Pladserne kunne ikke hentes.',
  offline: 'Pladser kan ikke slås op, mens serveren ikke kan nås. Dit seneste sted og dine adresser virker stadig.',
  count: (count) => plural(locale, count, { one: '# plads fundet', other: '# pladser fundet' }),
};

export const places: Messages['places'] = {
  titleHome: 'Hvilket hjem er du i?',
  titleOther: 'Hvor er du?',
  usedAge: (age) => `Du var her ${age}`,
  unused: 'Ikke brugt endnu',
  hereAt: (label) => `Jeg er her: ${label}`,
  add: 'Tilføj en adresse',
  edit: 'Ret',
  editNamed: (label) => `Ret ${label}`,
  remove: 'Slet',
  removeNamed: (label) => `Slet ${label}`,
  removed: (label) => `${label} er slettet.`,
  home: 'Hjem',
  none: 'Du har ikke gemt en adresse endnu.',
};

export const standing: Messages['standing'] = {
  title: 'Hvor du er',
  sentTo: (number) => `${number} sender hjælp til`,
  wouldBeSentTo: (number) => `${number} ville sende hjælp til`,
  stillHas: (number) => `${number} har stadig`,
  hasNothing: (number) => `${number} har ingen adresse på dig`,
  hasNothingWhy: 'Ringer du, så sig først din adresse.',
  youSaid: 'Du sagde',
  until: (time) => `indtil ${time}`,
  confirmedAt: (time) => `bekræftet ${time}`,
  change: 'Skift',
  end: 'Afslut min vagt',
  sayWhere: 'Oplys, hvor jeg er',
  discard: 'Lad det være som før',
  confirmed: 'Bekræftet',
  corrected: 'Bekræftet med en rettet adresse',
  unsent: (number) => `Gemt her, ikke sendt til ${number} endnu`,
  unsentWhy: 'Vi kunne ikke nå serveren. Din ændring ligger på denne computer og sendes, så snart serveren svarer.',
  retryNow: 'Prøver nu.',
  retryIn: (seconds) =>
    plural(locale, seconds, { one: 'Prøver igen om # sekund.', other: 'Prøver igen om # sekunder.' }),
  memoryOnly: 'Computerens adgangskode\u00adlager svarer ikke, så din ændring gemmes kun, mens Whereabouts kører.',
  sending: 'Giver serveren besked',
  stale: 'Ikke sikkert længere',
  staleQuestion: (age) => `Du bekræftede det ${age}. Er du der stadig?`,
  staleUndated: 'Du bekræftede det for noget tid siden. Er du der stadig?',
  unchecked: 'Bekræftet, men ikke kontrolleret',
  uncheckedWhy: (number) => `Der var ingen adresseliste at kontrollere den mod. ${number} får den, som du skrev den.`,
  overridden: 'Bekræftet på dit ord',
  overriddenWhy: (number) => `Listen kender ikke denne adresse. ${number} får den, som du skrev den.`,
  invalid: 'Denne adresse skal ses efter',
  invalidWhy: (number) => `Listen siger, at den ikke findes. ${number} kan komme til den forkerte dør.`,
  declined: 'Du har valgt ikke at sige, hvor du er',
  declinedWhy: (number) => `Ringer du til ${number}, så sig først din adresse: alarmoperatøren kan ikke se den.`,
  declinedDefault: (number) => `Ringer du til ${number}, så sig først din adresse: alarmoperatøren ser kun denne bygning.`,
  unknown: 'Ingen ved, hvor du er',
  askAgain: 'Der er gået for lang tid, siden du sagde det. Er du der stadig?',
  refused: 'Serveren godtog ikke dette sted',
  offline: (time) => `Serveren kan ikke nås. Sidste kontakt: ${time}. Dette er det, den sagde sidst.`,
  conflictText: 'Se på mærkaten på dit bord. Er den rigtig, skal du ikke gøre noget: I har begge fået besked.',
};

export const notices: Messages['notices'] = {
  superseded: 'Du har sagt noget nyere på en anden computer. Det er det, der gælder nu.',
  local_state_unreadable: 'Det, der var gemt på computeren, kunne ikke læses. Sig, hvor du er.',
  update_needed: 'Whereabouts er ældre end din server. Nødopkald bliver vist, men det skal opdateres.',
};

export const decline: Messages['decline'] = {
  title: 'Ikke sige, hvor du er',
  lead: (number) =>
    `Ringer du til ${number}, ser alarmoperatøren ikke, hvor du er. Du skal selv sige det, og det er ikke sikkert, at du kan.`,
  reason: 'Din grund',
  reasonHint: 'Din organisation kan læse den.',
  submit: 'Oplys ikke, hvor jeg er',
};

export const endShift: Messages['endShift'] = {
  title: 'Din vagt er slut',
  thanks: 'Du skal ikke gøre mere. Du bliver spurgt igen, når du begynder.',
  undo: (label) => `Fortryd: jeg er stadig på ${label}`,
  start: 'Begynd en ny vagt',
};

export const quit: Messages['quit'] = {
  title: 'Luk Whereabouts?',
  callback_window: (number) =>
    `De kan stadig ringe dig op. Uden Whereabouts får du ikke besked her, når ${number} ringer tilbage.`,
  emergency_open: 'Et nødopkald er åbent. Lad Whereabouts køre: det viser adressen, du skal læse op.',
  unsent: (number) => `${number} har ikke fået det, du sagde sidst. Det sendes, når Whereabouts kører igen.`,
  stay: 'Lad det køre',
  leave: 'Luk det alligevel',
};

export const settings: Messages['settings'] = {
  title: 'Indstillinger',
  account: 'Konto',
  name: 'Logget på som',
  teamName: 'Team',
  server: 'Server',
  signOut: 'Log af',
  signOutAsk: 'Log af på denne computer? Du skal bruge en ny kode for at komme tilbage.',
  signOutYes: 'Ja, log af',
  signOutNo: 'Forbliv logget på',
  language: 'Sprog',
  languageField: 'Appens sprog',
  languageOwn: (language) => `Som computeren: ${language}`,
  keys: 'Bogstavtaster',
  keysOn: 'S, H og E vælger et andet sted på første skærmbillede',
  computer: 'Denne computer',
  secrets: 'Adgangskode\u00adlager',
  secretsOk: 'Svarer. Du er stadig logget på efter en genstart.',
  secretsAway: 'Svarer ikke. Du skal måske logge på igen efter en genstart.',
  clock: 'Ur',
  clockOk: 'Stemmer med serveren.',
  clockOff: (minutes) =>
    plural(locale, minutes, {
      one: 'Afviger # minut fra serveren. Det er serverens tid, der tæller.',
      other: 'Afviger # minutter fra serveren. Det er serverens tid, der tæller.',
    }),
  limits: 'Det kan Whereabouts ikke',
  limitsText: (number) => [
    'Det ved, hvor du er, fordi du siger det. Flytter du dig, så sig det her eller til alarmoperatøren.',
    `Det foretager, forsinker eller spærrer aldrig et opkald. Er det i stykker, virker ${number} stadig: sig din adresse.`,
    'Er strømmen eller nettet væk, så brug en mobiltelefon.',
  ],
  version: (version) => `Whereabouts ${version}`,
};

export const abroad: Messages['abroad'] = {
  seems: (country) => `Computeren ser ud til at være i ${country}.`,
  noHelp: 'Et nødopkald herfra når ikke frem til den lokale hjælp.',
  call: 'Opkaldet når måske ikke frem til den lokale hjælp.',
  dial: (number) => `Brug en lokal telefon, og ring ${number}.`,
  dialUnknown: 'Brug en lokal telefon, og ring til det lokale alarmnummer.',
};
