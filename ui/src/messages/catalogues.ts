import { da } from './da';
import { en, type Messages } from './en';
import { es } from './es';
import { fr } from './fr';
import type { Language } from './languages';

/** Every catalogue; all of them are loaded, because the card to read aloud needs two at once. */
export const catalogues: Record<Language, Messages> = { da, en, es, fr };
