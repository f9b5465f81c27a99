// What the security desk sees of the emergency, in a browser.
import assert from "node:assert/strict";

import { CALL, HOME } from "./people.ts";
import type { Step } from "./stage.ts";

export const securityDesk: Step = {
    name: "security-desk",
    seenBy: "desk",
    says: "The security desk has the call in its browser, above everything else, and does not see her home address",
    async play({ desk, codes }) {
        assert.ok(desk && codes.desk, "there is a page and a code for it");
        await desk.signIn(codes.desk);
        assert.match(await desk.call(CALL), /Maria Chen is on an emergency call/);
        const source = await desk.page.content();
        for (const word of [HOME.street, HOME.number, "Tacoma"]) {
            assert.ok(!source.includes(word), `the page of the security desk holds ${word}`);
        }
    },
};
