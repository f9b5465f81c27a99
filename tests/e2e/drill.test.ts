// A drill in the real app: the supervisor's button, the agent's banner, and the table in a file.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";

import { Backend } from "./backend/backend.ts";
import { built, inRepository } from "./built.ts";
import { Desktop } from "./journey/desktop.ts";
import { stopAll } from "./session/process.ts";

let backend: Backend;
let maria: Desktop;
let sam: Desktop;

before(async () => {
    backend = await Backend.start(built("whereabouts-test-server"));
    maria = await Desktop.of(built("whereabouts"));
    sam = await Desktop.of(built("whereabouts"));
});

after(() => stopAll(maria, sam, backend));

test("a supervisor runs a drill, the agent sees the word, and the table lies among the downloads", async () => {
    await maria.enrol(backend.url, await backend.enrol("maria.chen"));
    await sam.enrol(backend.url, await backend.enrol("sam.ortiz"));
    await sam.main.click("run-drill");
    await sam.main.select("drill-whom", "chosen");
    await sam.main.write("drill-find", "maria");
    await sam.main.click("drill-person-maria.chen");
    await sam.main.shows("drill-what", "It reaches 1 person. Maria Chen");
    await sam.main.click("drill-start");
    await sam.main.hides("drill-dialog");

    await maria.emergency.window.opens();
    await maria.emergency.window.shows("emergency-title", /drill/i);
    await sam.main.shows("drill-progress", "0 of 1 done");
    await sam.main.shows("drilled-maria.chen", /Banner\s+[\d.]+.sec/);
    await sam.picture(join(inRepository("target", "e2e"), "drill-running.png"));

    // Nobody can be told here, so it ends by itself.
    await backend.setClock(125);
    await sam.main.shows("drill-sentence", "0 of 1 complete. For one person no notice arrived anywhere.");
    await sam.main.click("drill-csv");
    const said = await sam.main.shows("drill-saved", /^Saved as .+\.csv$/);
    const path = said.replace("Saved as ", "");
    assert.ok(path.startsWith(`${sam.home}/`), path);
    const table = await readFile(path, "utf8");
    assert.match(table, /^drill_id,started_at,username,[^\n]+\n[^\n]+,maria\.chen,Maria Chen,true,\d+,\d+,,,[^\n]+,not_notified\n$/);
    await sam.picture(join(inRepository("target", "e2e"), "drill-report.png"));

    // Once more, beside the first.
    await sam.main.click("drill-csv");
    const second = (await sam.main.shows("drill-saved", /\(2\)\.csv$/)).replace("Saved as ", "");
    assert.equal(dirname(second), dirname(path));
    assert.equal(await readFile(second, "utf8"), table);
});
