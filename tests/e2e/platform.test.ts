// What happens around a call on the telephony platform, and a drill: with the real app and a platform that
// believes no signature it has not checked.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { after, before, test } from "node:test";

import type { DrillReport } from "../../ui/src/host/bindings/DrillReport.ts";

import { Backend } from "./backend/backend.ts";
import { Platform, QUIET } from "./backend/platform.ts";
import { type Answer, type Exchange, Telephony } from "./backend/telephony.ts";
import { built, inRepository } from "./built.ts";
import { Desktop } from "./journey/desktop.ts";
import { SEAT } from "./journey/people.ts";
import { grouped } from "./pages/emergency.ts";
import { viewOf } from "./pages/main.ts";
import { stopAll, until } from "./session/process.ts";

const PICTURES = inRepository("target", "e2e");
const MARIA = "maria.chen";
const DRILL = "DRILL: nobody was called";

/** Every answer to a telephony platform has this long, whatever is broken. */
const BUDGET_MS = 500;

let platform: Platform;
let backend: Backend;
let telephony: Telephony;
let maria: Desktop;
let sam: Desktop;

before(async () => {
    await mkdir(PICTURES, { recursive: true });
    platform = await Platform.start();
    backend = await Backend.start(built("whereabouts-test-server"), platform.settings);
    telephony = new Telephony(backend.url, await backend.key("telephony", "pbx"));
    [maria, sam] = await Promise.all([Desktop.of(built("whereabouts")), Desktop.of(built("whereabouts"))]);
    await maria.enrol(backend.url, await backend.enrol(MARIA));
    await maria.ask.anotherSeat();
    await maria.seats.choose("181", SEAT.id);
    await maria.main.press("Enter");
    await maria.standing.isConfirmed(SEAT.label);
    await sam.enrol(backend.url, await backend.enrol("sam.ortiz"));
    await sam.team.coverage(/covered/);
});

after(() => stopAll(maria, sam, backend, platform));

test("a drill says on every screen that it is one, is timed to its end, and leaves nothing behind", async () => {
    const { window } = maria.emergency;
    const drill = drilled();
    await maria.emergency.isShown("open", DRILL);
    await window.shows("drill-why", "Nobody is sent");
    await window.hides("end-call");
    await window.hides("hang-up");
    assert.match(await maria.emergency.announcement(), /^DRILL: nobody was called\. This is a drill/);
    await maria.main.shows("emergency-strip", DRILL);
    await maria.picture(`${PICTURES}/drill-maria.png`);
    await sam.main.shows("emergencies", "Drill: Maria Chen");
    assert.doesNotMatch(await sam.team.row(MARIA, SEAT.label), /On an emergency call/);
    await sam.picture(`${PICTURES}/drill-sam.png`);
    const call = (await viewOf(maria.main)).emergency?.emergency.call_id;
    await sam.main.click(`handle-${call}`);

    const { ended_at, rows } = await drill;
    const [row] = rows;
    assert.equal(rows.length, 1);
    assert.ok(ended_at !== null);
    assert.deepEqual([row?.username, row?.online, row?.location_status], [MARIA, true, "confirmed"]);
    assert.equal(row?.outcome, "complete");
    for (const stage of ["banner_ms", "notified_ms", "acknowledged_ms"] as const) {
        assert.ok(Number(row?.[stage]) > 0, `${stage}: ${row?.[stage]}`);
    }
    await window.goes();
    await maria.main.hides("emergency-strip");
    await sam.main.hides("emergencies");
    assert.deepEqual(platform.asked.map(({ verb, task }) => task?.event ?? verb), ["drill"]);
});

test("a real call outranks a drill, which ends", async () => {
    platform.choose(MARIA, "lunch", "At lunch");
    const drill = drilled();
    await maria.emergency.isShown("open", DRILL);
    await dials("real");
    await maria.emergency.isShown("open", "Emergency call in progress");
    await maria.emergency.window.shows("end-call", "End call");
    await maria.main.shows("emergency-strip", "Emergency call in progress");
    assert.match(await maria.emergency.announcement(), /^Emergency call in progress/);
    const { rows } = await drill;
    assert.equal(rows[0]?.outcome, "in_call");
    await maria.emergency.isShown("open", "Emergency call in progress");
    await sam.team.emergency("real", "Maria Chen is on an emergency call");
    await maria.picture(`${PICTURES}/drill-outranked.png`);
    await platform.comesTo(MARIA, QUIET);
    await telephony.hangUp("real");
    await platform.comesTo(MARIA, "At lunch");
});

test("she dials 911: her own status is kept, and she is not disturbed", async () => {
    platform.forget();
    await dials("first");
    await platform.comesTo(MARIA, QUIET);
    await maria.emergency.isShown("open", "Emergency call in progress");
    await maria.emergency.window.shows("presence", QUIET);
    await sam.team.row(MARIA, QUIET);
    await maria.picture(`${PICTURES}/presence-maria.png`);
    await sam.picture(`${PICTURES}/presence-sam.png`);
    const [read, set] = platform.asked.filter(({ verb }) => verb.startsWith("presence"));
    assert.deepEqual([read?.verb, set?.verb], ["presence.read", "presence.set"], "asked before it is set");
    assert.deepEqual([set?.agent, set?.do_not_disturb, set?.expires_in_seconds], [MARIA, true, 3_600]);
});

test("End call asks once, Escape takes it back, and the second press has the platform hang up", async () => {
    const { window } = maria.emergency;
    await window.click("end-call");
    await window.shows("end-call", "Press again to hang up");
    await maria.picture(`${PICTURES}/end-call-asked.png`);
    await window.press("Escape");
    await window.shows("end-call", "End call");
    await window.hides("end-call-no");
    await window.click("end-call");
    await window.click("end-call-no");
    await window.shows("end-call", "End call");
    assert.deepEqual(platform.of("call.end"), [], "nobody has pressed twice");
    await window.click("end-call");
    await window.click("end-call");
    await until("the platform is asked to hang up", BUDGET_MS * 10, async () => platform.of("call.end").length > 0);
    await window.shows("end-call-status", "Hanging up");
    const ended = platform.of("call.end").map((asked) => [asked.agent, asked.call_id, asked.platform]);
    assert.deepEqual(ended, [[MARIA, "first", "pbx"]]);
    await maria.emergency.isShown("open", "Emergency call in progress");
});

test("the call is over: she has her own status back", async () => {
    await telephony.hangUp("first");
    await maria.emergency.isShown("ended", "Emergency call ended");
    await platform.comesTo(MARIA, "At lunch");
    await maria.emergency.window.hides("presence");
    await sam.main.hides(`presence-${MARIA}`);
    const [set, restored, ...more] = platform.of("presence.set");
    assert.deepEqual([restored?.do_not_disturb, restored?.status?.id], [false, "lunch"]);
    assert.equal(restored?.only_if_mark, set?.mark);
    assert.deepEqual(more, [], "set once, restored once");
});

test("a platform that hangs, and then refuses, is said quietly and holds up nothing", async () => {
    const { window } = maria.emergency;
    platform.behaviour = "hangs";
    const { answer } = await dials("second");
    await maria.emergency.isShown("open", "Emergency call in progress");
    await window.shows("presence", "could not be set to Do Not Disturb");
    await maria.emergency.address(SEAT.street);
    await maria.emergency.callbackNumber(grouped(answer.callback_number ?? ""));
    assert.doesNotMatch(await maria.emergency.announcement(), /Disturb/);
    await sam.main.shows("presence-trouble", "Their status could not be set to Do Not Disturb.");
    platform.behaviour = { refuses: 503 };
    await window.click("end-call");
    await window.click("end-call");
    await window.shows("end-call-status", "Hang up on your softphone");
    await maria.picture(`${PICTURES}/presence-trouble-maria.png`);
    await sam.picture(`${PICTURES}/presence-trouble-sam.png`);

    platform.behaviour = "well";
    await platform.comesTo(MARIA, QUIET);
    await window.shows("presence", QUIET);
    await sam.main.hides("presence-trouble");
    platform.behaviour = { refuses: 403 };
    await telephony.hangUp("second");
    await maria.emergency.isShown("ended", "Emergency call ended");
    await window.shows("presence", "Your status is not back to what it was");
    await sam.main.shows("presence-trouble", "Their status is not back to what it was.");
    await maria.picture(`${PICTURES}/presence-not-restored.png`);
    platform.behaviour = "well";
    await platform.comesTo(MARIA, "At lunch");
    await window.hides("presence");
});

test("nothing that was asked lacked a right signature, time, name or verb; what does is not taken", async () => {
    assert.deepEqual(platform.wrong, []);
    const forged = await fetch(platform.url, {
        method: "POST",
        headers: { "whereabouts-timestamp": String(Math.floor(Date.now() / 1000)), "whereabouts-signature": `v1=${"0".repeat(64)}` },
        body: JSON.stringify({ verb: "call.end" }),
    });
    assert.equal(forged.status, 401);
});

/** Starts a drill; what becomes of it is told at its end. */
function drilled(): Promise<DrillReport> {
    const report = backend.drill(MARIA);
    // A test that fails before it asks has its own reason.
    report.catch(() => {});
    return report;
}

async function dials(call_id: string): Promise<Exchange<Answer>> {
    const dialled = await telephony.dial({ call_id, agent: MARIA, dialled: "911" });
    assert.equal(dialled.status, 201);
    assert.ok(dialled.milliseconds < BUDGET_MS, `${dialled.milliseconds} ms`);
    return dialled;
}
