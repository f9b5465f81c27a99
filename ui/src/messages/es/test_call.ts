import type { Messages } from '../en';

export const testCall: Messages['testCall'] = {
  title: 'Pruébelo con una llamada de prueba',
  why: 'Una llamada de prueba le lee la dirección y el número que recibiría el centro del 911. No se envía a nadie.',
  steps: (number) => [
    `Marque ${number} en su softphone.`,
    'Escuche la dirección y el número que le leen.',
    'Diga en la barra de la parte superior de la pantalla si eran correctos.',
  ],
  ask: '¿Lo que oyó era lo mismo que aparece arriba?',
  same: 'Sí, lo mismo',
  different: 'No, otra cosa',
  what: '¿Qué era distinto? (puede dejarlo vacío)',
  send: 'Enviar',
  notSent: 'Volver',
  wasSame: (time) => `Oyó la dirección correcta a las ${time}. Gracias.`,
  wasDifferent: (time) => `Oyó otra cosa a las ${time}. Revise dónde está y avise a su equipo de telefonía.`,
  change: 'Cambiar mi respuesta',
  failed: 'Su respuesta no llegó al servidor. Inténtelo de nuevo.',
};
