// A drill on the page, from the button to the table, by the real server.
import { readFile } from "node:fs/promises";

import { Agent } from "../backend/agent.ts";
import { expect, test } from "./fixtures.ts";

test("a drill is started, seen to its end, and taken along as a table", async ({ desk, page, backend }, info) => {
    const maria = await Agent.signIn(backend.url, await backend.enrol("maria.chen"));
    await desk.signIn();
    await page.getByTestId("run-drill").focus();
    await page.keyboard.press("Enter");
    await page.getByTestId("drill-whom").selectOption("chosen");
    await page.getByTestId("drill-person-maria.chen").check();
    await page.getByTestId("drill-person-devon.walsh").check();
    await expect(page.getByTestId("drill-what")).toContainText("It reaches 2 people. Devon Walsh, Maria Chen");
    await page.screenshot({ path: info.outputPath("dialog.png") });
    await page.getByTestId("drill-start").click();
    await expect(page.getByTestId("drill-dialog")).toHaveCount(0);
    await expect(page.getByTestId("run-drill")).toBeFocused();
    await expect(page.getByTestId("drill-progress")).toHaveText("0 of 2 done");

    // The calls of the drill are among those that are shown, and Maria's desktop says that she sees hers.
    const calls = page.getByTestId("emergencies").getByRole("listitem");
    await expect(calls.filter({ hasText: "Drill: Maria Chen" })).toBeVisible();
    await expect.poll(async () => (await maria.me()).emergency?.reference ?? "").not.toBe("");
    await maria.bannerShown((await maria.me()).emergency?.reference ?? "");
    await calls.filter({ hasText: "Drill: Maria Chen" }).getByTestId(/^handle-/).click();
    const row = page.getByTestId("drilled-maria.chen");
    await expect(row.getByRole("cell").nth(2)).toContainText("sec");
    await expect(row.getByRole("cell").nth(4)).toContainText("sec");
    await page.screenshot({ path: info.outputPath("running.png") });

    // Somebody else who watches sees the same drill, and cannot begin another.
    const second = await page.context().newPage();
    await second.goto(desk.url);
    await expect(second.getByTestId("drill-progress")).toBeVisible();
    await expect(second.getByTestId("run-drill")).toHaveAttribute("aria-disabled", "true");
    await second.close();

    // Nobody is set up to be told here, so it ends by itself.
    await backend.setClock(125);
    const sentence = "0 of 2 complete. For one person no notice arrived anywhere. One app was not connected.";
    await expect(page.getByTestId("drill-sentence")).toHaveText(sentence, { timeout: 30_000 });
    await expect(page.getByTestId("drill-announced")).toHaveText(`The drill has ended. ${sentence}`);
    await expect(page.getByTestId("drill-chart").getByTestId("bars-maria.chen").locator("rect[data-stage=banner]")).toHaveCount(1);
    await expect(calls).toHaveCount(0);
    expect(await desk.violations()).toEqual([]);
    await page.screenshot({ path: info.outputPath("report.png"), fullPage: true });

    const coming = page.waitForEvent("download");
    await page.getByTestId("drill-csv").click();
    const download = await coming;
    expect(download.suggestedFilename()).toMatch(/^drill-\d{4}-\d{2}-\d{2}T\d{2}-\d{2}Z\.csv$/);
    const lines = (await readFile(await download.path(), "utf8")).trim().split("\n");
    expect(lines[0]).toContain("drill_id,started_at,username,display_name,online,answer_ms,banner_ms");
    expect(lines.slice(1).map((line) => line.split(",").filter((_, at) => at === 2 || at === 10)).sort()).toEqual([
        ["devon.walsh", "offline"],
        ["maria.chen", "not_notified"],
    ]);

    await page.reload();
    await expect(page.getByTestId("earlier-drills-summary")).toHaveText("1 earlier drill");
});

test("what the server refuses is said, and nothing was begun", async ({ desk, page, backend, expected }) => {
    expected.push(/status of 409/, /ERR_/);
    await desk.signIn();
    await page.route("**/v1/drills", (route) => (route.request().method() === "POST" ? route.abort() : route.fallback()));
    await page.getByTestId("run-drill").click();
    await page.getByTestId("drill-start").click();
    await expect(page.getByTestId("drill-refused")).toContainText("The server cannot be reached");
    await page.unroute("**/v1/drills");

    // Another page was quicker: this one is told so, and shows the drill that runs.
    const second = await page.context().newPage();
    await second.goto(desk.url);
    await second.getByTestId("run-drill").click();
    await second.getByTestId("drill-start").click();
    await expect(second.getByTestId("drill-progress")).toBeVisible();
    await page.getByTestId("drill-start").click();
    await expect(page.getByTestId("drill-refused")).toContainText("A drill is running already");
    await page.keyboard.press("Escape");
    await expect(page.getByTestId("drill-progress")).toHaveText("0 of 5 done");
    await backend.setClock(125);
    await expect(page.getByTestId("drill-sentence")).toContainText("5 apps were not connected", { timeout: 30_000 });
});
