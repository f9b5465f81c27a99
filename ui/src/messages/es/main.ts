import { plural } from '../plural';
import type { Messages } from '../en';

const locale = 'es';

export const app: Messages['app'] = {
  name: 'Whereabouts',
  title: (screen) => `${screen} · Whereabouts`,
  settings: 'Ajustes',
  back: 'Atrás',
  dismiss: 'Entendido',
  undo: 'Deshacer',
  retry: 'Intentar otra vez',
  loading: 'Cargando',
  sections: 'Secciones',
  you: 'Dónde estoy',
  team: 'Mi equipo',
  enterKey: 'Intro',
  starting: 'Iniciando',
  failed: 'Whereabouts no ha podido iniciarse. Ciérrelo y vuelva a abrirlo.',
};

export const signIn: Messages['signIn'] = {
  title: 'Iniciar sesión',
  lead: 'Para que la ayuda encuentre la puerta correcta cuando usted la pida.',
  server: 'Dirección del servidor',
  serverHint: 'Su administrador se la dio junto con el código.',
  code: 'Código de un solo uso',
  codeHint: 'Tres grupos de cuatro, como K7QM-2RXD-9HTP.',
  submit: 'Iniciar sesión',
  busy: 'Iniciando sesión',
};

export const ask: Messages['ask'] = {
  title: '¿Dónde trabaja hoy?',
  atSeat: (label) => `¿Está hoy en el puesto ${label}?`,
  atPlace: (label) => `¿Está hoy en este lugar: ${label}?`,
  yes: 'Sí, estoy aquí',
  sending: 'Avisando al servidor',
  anotherSeat: 'Otro puesto',
  chooseSeat: 'Un puesto en la oficina',
  atHome: 'En casa',
  elsewhere: 'En otro lugar',
  others: 'Otros lugares',
  decline: 'Prefiero no decirlo',
  untilThen: (number, address) => `Hasta que responda, el ${number} enviaría ayuda a ${address}.`,
  untilThenNothing: (number) => `Hasta que responda, el ${number} no tiene ninguna dirección suya.`,
  noHistory: 'Elija dónde trabaja. Allí se envía la ayuda si llama a un número de emergencia.',
  lastPlace: (age) => `Estuvo aquí ${age}`,
  lastPlaceUndated: 'Estuvo aquí la última vez',
  savedPlace: 'Guardó esta dirección',
  onPlan: (label) => `${label} en el plano del piso`,
};

export const seats: Messages['seats'] = {
  title: '¿En qué puesto está?',
  search: 'Busque por la etiqueta del escritorio',
  clear: 'Borrar',
  site: 'Edificio',
  floor: 'Piso',
  floorName: (floor) => `Piso ${floor}`,
  at: (floor, site) => `Piso ${floor}, ${site}`,
  line: (label, floor) => `${label}, piso ${floor}`,
  plan: (floor, site) => `Plano del piso ${floor}, ${site}. Las flechas pasan de un puesto a otro, Intro elige.`,
  noPlan: 'No hay plano de este piso. Elija de la lista.',
  found: 'Puestos encontrados',
  onFloor: (floor) => `Puestos del piso ${floor}`,
  none: (query) => `Ningún puesto coincide con “${query}”. Mire otra vez la etiqueta del escritorio.`,
  noneHere: 'En este piso no hay puestos registrados.',
  noSites: 'Su organización todavía no ha registrado ningún puesto. Use una dirección.',
  takenBy: (name) => `Ocupado por ${name}`,
  free: 'Libre',
  taken: 'Ocupado',
  chosen: 'Su elección',
  choose: (label) => `Estoy en ${label}`,
  alsoTaken: (name) => `${name} también dice estar en este puesto. Elíjalo si está usted aquí: se avisará a las dos personas.`,
  failed: 'No se han podido cargar los puestos.',
  offline: 'No se pueden buscar puestos mientras el servidor no responde. Su último lugar y sus direcciones siguen funcionando.',
  count: (count) => plural(locale, count, { one: '# puesto encontrado', other: '# puestos encontrados' }),
};

export const places: Messages['places'] = {
  titleHome: '¿En cuál de sus casas está?',
  titleOther: '¿Dónde está?',
  usedAge: (age) => `Estuvo aquí ${age}`,
  unused: 'Sin usar todavía',
  hereAt: (label) => `Estoy aquí: ${label}`,
  add: 'Añadir una dirección',
  edit: 'Editar',
  editNamed: (label) => `Editar ${label}`,
  remove: 'Eliminar',
  removeNamed: (label) => `Eliminar ${label}`,
  removed: (label) => `Se ha eliminado ${label}.`,
  home: 'Casa',
  none: 'Todavía no ha guardado ninguna dirección.',
};

export const standing: Messages['standing'] = {
  title: 'Dónde está',
  sentTo: (number) => `El ${number} enviará ayuda a`,
  wouldBeSentTo: (number) => `El ${number} enviaría ayuda a`,
  stillHas: (number) => `El ${number} todavía tiene`,
  hasNothing: (number) => `El ${number} no tiene ninguna dirección suya`,
  hasNothingWhy: 'Si llama, diga primero su dirección.',
  youSaid: 'Usted dijo',
  until: (time) => `hasta: ${time}`,
  confirmedAt: (time) => `confirmado: ${time}`,
  change: 'Cambiar',
  end: 'Terminar mi turno',
  sayWhere: 'Decir dónde estoy',
  discard: 'Dejarlo como estaba',
  confirmed: 'Confirmado',
  corrected: 'Confirmado, con la dirección corregida',
  unsent: (number) => `Guardado aquí; el ${number} aún no lo tiene`,
  unsentWhy: 'No hemos podido contactar con el servidor. Su cambio se guarda en este equipo y sale en cuanto el servidor responda.',
  retryNow: 'Intentándolo ahora.',
  retryIn: (seconds) =>
    plural(locale, seconds, { one: 'Otro intento en # segundo.', other: 'Otro intento en # segundos.' }),
  memoryOnly: 'El almacén de contraseñas de este equipo no responde: su cambio solo se conserva mientras Whereabouts esté abierto.',
  sending: 'Avisando al servidor',
  stale: 'Ya no es seguro',
  staleQuestion: (age) => `Lo confirmó ${age}. ¿Sigue ahí?`,
  staleUndated: 'Lo confirmó hace un tiempo. ¿Sigue ahí?',
  unchecked: 'Confirmado, pero sin comprobar',
  uncheckedWhy: (number) => `No había lista de direcciones con la que comprobarla. El ${number} la recibe como usted la escribió.`,
  overridden: 'Confirmado bajo su palabra',
  overriddenWhy: (number) => `La lista no conoce esta dirección. El ${number} la recibe como usted la escribió.`,
  invalid: 'Hay que revisar esta dirección',
  invalidWhy: (number) => `La lista dice que no existe. El ${number} podría ir a la puerta equivocada.`,
  declined: 'Ha elegido no decir dónde está',
  declinedWhy: (number) => `Si llama al ${number}, diga primero su dirección: el operador no puede verla.`,
  declinedDefault: (number) => `Si llama al ${number}, diga primero su dirección: el operador solo ve este edificio.`,
  unknown: 'Nadie sabe dónde está',
  askAgain: 'Ha pasado demasiado tiempo desde que lo dijo. ¿Sigue ahí?',
  refused: 'El servidor no ha aceptado este lugar',
  offline: (time) => `Sin contacto con el servidor. Último contacto: ${time}. Esto es lo último que dijo.`,
  conflictText: 'Mire la etiqueta de su escritorio. Si es correcta, no hay nada que hacer: se ha avisado a las dos personas.',
};

export const notices: Messages['notices'] = {
  superseded: 'Dijo algo más reciente en otro equipo. Eso es lo que cuenta ahora.',
  local_state_unreadable: 'No se ha podido leer lo guardado en este equipo. Diga dónde está.',
  update_needed: 'Whereabouts es más antiguo que su servidor. Las llamadas de emergencia se muestran, pero necesita una actualización.',
};

export const decline: Messages['decline'] = {
  title: 'No decir dónde está',
  lead: (number) =>
    `Si llama al ${number}, el operador no verá dónde está. Tendría que decirlo usted, y puede que no sea capaz.`,
  reason: 'Su motivo',
  reasonHint: 'Su organización puede leerlo.',
  submit: 'No compartir mi ubicación',
};

export const endShift: Messages['endShift'] = {
  title: 'Su turno ha terminado',
  thanks: 'No hay nada más que hacer. Le preguntaremos otra vez cuando empiece.',
  undo: (label) => `Deshacer: sigo en ${label}`,
  start: 'Empezar otro turno',
};

export const quit: Messages['quit'] = {
  title: '¿Cerrar Whereabouts?',
  callback_window: (number) =>
    `Aún pueden devolverle la llamada. Sin Whereabouts, nadie le avisa aquí cuando el ${number} le llame.`,
  emergency_open: 'Hay una llamada de emergencia abierta. Deje Whereabouts abierto: muestra la dirección que hay que leer en voz alta.',
  unsent: (number) => `El ${number} todavía no tiene lo último que dijo. Se enviará cuando Whereabouts vuelva a abrirse.`,
  stay: 'Dejarlo abierto',
  leave: 'Cerrarlo de todos modos',
};

export const settings: Messages['settings'] = {
  title: 'Ajustes',
  account: 'Cuenta',
  name: 'Sesión iniciada como',
  teamName: 'Equipo',
  server: 'Servidor',
  signOut: 'Cerrar sesión',
  signOutAsk: '¿Cerrar la sesión en este equipo? Necesitará un código nuevo para volver.',
  signOutYes: 'Sí, cerrar sesión',
  signOutNo: 'Seguir con la sesión',
  language: 'Idioma',
  languageField: 'Idioma de la aplicación',
  languageOwn: (language) => `Como este equipo: ${language}`,
  keys: 'Teclas de letras',
  keysOn: 'S, H y E eligen otro lugar en la primera pantalla',
  computer: 'Este equipo',
  secrets: 'Almacén de contraseñas',
  secretsOk: 'Responde. Su sesión se mantiene tras reiniciar.',
  secretsAway: 'No responde. Puede que tenga que iniciar sesión otra vez tras reiniciar.',
  clock: 'Reloj',
  clockOk: 'Coincide con el servidor.',
  clockOff: (minutes) =>
    plural(locale, minutes, {
      one: 'Difiere del servidor en # minuto. Cuenta la hora del servidor.',
      other: 'Difiere del servidor en # minutos. Cuenta la hora del servidor.',
    }),
  limits: 'Lo que Whereabouts no puede hacer',
  limitsText: (number) => [
    'Sabe dónde está porque usted lo dice. Si cambia de lugar, dígalo aquí o al operador.',
    `Nunca hace, retrasa ni bloquea una llamada. Si falla, el ${number} sigue funcionando: diga su dirección.`,
    'Sin electricidad o sin red, use un teléfono móvil.',
  ],
  version: (version) => `Whereabouts ${version}`,
};

export const abroad: Messages['abroad'] = {
  seems: (country) => `Parece que este equipo está en ${country}.`,
  noHelp: 'Una llamada de emergencia desde él no llega a la ayuda local.',
  call: 'Es posible que esta llamada no llegue a la ayuda local.',
  dial: (number) => `Use un teléfono local y marque el ${number}.`,
  dialUnknown: 'Use un teléfono local y marque el número de emergencia local.',
};
