/** A host that plays a scenario: for work on the screens, and for their tests. */
import type { Declare } from './bindings/Declare';
import type { LocationView } from './bindings/LocationView';
import type { ReportTestCall } from './bindings/ReportTestCall';
import type { RosterFrame } from './bindings/RosterFrame';
import type { SignedIn } from './bindings/SignedIn';
import type { StartDrill } from './bindings/StartDrill';
import type { View } from './bindings/View';
import { homeLines, served, signedIn, staleSeat } from './fake/people';
import { checked } from './fake/checking';
import { Drilling } from './fake/drills';
import { read } from './fake/reading';
import { scenarios, type Scenario, type ScenarioName } from './fake/scenarios';
import { allSeats, sites, summaries } from './fake/sites';
import { at, MINUTES } from './fake/time';
import { languageOf } from '../messages';
import { HostError, type Host } from './host';

/** What tests may do besides what a person can. */
export interface FakeHost extends Host {
  /** Goes on with another scenario, as if the world had changed. */
  play(name: ScenarioName): void;
  /** The commands that were called, in order. */
  readonly called: { name: string; args: unknown[] }[];
}

export function fake(name: string | null): FakeHost {
  const first = name !== null && name in scenarios ? (name as ScenarioName) : 'ask';
  const host = new Player(scenarios[first]);
  Object.assign(globalThis, { fakeHost: host });
  return host;
}

class Player implements FakeHost {
  readonly called: { name: string; args: unknown[] }[] = [];
  #scenario: Scenario;
  #view: View;
  #viewListeners = new Set<(view: View) => void>();
  #watching = false;
  #rosterListeners = new Set<(frame: RosterFrame) => void>();
  #drilling: Drilling;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#drilling = new Drilling(scenario.drills ?? []);
    this.#view = scenario.view;
  }

  play(name: ScenarioName): void {
    this.#scenario = scenarios[name];
    if (this.#scenario.drills) this.#drilling = new Drilling(this.#scenario.drills);
    this.#show(this.#scenario.view);
    this.#tellRoster();
  }

  #tellRoster(): void {
    if (this.#watching && this.#scenario.roster) for (const listener of this.#rosterListeners) listener(this.#scenario.roster);
  }

  #rosterIs(roster: RosterFrame): void {
    this.#scenario = { ...this.#scenario, roster };
    this.#tellRoster();
  }

  snapshot = () => this.#do('snapshot', [], () => this.#view);
  speak = (tag: string, chosen: boolean) =>
    this.#do('speak', [tag, chosen], () => this.#show({ ...this.#view, language: chosen ? languageOf([tag]) : null }));
  painted = () => this.#do('painted', [], () => undefined);

  onView = async (listener: (view: View) => void) => {
    this.#viewListeners.add(listener);
    return () => void this.#viewListeners.delete(listener);
  };

  signIn = (server: string, code: string) =>
    this.#do('signIn', [server, code], () =>
      this.#show({ ...this.#view, session: signedIn({ headline: 'stale', served: staleSeat, unsent: null }) }),
    );
  signOut = () =>
    this.#do('signOut', [], () =>
      this.#show({
        ...this.#view,
        session: { state: 'signed_out', server: null, code: null, error: null, busy: false },
      }),
    );

  confirm = (declare: Declare) => this.#do('confirm', [declare], () => this.#confirm(declare));
  decline = (reason: string) =>
    this.#do('decline', [reason], () =>
      this.#locate({ headline: 'declined', served: served({ status: 'declined', civic_address: {}, lines: [], rule: 'none' }), unsent: null }),
    );
  endShift = () =>
    this.#do('endShift', [], () => this.#locate({ headline: 'stale', served: staleSeat, unsent: null }));
  discard = () => this.#do('discard', [], () => this.#locate({ headline: 'confirmed', served: served(), unsent: null }));
  stay = () => this.#do('stay', [], () => this.#me({ changing: false }));
  dismiss = (code: string) =>
    this.#do('dismiss', [code], () => this.#me({ notices: this.#signedIn.notices.filter((notice) => notice.code !== code) }));

  sites = () => this.#do('sites', [], () => ({ sites: summaries }));
  site = (siteId: string) =>
    this.#do('site', [siteId], () => {
      const site = sites.find((known) => known.site_id === siteId);
      if (!site) throw new HostError('not_found', siteId);
      return site;
    });
  searchSeats = (query: string) =>
    this.#do('searchSeats', [query], () => ({
      seats: allSeats.filter((seat) => seat.label.toLowerCase().includes(query.toLowerCase())).slice(0, 50),
    }));

  interpret = (text: string, country: string | null) => 
    this.#do('interpret', [text, country], () => read(text, country ?? this.#signedIn.agent.country));
  check = (address: Parameters<Host['check']>[0]) => this.#do('check', [address], () => checked(address, this.#scenario.list));
  savePlace: Host['savePlace'] = (id, place) =>
    this.#do('savePlace', [id, place], () => {
      const saved = {
        ...place,
        id: id ?? `place-${this.#signedIn.places.length + 1}`,
        lines: checked(place.civic_address).lines,
        verdict: checked(place.civic_address, this.#scenario.list).verdict,
        confirmed_at: null,
      };
      const rest = this.#signedIn.places.filter((known) => known.id !== id);
      this.#me({ places: [saved, ...rest] });
      return saved;
    });
  deletePlace = (id: string) =>
    this.#do('deletePlace', [id], () => this.#me({ places: this.#signedIn.places.filter((place) => place.id !== id) }));

  acknowledgeEmergency = (reference: string) =>
    this.#do('acknowledgeEmergency', [reference], () => {
      const roster = this.#scenario.roster;
      const found = roster?.emergencies.find((summary) => summary.emergency.reference === reference);
      if (!roster || !found) throw new HostError('not_found', 'gone');
      const said = { username: 'sam.ortiz', display_name: 'Sam Ortiz', role: 'supervisor' as const, at: at(0) };
      const handled = {
        ...found,
        alerts_you: false,
        handled_by_you: true,
        emergency: { ...found.emergency, acknowledged_by: [...found.emergency.acknowledged_by, said] },
      };
      this.#rosterIs({ ...roster, emergencies: roster.emergencies.map((one) => (one === found ? handled : one)) });
      return handled;
    });

  openAddress = (username: string, reason: string | null) =>
    this.#do('openAddress', [username, reason], () => {
      const open = this.#scenario.roster?.emergencies.some(
        (one) => one.username === username && one.emergency.phase === 'open',
      );
      if (!open && (reason ?? '').trim().length < 10) throw new HostError('not_acceptable', 'a reason is needed');
      return {
        username,
        display_name: username,
        class: 'home' as const,
        lines: homeLines,
        since: at(-2 * MINUTES),
        sent_with_call: open === true,
      };
    });

  startDrill = (whom: StartDrill) =>
    this.#do('startDrill', [whom], () => this.#drilling.start(whom, this.#scenario.roster?.rows ?? []));
  drills = () => this.#do('drills', [], () => ({ drills: this.#drilling.look() }));
  saveDrillTable = (drillId: string, startedAt: string) =>
    this.#do('saveDrillTable', [drillId, startedAt], () => '/home/sam/Downloads/drill-2026-11-20T17-02Z.csv');

  acknowledgeNotice = (notice: string, version: string, locale: string) =>
    this.#do('acknowledgeNotice', [notice, version, locale], () =>
      this.#me({ notices: this.#signedIn.notices.filter((one) => one.version !== version) }),
    );

  callOver = () =>
    this.#do('callOver', [], () => {
      const emergency = this.#view.emergency;
      if (!emergency) return;
      this.#show({
        ...this.#view,
        emergency: {
          ...emergency,
          emergency: {
            ...emergency.emergency,
            phase: 'ended',
            ended_by: 'person',
            ended_at: at(0),
            callback_until: at(60 * MINUTES),
            callback_until_final: true,
          },
        },
      });
    });
  endCall = () => this.#do('endCall', [], () => undefined);
  callIsOver = (reference: string) => this.#do('callIsOver', [reference], () => undefined);
  moved = () => this.#do('moved', [], () => this.#me({ changing: true }));
  reportTestCall = (callId: string, report: ReportTestCall) =>
    this.#do('reportTestCall', [callId, report], () => {
      const shown = this.#view.emergency;
      if (!shown) return;
      const test_result = { heard: report.heard, at: at(0) };
      this.#show({ ...this.#view, emergency: { ...shown, emergency: { ...shown.emergency, test_result } } });
    });

  audioDevices = () =>
    this.#do('audioDevices', [], () => ({
      inputs: [
        { name: 'Jabra Evolve2 65 Mono', is_default: true },
        { name: 'Built-in Audio Analog Stereo', is_default: false },
      ],
      outputs: [
        { name: 'Built-in Audio Analog Stereo', is_default: true },
        { name: 'Jabra Evolve2 65 Mono', is_default: false },
        { name: 'LG HDR 4K HDMI', is_default: false },
      ],
    }));
  openSoundSettings = () => this.#do('openSoundSettings', [], () => undefined);
  copy = (text: string) => this.#do('copy', [text], () => undefined);
  shrinkEmergency = (small: boolean) => this.#do('shrinkEmergency', [small], () => undefined);
  fitEmergency = (height: number) => this.#do('fitEmergency', [height], () => undefined);

  quitAnyway = () => this.#do('quitAnyway', [], () => undefined);
  stayRunning = () => this.#do('stayRunning', [], () => this.#show({ ...this.#view, quit_warning: null }));

  watchRoster = (watching: boolean) =>
    this.#do('watchRoster', [watching], () => {
      this.#watching = watching;
      const roster = this.#scenario.roster;
      if (watching && roster) for (const listener of this.#rosterListeners) listener(roster);
    });
  onRoster = async (listener: (frame: RosterFrame) => void) => {
    this.#rosterListeners.add(listener);
    return () => void this.#rosterListeners.delete(listener);
  };

  async #do<T>(name: keyof Host, args: unknown[], what: () => T): Promise<T> {
    this.called.push({ name, args });
    if (this.#scenario.hangs?.includes(name)) await new Promise(() => undefined);
    const code = this.#scenario.fails?.[name];
    if (code !== undefined) throw new HostError(code, `${name} fails in this scenario`);
    return what();
  }

  #show(view: View): void {
    this.#view = { ...view, revision: this.#view.revision + 1 };
    for (const listener of this.#viewListeners) listener(this.#view);
  }

  get #signedIn(): SignedIn {
    if (this.#view.session.state !== 'signed_in') throw new HostError('not_signed_in', 'nobody');
    return this.#view.session;
  }

  #me(changes: Partial<SignedIn>): void {
    this.#show({ ...this.#view, session: { state: 'signed_in', ...this.#signedIn, ...changes } });
  }

  #locate(location: LocationView): void {
    this.#me({ location, changing: false });
  }

  #confirm({ place, label, class: kind, lines }: Declare): void {
    const offline = this.#view.connection.state === 'offline';
    const unsent = {
      place, label, class: kind, lines,
      declared_at: new Date().toISOString(),
      memory_only: false,
      problem: null,
      problems: [],
      retry_at: offline ? new Date(Date.now() + 12_000).toISOString() : null,
    };
    const before = this.#signedIn.location.served;
    this.#locate({ headline: offline ? 'unsent' : 'sending', served: before, unsent });
    if (offline) return;
    const version = (before?.version ?? 0) + 1;
    const last_known = { place, label, class: kind, lines, declared_at: at(0) };
    queueMicrotask(() =>
      this.#locate({
        headline: 'confirmed',
        served: served({ version, lines, class: kind, since: at(0), last_known }),
        unsent: null,
      }),
    );
  }
}
