// How an address is written, read and corrected, in the real app and a real web view.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { after, before, test } from "node:test";

import { Backend } from "./backend/backend.ts";
import { built, inRepository } from "./built.ts";
import { Desktop } from "./journey/desktop.ts";
import { SEAT } from "./journey/people.ts";
import { stopAll, until } from "./session/process.ts";

const PICTURES = inRepository("target", "e2e");

let backend: Backend;
let desk: Desktop;

before(async () => {
    await mkdir(PICTURES, { recursive: true });
    backend = await Backend.start(built("whereabouts-test-server"));
    desk = await Desktop.of(built("whereabouts"));
    await desk.enrol(backend.url, await backend.enrol("devon.walsh"));
    await desk.ask.somewhereElse();
});

after(() => stopAll(desk, backend));

for (const [country, text, parts] of [
    ["us", "612 N Alder St Apt 4B, Tacoma WA 98406", ["number: 612", "street: N Alder St", "unit: Apt 4B", "city: Tacoma", "state: WA", "ZIP: 98406"]],
    ["ca", "233 rue Sherbrooke O, app. 5, Montréal QC H2X 1X8", ["number: 233", "city: Montréal", "province: QC", "postcode: H2X 1X8"]],
    ["gb", "Flat 2, 14 Maple Road, Leeds LS6 2AB", ["flat: Flat 2", "number: 14", "post town: Leeds", "postcode: LS6 2AB"]],
    ["dk", "Nørregade 12, 2. tv, 1165 København K", ["number: 12", "street: Nørregade", "postcode: 1165"]],
] as const) {
    test(`a line lights up by the names its country has for the parts (${country})`, async () => {
        const named = await desk.address.parts(text);
        await desk.picture(`${PICTURES}/address-${country}.png`);
        for (const part of parts) assert.ok(named.includes(part), `${part} is not among ${named.join(" | ")}`);
        await desk.main.shows("responder-text");
    });
}

test("the building of a site asks for the door, and one part is corrected by itself", async () => {
    await desk.main.write("address-text", `${SEAT.street}, Seattle, WA 98121`);
    await desk.main.shows("unit-needed");
    await desk.main.hides("use-address");
    await desk.main.write("unit-floor", "5");
    await desk.main.write("unit-room", "501");
    await desk.main.press("Enter");
    await desk.main.shows("use-address");
    await desk.address.correct("flr", "6");
    await desk.main.shows("responder-text", /6/);
    await desk.picture(`${PICTURES}/address-parts.png`);
    const back = await desk.main.maximise();
    await desk.picture(`${PICTURES}/address-wide.png`);
    await back();
    await desk.main.click("use-address");
    await until("the address stands", 20_000, async () => (await desk.main.read("standing-lines"))?.includes(SEAT.street) === true);
    await desk.main.shows("standing-lines", /6/);
});
