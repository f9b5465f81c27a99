import type { Messages } from '../en';

export const aloud: Messages['aloud'] = {
  open: 'Deletrear',
  needHelp: 'Necesito ayuda.',
  testCall: 'Esta es una llamada de prueba.',
  iAmAt: 'Estoy en',
  iWasAt: 'No es seguro. Mi último lugar conocido es',
  unknown: 'Diga dónde está: número, calle, piso, puerta y ciudad.',
  callMe: 'Pueden devolverme la llamada al',
  digits: ['cero', 'uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve'],
  plus: 'más',
  stateAndCity: (city, state) => `${city}, ${state}`,
  left: 'a la izquierda',
  right: 'a la derecha',
  middle: 'en el centro',
  ground: 'planta baja',
  basement: 'sótano',
};
