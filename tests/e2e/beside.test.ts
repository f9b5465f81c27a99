// What goes wrong on an ordinary day, each shown as a sentence to act on.
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { after, before, test } from "node:test";

import { Agent } from "./backend/agent.ts";
import { Backend } from "./backend/backend.ts";
import { built } from "./built.ts";
import { Desktop } from "./journey/desktop.ts";
import { OTHER_SEAT, SEAT } from "./journey/people.ts";
import { stopAll, until } from "./session/process.ts";

const HALF_AN_HOUR = 1_800;

let backend: Backend;
let desk: Desktop;

before(async () => {
    backend = await Backend.start(built("whereabouts-test-server"));
    desk = await Desktop.of(built("whereabouts"));
});

after(() => stopAll(desk, backend));

test("a server that is not there and a code that is no use are said in words, and what was typed stays", async () => {
    await desk.open();
    const used = await backend.enrol("maria.chen");
    await Agent.signIn(backend.url, used);
    for (const [server, code, why] of [
        ["not an address", used, /not a server address/],
        ["http://127.0.0.1:9", used, /cannot be reached/],
        [backend.url, "ABCD-EFGH-JKLM", /not known/],
        [backend.url, used, /was used before/],
    ] as const) {
        await desk.signIn.type(server, code);
        await desk.signIn.submit();
        await desk.signIn.refuses(why);
        assert.deepEqual(await desk.signIn.offers(), { server, code });
    }
});

test("a code that has run out is said so, and the next one signs in", async () => {
    const late = await backend.enrol("maria.chen");
    await backend.setClock(HALF_AN_HOUR);
    await desk.signIn.type(backend.url, late);
    await desk.signIn.submit();
    await desk.signIn.refuses(/has run out/);
    await desk.signIn.type(backend.url, await backend.enrol("maria.chen"));
    await desk.signIn.submit();
    await desk.ask.knowsNothing();
});

test("two agents on one seat are both told, and neither is refused", async () => {
    const devon = await Agent.signIn(backend.url, await backend.enrol("devon.walsh"));
    await devon.sitDown(SEAT.id);
    await desk.ask.anotherSeat();
    await desk.seats.chooseOnPlan("SEA", "5", SEAT.id);
    await desk.main.shows("seat-taken", "Devon Walsh");
    await desk.main.press("Enter");
    await desk.standing.isConfirmed(SEAT.label);
    await desk.main.shows("notice-seat_conflict", "Devon Walsh");
    const { notices } = await devon.me();
    assert.match(notices.map((notice) => notice.text).join("\n"), /Maria Chen/);
    await devon.sitDown(OTHER_SEAT.id);
    await desk.main.hides("notice-seat_conflict");
});

test("without a keychain what is not sent is kept in memory only, and the app says so", async () => {
    const bare = await Desktop.of(built("whereabouts"), { keychain: false });
    try {
        await bare.enrol(backend.url, await backend.enrol("devon.walsh"));
        await bare.main.click("open-settings");
        await bare.main.shows("secrets", "Does not answer");
        await bare.main.click("back");
        await bare.standing.change();
        await bare.ask.anotherSeat();
        await bare.seats.choose("181", SEAT.id);
        await backend.kill();
        await bare.main.press("Enter");
        await bare.standing.isUnsent();
        await bare.main.shows("memory-only", "only kept while Whereabouts runs");
        assert.deepEqual(await readdir(bare.data).catch(() => []), [], "something was written all the same");
        await backend.restart();
        await bare.standing.isConfirmed(SEAT.label);
    } finally {
        await bare.stop();
    }
});

test("an app that is started twice comes to the front instead", async () => {
    const { session } = desk;
    const windows = (await desk.app.browser.getWindowHandles()).length;
    const second = await session.start(built("whereabouts"), ["--server", backend.url]);
    await until("the second app ends by itself", 20_000, async () => !second.isRunning);
    assert.equal((await desk.app.browser.getWindowHandles()).length, windows);
    await desk.standing.isConfirmed(SEAT.label);
});
