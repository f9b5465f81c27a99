// The main window and the emergency share a process that draws them. What hangs in one must not keep the other away.
import { after, before, test } from "node:test";
import { scheduler } from "node:timers/promises";

import { Backend } from "./backend/backend.ts";
import { Telephony } from "./backend/telephony.ts";
import { built } from "./built.ts";
import { Desktop } from "./journey/desktop.ts";
import { SEAT } from "./journey/people.ts";
import { stopAll, until } from "./session/process.ts";

/** It takes some seconds to see that a page hangs. */
const PATIENCE_MS = 30_000;

/** After this the page hangs for certain: it cannot say so itself. */
const HANGS_MS = 2_000;

let backend: Backend;
let desk: Desktop;

before(async () => {
    backend = await Backend.start(built("whereabouts-test-server"));
    desk = await Desktop.of(built("whereabouts"));
});

after(() => stopAll(desk, backend));

test("a main window that hangs does not keep the emergency from the screen", async () => {
    await desk.enrol(backend.url, await backend.enrol("maria.chen"));
    await desk.ask.anotherSeat();
    await desk.seats.choose("181", SEAT.id);
    await desk.main.press("Enter");
    await desk.standing.isConfirmed(SEAT.label);
    const telephony = new Telephony(backend.url, await backend.key("telephony", "pbx"));
    await desk.main.run(() => {
        // Once the driver has its answer.
        setTimeout(() => {
            for (;;);
        }, 200);
    });
    await scheduler.wait(HANGS_MS);
    await telephony.dial({ call_id: "hung", agent: "maria.chen", dialled: "911" });
    await until("the emergency is on the screen, in red", PATIENCE_MS, async () => {
        const { red, green, blue } = await desk.session.display.colourAt(640, 12);
        return red > 80 && green < 40 && blue < 40;
    });
    await desk.kill();
});
