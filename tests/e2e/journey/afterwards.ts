// The callback, what is left of it all, and the end of the day.
import assert from "node:assert/strict";

import { filesWith } from "../backend/traces.ts";
import { grouped } from "../pages/emergency.ts";
import { CALL, CALLBACK, CENTRE, HOME, SEAT, TEST_CALL } from "./people.ts";
import type { Step } from "./stage.ts";

/** The default callback window, and a minute. */
const OVER_SECONDS = 3_660;

export const afterwards: Step[] = [
    {
        name: "callback",
        says: "The 911 centre calls back: telephony is sent to her past every queue, and her window rings",
        async play({ maria, telephony }, day) {
            const called = await telephony.callBack({
                call_id: CALLBACK,
                number: day.callbackNumber,
                caller: CENTRE,
            });
            assert.ok(called.status < 300, `${called.status}`);
            assert.equal(called.answer.decision, "agent");
            assert.equal(called.answer.agent, "maria.chen");
            assert.ok(called.answer.contact, "telephony needs to know where to put the call through");
            await maria.emergency.isShown("ringing", /911 is calling back/);
            await maria.emergency.address(HOME.street);
        },
    },
    {
        name: "callback-over",
        says: "The callback is over: the window is neutral again",
        async play({ maria, telephony }, day) {
            const over = await telephony.callbackOver(CALLBACK);
            assert.ok(over.status < 300, `${over.status}`);
            await maria.emergency.isShown("ended", "Emergency call ended");
            await maria.emergency.callbackNumber(grouped(day.callbackNumber));
        },
    },
    {
        name: "window-over",
        says: "An hour later the window is gone, the number leads to the security desk, and nothing of the call is on any disk",
        where: ({ backend }) => backend !== undefined,
        async play({ maria, sam, telephony, backend }, day) {
            assert.ok(backend);
            const home = maria.home;
            // The search must be able to find: the seats stand in the store.
            assert.ok((await filesWith([SEAT.label], backend.folder)).length > 0, "the search finds nothing at all");
            await backend.setClock(OVER_SECONDS);
            await maria.emergency.window.goes();
            await maria.main.hides("emergency-strip");
            await sam.main.hides(`emergency-${CALL}`);
            const { answer } = await telephony.whoHas(day.callbackNumber);
            assert.equal(answer.decision, "security_desk");
            assert.ok(answer.contact);
            const planted = [CALL, TEST_CALL, CALLBACK, CENTRE, CENTRE.slice(1), grouped(CENTRE), HOME.street, HOME.typed];
            assert.deepEqual(await filesWith(planted, backend.folder), [], "files of the server");
            assert.deepEqual(await filesWith(planted, home), [], "files of her app");
            assert.deepEqual(await filesWith(planted, sam.home), [], "files of the supervisor's app");
            // The number itself stays in the pool, to be lent again.
            assert.deepEqual(await filesWith([day.callbackNumber], home), [], "files of her app");
            assert.ok(!(await backend.log()).includes(day.callbackNumber), "the log of the server");
        },
    },
    {
        name: "end-of-shift",
        says: "She ends her shift",
        async play({ maria, telephony }) {
            await maria.standing.endShift();
            await maria.main.shows("shift-ended");
            const { answer } = await telephony.locate("maria.chen");
            assert.equal(answer.location_status, "stale");
        },
    },
    {
        name: "next-morning",
        says: "When the app starts again it asks about the place she was at last, and one key confirms it",
        async play({ maria, telephony }) {
            await maria.kill();
            await maria.open();
            await maria.ask.guesses("Home");
            await maria.main.press("Enter");
            await maria.standing.isConfirmed(HOME.street);
            const { answer } = await telephony.locate("maria.chen");
            assert.equal(answer.location_status, "confirmed");
        },
    },
    {
        name: "declined",
        says: "She would rather not say: the screen says what that means, and telephony is told",
        async play({ maria, telephony }) {
            await maria.standing.change();
            await maria.ask.decline("Visiting family");
            await maria.main.shows("standing-word", "You chose not to say where you are");
            const { answer } = await telephony.locate("maria.chen");
            assert.equal(answer.location_status, "declined");
            assert.doesNotMatch(JSON.stringify(answer), /Wintergreen/);
        },
    },
];
