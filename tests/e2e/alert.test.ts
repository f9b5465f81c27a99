// Whoever is told of calls hears of one also while the app is only an icon beside the clock.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Agent } from "./backend/agent.ts";
import { Backend } from "./backend/backend.ts";
import { Telephony } from "./backend/telephony.ts";
import { built } from "./built.ts";
import { Desktop } from "./journey/desktop.ts";
import { SEAT } from "./journey/people.ts";
import { type Process, stopAll, until } from "./session/process.ts";

const PATIENCE_MS = 20_000;
const TITLE = "Whereabouts";
/** Where the call stands in a window in the middle of the screen. */
const CARD = [640, 510] as const;
/** What the person works in meanwhile. */
const TYPED_INTO = "Customer";

let backend: Backend;
let desk: Desktop;
const running: Process[] = [];

before(async () => {
    backend = await Backend.start(built("whereabouts-test-server"));
    desk = await Desktop.of(built("whereabouts"));
    await desk.enrol(backend.url, await backend.enrol("sam.ortiz"));
    await desk.kill();
});

after(async () => {
    for (const program of running) {
        program.kill("SIGKILL");
        await program.ended;
    }
    await stopAll(desk, backend);
});

test("a call of somebody else opens the team's view from the tray, and leaves the keyboard alone", async () => {
    const maria = await Agent.signIn(backend.url, await backend.enrol("maria.chen"));
    await maria.sitDown(SEAT.id);
    const elsewhere = await Agent.signIn(backend.url, await backend.enrol("sam.ortiz"));
    const { display } = desk.session;
    running.push(await desk.session.start("display", ["-title", TYPED_INTO, "-size", "300x100", "xc:white"]));
    await until("the other program is there", PATIENCE_MS, () => display.has(TYPED_INTO));
    await display.raise(TYPED_INTO);
    running.push(await desk.session.start(built("whereabouts"), ["--tray"]));
    await until("the app is connected", PATIENCE_MS, async () => {
        const { rows } = await elsewhere.roster();
        return rows.find((row) => row.username === "sam.ortiz")?.online === true;
    });
    assert.equal(await display.has(TITLE), false);
    const telephony = new Telephony(backend.url, await backend.key("telephony", "pbx"));
    await telephony.dial({ call_id: "call-1", agent: "maria.chen", dialled: "911" });
    await until("the window is there", PATIENCE_MS, () => display.has(TITLE));
    await until("the team's view is drawn", PATIENCE_MS, async () => {
        const { red, green, blue } = await display.colourAt(...CARD);
        return red > 100 && green < 50 && blue < 50;
    });
    assert.equal(await display.focused(), TYPED_INTO);
});
