// The whole journey with real parts: the app in a real web view, the server as a process, the telephony
// platform by its interface. The server is killed where the demo only pulls out the network cable.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { after, before, test } from "node:test";

import { inRepository } from "./built.ts";
import { journey, newDay } from "./journey/journey.ts";
import { OwnStage } from "./journey/own_stage.ts";

const PICTURES = inRepository("target", "e2e");

let own: OwnStage;
let lost: string | undefined;
const day = newDay();

before(async () => {
    own = await OwnStage.set();
    await mkdir(PICTURES, { recursive: true });
});

after(() => own?.strike());

for (const step of journey) {
    test(`${step.name}: ${step.says}`, async () => {
        assert.equal(lost, undefined, `not played, because "${lost}" failed before`);
        try {
            await step.play(own.stage, day);
        } catch (error) {
            lost = step.name;
            for (const person of ["maria", "sam"] as const) {
                const file = `${PICTURES}/${step.name}-${person}.png`;
                await own.stage[person].session.display.screenshot(file).catch(() => {});
            }
            throw error;
        }
    });
}
