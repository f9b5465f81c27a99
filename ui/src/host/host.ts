/**
 * What the screens may ask of the computer they run on. Nothing outside `tauri.ts` knows that it
 * is Tauri, so that every screen runs in a plain browser over `fake.ts` too.
 */
import type { AddressCheck } from './bindings/AddressCheck';
import type { AudioDevices } from './bindings/AudioDevices';
import type { CivicAddress } from './bindings/CivicAddress';
import type { CommandError } from './bindings/CommandError';
import type { CommandErrorCode } from './bindings/CommandErrorCode';
import type { Declare } from './bindings/Declare';
import type { Drills } from './bindings/Drills';
import type { EmergencySummary } from './bindings/EmergencySummary';
import type { Interpretation } from './bindings/Interpretation';
import type { OpenedAddress } from './bindings/OpenedAddress';
import type { Place } from './bindings/Place';
import type { Problem } from './bindings/Problem';
import type { ReportTestCall } from './bindings/ReportTestCall';
import type { RosterFrame } from './bindings/RosterFrame';
import type { SavePlace } from './bindings/SavePlace';
import type { Seats } from './bindings/Seats';
import type { SiteDetail } from './bindings/SiteDetail';
import type { Sites } from './bindings/Sites';
import type { StartDrill } from './bindings/StartDrill';
import type { StartedDrill } from './bindings/StartedDrill';
import type { View } from './bindings/View';

/** Ends a subscription. */
export type Stop = () => void;

/**
 * What those may ask who watch over others: in the app, and in a browser on the security desk's page.
 * Every method rejects with a {@link HostError} and with nothing else.
 */
export interface WatchHost {
  /** Whether the roster is shown; while it is, complete frames come at once and with every change. */
  watchRoster(watching: boolean): Promise<void>;
  /** "I am handling this": a call by its `reference`. */
  acknowledgeEmergency(reference: string): Promise<EmergencySummary>;
  /** Opens the address of an agent; it is on record, and the agent is told. */
  openAddress(username: string, reason: string | null): Promise<OpenedAddress>;
  onRoster(listener: (frame: RosterFrame) => void): Promise<Stop>;
  /** Tries everything that happens around an emergency call, without any call. */
  startDrill(whom: StartDrill): Promise<StartedDrill>;
  /** The last drills, the newest first. */
  drills(): Promise<Drills>;
  /** In a browser: where it takes the table (CSV) of a drill from, as it takes any file. */
  drillTableAt?(drillId: string): string;
  /** On a desktop: saves the table (CSV) of a drill among the user's downloads, and says as what. */
  saveDrillTable?(drillId: string, startedAt: string): Promise<string>;
  /** "The call is over", said of a colleague's call that the platform never ended. */
  callIsOver?(reference: string): Promise<void>;
}

/** Every method rejects with a {@link HostError} and with nothing else. */
export interface Host extends WatchHost {
  /** What the window was made for, when the shell gave it along with the page. */
  readonly first?: View;
  /** The whole of what is shown, now. */
  snapshot(): Promise<View>;
  /** The same whenever it changes. */
  onView(listener: (view: View) => void): Promise<Stop>;
  /**
   * Tells the shell in which language and manner the windows speak (`es-US`), and whether the
   * person chose it: the tray speaks the same, and a choice comes back with the view.
   */
  speak(tag: string, chosen: boolean): Promise<void>;
  /** Tells the shell that a window shows what it was opened for. */
  painted(): Promise<void>;

  signIn(server: string, code: string): Promise<void>;
  signOut(): Promise<void>;

  /** Says where the agent is. Resolves once it is kept, not once the server has it. */
  confirm(declare: Declare): Promise<void>;
  decline(reason: string): Promise<void>;
  endShift(): Promise<void>;
  /** Drops what was said and not sent. */
  discard(): Promise<void>;
  /** Turns back from the choice of places that the tray or the emergency window asked for. */
  stay(): Promise<void>;
  /** "I have read this": a notice of the server's that stays until then. */
  acknowledgeNotice(notice: string, version: string, locale: string): Promise<void>;
  /** Closes a notice of this computer's own. */
  dismiss(code: string): Promise<void>;

  sites(): Promise<Sites>;
  site(siteId: string): Promise<SiteDetail>;
  searchSeats(query: string): Promise<Seats>;

  /** Reads an address on this computer; needs no server. */
  interpret(text: string, country: string | null): Promise<Interpretation>;
  /** Asks the server about an address. */
  check(address: CivicAddress): Promise<AddressCheck>;
  /** Saves an address, as a new one or in place of another. */
  savePlace(id: string | null, place: SavePlace): Promise<Place>;
  deletePlace(id: string): Promise<void>;

  /** "The call is over", when the platform never said so. */
  callOver(): Promise<void>;
  /** What the agent heard on a test call. */
  reportTestCall(callId: string, report: ReportTestCall): Promise<void>;
  /** "End call": has the platform hang up. The view says when the call is over. */
  endCall(): Promise<void>;
  /** "I have moved": opens the main window to say where to. */
  moved(): Promise<void>;
  /** What this computer hears and speaks with. */
  audioDevices(): Promise<AudioDevices>;
  /** Opens the operating system's own sound settings. */
  openSoundSettings(): Promise<void>;
  /** Puts a text on the clipboard. Call it straight from a click. */
  copy(text: string): Promise<void>;
  /** Shrinks the emergency window to a pill, or brings it back. */
  shrinkEmergency(small: boolean): Promise<void>;
  /** Makes the emergency window as high as its content, in CSS pixels. */
  fitEmergency(height: number): Promise<void>;

  /** Answered to a warning before quitting. */
  quitAnyway(): Promise<void>;
  stayRunning(): Promise<void>;
}

/** Why something did not happen. Screens switch on `code`; `message` is for logs. */
export class HostError extends Error {
  override readonly name = 'HostError';

  constructor(
    readonly code: CommandErrorCode,
    message: string,
    readonly problems: Problem[] = [],
  ) {
    super(message);
  }

  /** Makes one of whatever a command rejected with. */
  static from(cause: unknown): HostError {
    if (cause instanceof HostError) return cause;
    if (isCommandError(cause)) return new HostError(cause.code, cause.message, cause.problems);
    return new HostError('other', String(cause));
  }
}

function isCommandError(cause: unknown): cause is CommandError {
  return typeof cause === 'object' && cause !== null && 'code' in cause && 'problems' in cause;
}
