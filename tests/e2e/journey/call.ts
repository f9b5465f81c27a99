// From the test call to the end of the emergency.
import assert from "node:assert/strict";

import { grouped } from "../pages/emergency.ts";
import { CALL, HOME, SIP_URI, TEST_CALL } from "./people.ts";
import type { Stage, Step } from "./stage.ts";

/** Every answer to a telephony platform has this long, whatever is broken. */
const BUDGET_MS = 500;

export const call: Step[] = [
    {
        name: "test-call",
        says: "She dials 933: the window on top says that it is a test, in amber",
        async play({ maria, telephony }) {
            const dialled = await telephony.dial({ call_id: TEST_CALL, agent: "maria.chen", dialled: "933" });
            assert.equal(dialled.status, 201);
            assert.equal(dialled.answer.test, true);
            assert.match(dialled.answer.lines.join("\n"), /Wintergreen/);
            await maria.emergency.isShown("open", "TEST CALL (933)");
            await maria.emergency.address(HOME.street);
        },
    },
    {
        name: "test-heard",
        says: "What was read back to her was another address, she says; and then that she misheard",
        async play({ maria }) {
            const { window } = maria.emergency;
            await window.click("test-different");
            await window.write("test-note", "the old office");
            await window.click("test-send");
            await window.shows("test-result-mismatch", "You heard something else");
            await window.click("test-again");
            await window.click("test-same");
            await window.shows("test-result-match", "You heard the right address");
        },
    },
    {
        name: "test-over",
        says: "She hangs up: the test is over",
        async play({ maria, telephony }) {
            const over = await telephony.hangUp(TEST_CALL);
            assert.ok(over.status < 300, `${over.status}`);
            await maria.emergency.isShown("ended", "Test call ended");
        },
    },
    {
        name: "emergency-call",
        says: "She dials 911: telephony gets her address and a callback number, and her screen shows both at once",
        async play({ maria, telephony }, day) {
            const dialled = await telephony.dial({
                call_id: CALL,
                agent: SIP_URI,
                dialled: "sip:911@voice.example.com",
            });
            const { answer } = dialled;
            assert.equal(dialled.status, 201);
            assert.ok(dialled.milliseconds < BUDGET_MS, `${dialled.milliseconds} ms`);
            assert.equal(answer.agent, "maria.chen");
            assert.equal(answer.location_status, "confirmed");
            assert.equal(answer.degraded, false);
            assert.ok(answer.callback_number, "responders must have a number to call");
            day.callbackNumber = answer.callback_number;
            await isInCall(maria, day.callbackNumber);
            assert.match(await maria.emergency.announcement(), /Emergency call in progress/);
            await maria.main.shows("emergency-strip", "Emergency call in progress");
        },
    },
    {
        name: "sound",
        says: "She looks what her computer hears and speaks with; no platform here can hang up, and the window says so",
        async play({ maria }, day) {
            const { window } = maria.emergency;
            await window.click("audio-devices");
            await window.shows("audio-panel");
            await window.shows("sound-settings");
            await window.click("audio-devices");
            await window.hides("audio-panel");
            await window.shows("hang-up", "hang up on your softphone");
            await isInCall(maria, day.callbackNumber);
        },
    },
    {
        name: "supervisor",
        seenBy: "sam",
        says: "Her supervisor has the call above everybody else, and does not see her home address",
        async play({ sam, server, codes }) {
            await sam.enrol(server, codes.sam);
            const shown = await sam.team.emergency(CALL, "Maria Chen");
            assert.match(shown, /Home address, not shown/);
            await sam.team.row("maria.chen", "Home");
            await sam.team.coverage(/\d+ of \d+ covered/);
            const source = await sam.main.source();
            for (const word of [HOME.street, HOME.number, "Tacoma"]) {
                assert.ok(!source.includes(word), `the page of the supervisor holds ${word}`);
            }
        },
    },
    {
        name: "app-killed",
        says: "Her app dies in the middle of the call; started again, the window is back with the same content",
        async play({ maria }, day) {
            await maria.kill();
            await maria.open();
            await maria.emergency.window.opens();
            await isInCall(maria, day.callbackNumber);
            await maria.emergency.window.hides("server-away");
        },
    },
    {
        name: "server-away",
        says: "The server is lost during the call: the window keeps everything, and says that it is the last that was known",
        async play({ maria, outage }, day) {
            await outage.begin();
            await maria.emergency.window.shows("server-away");
            await isInCall(maria, day.callbackNumber);
        },
    },
    {
        name: "server-back",
        says: "The server is back, and the call is still there",
        async play({ maria, sam, outage }, day) {
            await outage.end();
            await maria.emergency.window.hides("server-away");
            await isInCall(maria, day.callbackNumber);
            await sam.team.emergency(CALL, "Maria Chen");
        },
    },
    {
        name: "not-to-be-closed",
        says: "The window cannot be closed while the call is open, and nothing can be put over it",
        async play({ maria }, day) {
            await maria.session.display.close("Emergency call");
            await isInCall(maria, day.callbackNumber);
            const restore = await maria.main.maximise();
            await maria.session.display.raise("Whereabouts");
            await isOnTop(maria);
            await restore();
        },
    },
    {
        name: "call-over",
        says: "The call ends: the window turns neutral, and the callback number stays hers",
        async play({ maria, sam, telephony }, day) {
            const over = await telephony.hangUp(CALL);
            assert.ok(over.status < 300, `${over.status}`);
            await maria.emergency.isShown("ended", "Emergency call ended");
            await maria.emergency.callbackNumber(grouped(day.callbackNumber));
            await maria.emergency.window.shows("callback-until");
            await sam.team.emergency(CALL, "call has ended");
            const { answer } = await telephony.whoHas(day.callbackNumber);
            assert.equal(answer.decision, "agent");
            assert.equal(answer.agent, "maria.chen");
        },
    },
];

type Desktop = Stage["maria"];

/** The address to read aloud and the number to be called back on, in red, on top. */
async function isInCall(desktop: Desktop, callbackNumber: string): Promise<void> {
    await desktop.emergency.isShown("open", "Emergency call in progress");
    await desktop.emergency.address(HOME.number);
    await desktop.emergency.address(HOME.street);
    await desktop.emergency.callbackNumber(grouped(callbackNumber));
    await desktop.emergency.window.shows("stay-on-line", "Do not hang up");
}

/** The middle of the upper edge is the red of an alarm, whatever else is open. */
async function isOnTop({ session }: Desktop): Promise<void> {
    const { red, green, blue } = await session.display.colourAt(640, 12);
    assert.ok(red > 80 && green < 40 && blue < 40, `the top of the screen is rgb(${red}, ${green}, ${blue})`);
}
