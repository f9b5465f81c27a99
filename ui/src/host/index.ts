import type { Host } from './host';
import { tauri } from './tauri';

/**
 * The desktop's host. In a browser, for work on the screens and for their tests, one that plays
 * a scenario: no build that is shipped contains it.
 */
export async function connect(): Promise<Host> {
  if (import.meta.env.MODE === 'production' || '__TAURI_INTERNALS__' in globalThis) return tauri;
  const { fake } = await import('./fake');
  return fake(new URLSearchParams(location.search).get('scenario'));
}
