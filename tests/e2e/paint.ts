// How long it takes from the answer to the telephony platform until the emergency window is painted, with the
// app in the tray (never a window since it started) and with its main window open. The app says in its log
// when the first frame is drawn; both ends are read from the clock of this machine. Builds nothing:
//   node --import tsx paint.ts [--profile release] [--runs 20]
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
import { type Process, until } from "./session/process.ts";

const { values: options } = parseArgs({
    options: { profile: { type: "string", default: "debug" }, runs: { type: "string", default: "20" } },
});
const RUNS = Number(options.runs);
const PATIENCE_MS = 60_000;
/** The callback window, and a little. */
const WINDOW_SECONDS = 3_700;
const PAINTED = "the emergency window is painted";
const TITLE = "Emergency call";
const RECONNECTS_MS = 1_500;

const app = built("whereabouts", options.profile);
const backend = await Backend.start(built("whereabouts-test-server", options.profile));
const telephony = new Telephony(backend.url, await backend.key("telephony", "pbx"));
const desktop = await Desktop.of(app);
let passed = 0;
try {
    await desktop.enrol(backend.url, await backend.enrol("maria.chen"));
    await desktop.ask.anotherSeat();
    await desktop.seats.choose("181", SEAT.id);
    await desktop.main.press("Enter");
    await desktop.standing.isConfirmed(SEAT.label);
    await desktop.kill();
    report("tray", await fromTheTray());
    report("main", await withTheMainWindowOpen());
} finally {
    await desktop.stop();
    await backend.stop();
}

/** The app starts to the tray anew for each call: no web view has run yet. */
async function fromTheTray(): Promise<number[]> {
    const times = [];
    for (let run = 0; run < RUNS; run++) {
        await isOnline(false);
        const running = await desktop.session.start(app, ["--tray"]);
        await isOnline(true);
        times.push(await callIsPainted(`tray-${run}`));
        // Before it ends: an app that remembers an open call shows it as soon as it starts.
        await closeWindow(`tray-${run}`);
        await end(running);
    }
    return times;
}

/** One app with its main window open takes every call. */
async function withTheMainWindowOpen(): Promise<number[]> {
    const times = [];
    await isOnline(false);
    const running = await desktop.session.start(app, []);
    await isOnline(true);
    await until("the main window is open", PATIENCE_MS, () => desktop.session.display.has("Whereabouts"));
    for (let run = 0; run < RUNS; run++) {
        times.push(await callIsPainted(`main-${run}`));
        await closeWindow(`main-${run}`);
        await isOnline(true);
    }
    await end(running);
    return times;
}

/** Milliseconds from the answer to the first frame. */
async function callIsPainted(call_id: string): Promise<number> {
    const before = (await paintings()).length;
    await telephony.dial({ call_id, agent: "maria.chen", dialled: "911" });
    const answered = Date.now();
    await until(`${call_id} is painted`, PATIENCE_MS, async () => (await paintings()).length > before);
    const [painted] = (await paintings()).slice(before);
    return (painted ?? Number.NaN) - answered;
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
        return rows.find((row) => row.username === "maria.chen")?.online === online;
    });
}

async function end(running: Process): Promise<void> {
    running.kill("SIGKILL");
    await running.ended;
}

function report(scenario: string, times: readonly number[]): void {
    const sorted = times.toSorted((one, other) => one - other);
    const rank = (share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN);
    const figures = [50, 95, 99].map((percent) => `p${percent}_ms=${rank(percent / 100)}`).join(" ");
    const load = loadavg()[0]?.toFixed(1);
    console.log(`${scenario}: ${sorted.map(Math.round).join(" ")}`);
    console.log(`painted scenario=${scenario} profile=${options.profile} runs=${times.length} ${figures} load=${load}`);
}
