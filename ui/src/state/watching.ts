import { createContext } from 'svelte';

import type { Zone } from '../format/time';
import type { WatchHost } from '../host/host';

/** What the live view of a team needs around it, in the app and on the security desk's page. */
export interface Watching {
  readonly host: WatchHost;
  readonly zone: Zone;
  /** Milliseconds since 1970 on the server's clock. */
  readonly now: number;
  /** Nothing new arrives, because the server is out of reach. */
  readonly offline: boolean;
}

export const [useWatching, provideWatching] = createContext<Watching>();
