/** What the security desk's page may ask, besides what everybody may who watches over others. */
import type { DeskSession } from './bindings/DeskSession';
import type { Notifications } from './bindings/Notifications';
import type { Stop, WatchHost } from './host';

/** How the page is connected to its server. */
export type Connection = 'online' | 'offline' | 'signed_out';

/** Every method rejects with a `HostError` and with nothing else. */
export interface DeskHost extends WatchHost {
  /** Who is signed in; `undefined` for nobody. */
  session(): Promise<DeskSession | undefined>;
  signIn(code: string): Promise<DeskSession>;
  signOut(): Promise<void>;
  /** What became of telling people. */
  notifications(): Promise<Notifications>;
  /** Told whenever the server is lost, found again, or wants somebody to sign in. */
  onConnection(listener: (connection: Connection) => void): Stop;
}
