// Before anything happens: saying where one is.
import assert from "node:assert/strict";
import { readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";

import { viewOf } from "../pages/main.ts";
import type { Window } from "../pages/window.ts";
import { HOME, OTHER_SEAT, SEAT } from "./people.ts";
import type { Stage, Step } from "./stage.ts";

export const morning: Step[] = [
    {
        name: "sign-in",
        says: "Maria starts the app; the server's address and her one-time code are filled in",
        async play({ maria, server, codes }) {
            await maria.open("--server", server, "--code", codes.maria);
            assert.deepEqual(await maria.signIn.offers(), { server, code: codes.maria });
        },
    },
    {
        name: "where-today",
        says: "Signed in, she is asked where she works today; if she dialled 911 now it would get her usual building, marked as unknown",
        async play({ maria, telephony }) {
            await maria.signIn.submit();
            await maria.ask.knowsNothing();
            const { answer } = await telephony.locate("maria.chen");
            assert.equal(answer.location_status, "unknown");
            assert.equal(answer.rule, "default_site");
        },
    },
    {
        name: "seat-chosen",
        says: "She presses S, types 181 and picks the seat, which lights up on the floor plan",
        async play({ maria }) {
            await maria.ask.anotherSeat();
            await maria.seats.choose("181", SEAT.id);
            await maria.main.shows("confirm", SEAT.label);
        },
    },
    {
        name: "seat-confirmed",
        says: "Enter confirms it; the screen says where 911 will be sent, and telephony is told the same",
        async play({ maria, telephony }, day) {
            await maria.main.press("Enter");
            await maria.standing.isConfirmed(SEAT.label, SEAT.street);
            await maria.main.shows("standing-times", "until");
            const { answer } = await telephony.locate("maria.chen");
            assert.equal(answer.location_status, "confirmed");
            assert.equal(answer.rule, "seat");
            assert.match(answer.lines.join("\n"), /WS 181/);
            const civic: Record<string, string> = JSON.parse(answer.civic_address_json ?? "{}");
            assert.equal(civic["country"], "US");
            assert.equal(civic["PC"], "98121");
            assert.match(civic["LOC"] ?? "", /WS ?181/);
            day.version = await versionOf(maria.main);
        },
    },
    {
        name: "moved-offline",
        says: "She moves to the next seat just as the server cannot be reached: saved here, not yet with 911",
        async play(stage) {
            const { maria, telephony, outage } = stage;
            await maria.standing.change();
            await maria.ask.anotherSeat();
            await maria.seats.choose("182", OTHER_SEAT.id);
            await outage.begin();
            await maria.main.press("Enter");
            await maria.standing.isUnsent();
            await maria.main.shows("standing-lines", OTHER_SEAT.label);
            await maria.main.shows("what-they-have", SEAT.label);
            await isKeptForHerAlone(stage);
            if (stage.backend === undefined) {
                const { answer } = await telephony.locate("maria.chen");
                assert.match(answer.lines.join("\n"), /WS 181/);
            }
        },
    },
    {
        name: "back-online",
        says: "The server is back: her change goes out once, and telephony has the new seat",
        async play({ maria, telephony, outage }, day) {
            await outage.end();
            await maria.standing.isConfirmed(OTHER_SEAT.label, SEAT.street);
            const { answer } = await telephony.locate("maria.chen");
            assert.equal(answer.location_status, "confirmed");
            assert.match(answer.lines.join("\n"), /WS 182/);
            const version = await versionOf(maria.main);
            assert.equal(version, day.version + 1, "one declaration is one version, however often it was tried");
            day.version = version;
        },
    },
    {
        name: "home-typed",
        says: "Working from home, she types her address in one line; the app shows what it understood and what 911 will see",
        async play({ maria }) {
            await maria.standing.change();
            await maria.ask.atHome();
            const { understood, responders } = await maria.address.type(HOME.typed);
            for (const part of ["1419", "wintergreen", "tacoma", "98406"]) {
                assert.match(understood, new RegExp(part, "i"));
            }
            assert.match(responders, /1419/);
            assert.match(responders, /WINTERGREEN/i);
        },
    },
    {
        name: "home-confirmed",
        says: "One click makes it her home and where she is; telephony gets the whole address",
        async play({ maria, telephony }, day) {
            await maria.address.use("Home");
            await maria.standing.isConfirmed(HOME.street, "Tacoma");
            const { answer } = await telephony.locate("maria.chen");
            assert.equal(answer.location_status, "confirmed");
            assert.equal(answer.rule, "home");
            assert.equal(answer.civic_address["HNO"], "1419");
            assert.equal(answer.civic_address["PC"], "98406");
            assert.match(answer.civic_address_json ?? "", /Wintergreen/i);
            const version = await versionOf(maria.main);
            assert.equal(version, day.version + 1);
            day.version = version;
        },
    },
];

/** The version the server gave to what the agent said last. */
async function versionOf(window: Window): Promise<number> {
    const { session } = await viewOf(window);
    assert.equal(session.state, "signed_in");
    return session.state === "signed_in" ? (session.location.served?.version ?? 0) : 0;
}

/** What waits on her computer is sealed, and nobody else may read it. */
async function isKeptForHerAlone({ maria }: Stage): Promise<void> {
    const files = await readdir(maria.data);
    assert.ok(files.length > 0, "nothing was kept");
    for (const name of files) {
        const path = join(maria.data, name);
        assert.equal((await stat(path)).mode & 0o777, 0o600, name);
        const content = await readFile(path);
        assert.ok(!content.includes(OTHER_SEAT.id) && !content.includes(SEAT.street), `${name} can be read`);
    }
}
