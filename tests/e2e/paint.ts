// How long it takes from a call until the emergency window is painted, with the app in the tray (never a window since it
// started) and with its main window open. Beside the same calls: until a bare connection to what desktops are told has
// the call, and until a bare web view in a bare window is painted. The app says in its log when the first frame is drawn;
// all ends are read from the clock of this machine. Builds nothing: `cargo xtask bench emergency` does, and calls
//   node --import tsx paint.ts [--profile release] [--runs 40]
import { readFile, readdir } from "node:fs/promises";
import { loadavg } from "node:os";
import { join } from "node:path";
import { scheduler } from "node:timers/promises";
import { parseArgs } from "node:util";

import { Agent } from "./backend/agent.ts";
import { Backend } from "./backend/backend.ts";
import { Telephony } from "./backend/telephony.ts";
import { built } from "./built.ts";
import { Desktop } from "./journey/desktop.ts";
import { SEAT } from "./journey/people.ts";
import { BareWindow } from "./session/bare_window.ts";
import { type Process, until } from "./session/process.ts";

const { values: options } = parseArgs({
    options: { profile: { type: "string", default: "debug" }, runs: { type: "string", default: "40" } },
});
const RUNS = Number(options.runs);
const PATIENCE_MS = 60_000;
/** The callback window, and a little. */
const WINDOW_SECONDS = 3_700;
const PAINTED = "the emergency window is painted";
const TITLE = "Emergency call";
const RECONNECTS_MS = 1_500;
const AGENT = "maria.chen";
const PERCENTS = [50, 95, 99, 100];

/** A call that was shown: milliseconds since the platform asked. */
interface Shown {
    /** The platform has its answer. */
    answered: number;
    /** A bare connection to what desktops are told has it. */
    seen: number;
    /** The emergency window is painted. */
    painted: number;
    /** Next to it: a window with nothing but a web view, painted after it was asked for. */
    bare: number;
}

const app = built("whereabouts", options.profile);
const backend = await Backend.start(built("whereabouts-test-server", options.profile));
const telephony = new Telephony(backend.url, await backend.key("telephony", "pbx"));
const desktop = await Desktop.of(app);
let passed = 0;
try {
    await desktop.enrol(backend.url, await backend.enrol(AGENT));
    await desktop.ask.anotherSeat();
    await desktop.seats.choose("181", SEAT.id);
    await desktop.main.press("Enter");
    await desktop.standing.isConfirmed(SEAT.label);
    await desktop.kill();
    const scenarios = { tray: await fromTheTray(), main: await withTheMainWindowOpen() };
    report(scenarios);
} finally {
    await desktop.stop();
    await backend.stop();
}

/** The app starts to the tray anew for each call: no web view has run yet. */
async function fromTheTray(): Promise<Shown[]> {
    const times: Shown[] = [];
    for (let run = 0; run < RUNS; run++) {
        await isOnline(false);
        const running = await desktop.session.start(app, ["--tray"]);
        await isOnline(true);
        const shown = await callIsPainted(`tray-${run}`);
        // Before it ends: an app that remembers an open call shows it as soon as it starts.
        await closeWindow(`tray-${run}`);
        await end(running);
        const bare = await BareWindow.start(desktop.session, false);
        times.push({ ...shown, bare: await bare.opens() });
        await bare.stop();
        progress("tray", run);
    }
    return times;
}

/** One app with its main window open takes every call. */
async function withTheMainWindowOpen(): Promise<Shown[]> {
    const times: Shown[] = [];
    await isOnline(false);
    const running = await desktop.session.start(app, []);
    await isOnline(true);
    await until("the main window is open", PATIENCE_MS, () => desktop.session.display.has("Whereabouts"));
    const bare = await BareWindow.start(desktop.session, true);
    for (let run = 0; run < RUNS; run++) {
        const shown = await callIsPainted(`main-${run}`);
        await closeWindow(`main-${run}`);
        await isOnline(true);
        times.push({ ...shown, bare: await bare.opens() });
        bare.close();
        progress("main window", run);
    }
    await bare.stop();
    await end(running);
    return times;
}

/** A call, seen by the app and by a second desktop that only listens. */
async function callIsPainted(call_id: string): Promise<Omit<Shown, "bare">> {
    const listener = await (await Agent.signIn(backend.url, await backend.enrol(AGENT))).watch();
    const before = (await paintings()).length;
    // The app and this program share no clock but the one on the wall, in milliseconds.
    const askedAt = Date.now();
    const asked = performance.now();
    const seen = listener.sees(call_id).then(() => performance.now());
    await telephony.dial({ call_id, agent: AGENT, dialled: "911" });
    const answered = performance.now();
    await until(`${call_id} is painted`, PATIENCE_MS, async () => (await paintings()).length > before);
    const [painted] = (await paintings()).slice(before);
    const shown = {
        answered: answered - asked,
        seen: (await seen) - asked,
        painted: (painted ?? Number.NaN) - askedAt,
    };
    listener.close();
    return shown;
}

/** The call ends, and its callback window too; with the hour the app's token runs out, and it connects anew. */
async function closeWindow(call_id: string): Promise<void> {
    await telephony.hangUp(call_id);
    passed += WINDOW_SECONDS;
    await backend.setClock(passed);
    await until("the emergency window is gone", PATIENCE_MS, async () => !(await desktop.session.display.has(TITLE)));
    await scheduler.wait(RECONNECTS_MS);
}

/** When an emergency window was painted, in milliseconds since 1970. */
async function paintings(): Promise<number[]> {
    const folder = join(desktop.session.environment["XDG_STATE_HOME"] ?? "", "org.whereabouts.desktop");
    const logs = (await readdir(folder)).filter((name) => name.endsWith(".log")).sort();
    const text = await Promise.all(logs.map((name) => readFile(join(folder, name), "utf8")));
    return text
        .join("")
        .split("\n")
        .filter((line) => line.includes(PAINTED))
        .map((line) => Date.parse((JSON.parse(line) as { timestamp: string }).timestamp));
}

/** Waits until the server has, or has not, a desktop of hers on the line. */
async function isOnline(online: boolean): Promise<void> {
    // A new sign-in each time: the clock runs away from every token.
    const supervisor = await Agent.signIn(backend.url, await backend.enrol("sam.ortiz"));
    await until(`the app is ${online ? "" : "not "}online`, PATIENCE_MS, async () => {
        const { rows } = await supervisor.roster();
        return rows.find((row) => row.username === AGENT)?.online === online;
    });
}

function progress(scenario: string, run: number): void {
    if ((run + 1) % 5 === 0) console.log(`    ${scenario}: ${run + 1} of ${RUNS} calls`);
}

async function end(running: Process): Promise<void> {
    running.kill("SIGKILL");
    await running.ended;
}

function report(scenarios: Readonly<Record<string, readonly Shown[]>>): void {
    const keys = [`banner runs=${RUNS}`];
    for (const [scenario, shown] of Object.entries(scenarios)) {
        const painted = spread(shown.map((one) => one.painted));
        const seen = spread(shown.map((one) => one.seen));
        const bare = spread(shown.map((one) => one.bare));
        const rows = {
            "call -> answer to the platform": spread(shown.map((one) => one.answered)),
            "call -> painted": painted,
            "floor: call -> a bare listener has it": seen,
            "floor: a bare web view is painted": bare,
        };
        const title = `milliseconds, ${scenario === "tray" ? "app in the tray" : "main window open"}`;
        console.log(row(title, PERCENTS.map(name)));
        for (const [title, of] of Object.entries(rows)) {
            console.log(row(title, PERCENTS.map((percent) => of(percent).toFixed(2))));
        }
        keys.push(...PERCENTS.map((percent) => `${scenario}_${name(percent)}_ms=${painted(percent).toFixed(1)}`));
        keys.push(`${scenario}_times_listener_p50=${(painted(50) / seen(50)).toFixed(1)}`);
        // The least there can be: somebody has heard of the call, and a web view is painted.
        for (const percent of [50, 95]) {
            const floor = seen(percent) + bare(percent);
            keys.push(`${scenario}_times_floor_${name(percent)}=${(painted(percent) / floor).toFixed(2)}`);
        }
    }
    const date = new Date().toISOString().slice(0, 10);
    console.log(`${keys.join(" ")} profile=${options.profile} load=${loadavg()[0]?.toFixed(2)} date=${date}`);
}

function name(percent: number): string {
    return percent === 100 ? "max" : `p${percent}`;
}

/** By nearest rank. */
function spread(times: readonly number[]): (percent: number) => number {
    const sorted = times.toSorted((one, other) => one - other);
    return (percent) => sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? Number.NaN;
}

function row(name: string, cells: readonly string[]): string {
    return name.padEnd(46) + cells.map((cell) => cell.padStart(10)).join("");
}
