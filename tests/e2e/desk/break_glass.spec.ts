// Opening a home address, which is on record and which its owner is told of.
import { Agent } from "../backend/agent.ts";
import type { Backend } from "../backend/backend.ts";
import { expect, test } from "./fixtures.ts";

const CALL = "pbx-911-0x5eed0002";
const OPEN = "open-address-devon.walsh";

test("during a call no reason is asked for, and the agent reads who opened it", async ({ desk, page, backend, telephony }, info) => {
    const devon = await atHome(backend);
    const { lines = [] } = (await devon.me()).served ?? {};
    await desk.signIn();
    await telephony.dial({ call_id: CALL, agent: "devon.walsh", dialled: "911" });
    const lock = desk.call(CALL).getByTestId(OPEN);
    await lock.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Why do you open Devon Walsh’s address?" });
    await expect(dialog).toContainText("no reason is needed");
    expect(await desk.violations()).toEqual([]);
    await page.screenshot({ path: info.outputPath("asked.png") });
    await expect(dialog.getByTestId("reason")).toBeFocused();
    await page.keyboard.press("Enter");
    const opened = page.getByTestId("opened-address");
    for (const line of lines) await expect(opened).toContainText(line);
    await expect(page.getByRole("dialog", { name: "Devon Walsh" })).toContainText("The address that was sent with the call");
    expect(await desk.violations()).toEqual([]);
    await page.screenshot({ path: info.outputPath("opened.png") });
    await expect(page.getByTestId("close-address")).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("break-glass")).toHaveCount(0);
    await expect(lock, "the keyboard is where it was").toBeFocused();
    for (const line of lines) expect(await page.content()).not.toContain(line);
    expect(await noticesOf(devon)).toContain("Security Desk opened your address");
});

test("without a call, and during a test, it takes a reason of ten characters", async ({ desk, page, backend, telephony }, info) => {
    const devon = await atHome(backend);
    await desk.signIn();
    await telephony.dial({ call_id: "test", agent: "devon.walsh", dialled: "933" });
    await expect(desk.call("test")).toBeVisible();
    const row = page.getByTestId("row-devon.walsh");
    await expect(row, "a test is no emergency").not.toContainText("On an emergency call");
    for (const place of [desk.call("test"), row]) {
        const lock = place.getByTestId(OPEN);
        await lock.focus();
        await page.keyboard.press("Enter");
        await expect(page.getByTestId("break-glass")).not.toContainText("no reason is needed");
        await page.keyboard.press("Escape");
        await expect(page.getByTestId("break-glass")).toHaveCount(0);
        await expect(lock, "the keyboard is where it was").toBeFocused();
    }
    await page.keyboard.press("Enter");
    const dialog = page.getByTestId("break-glass");
    for (const short of ["", "Too short", "         .          "]) {
        await dialog.getByTestId("reason").fill(short);
        await page.keyboard.press("Enter");
        await expect(dialog).toContainText("Write at least 10 characters.");
        await expect(dialog.getByTestId("opened-address")).toHaveCount(0);
    }
    expect(await desk.violations()).toEqual([]);
    await page.screenshot({ path: info.outputPath("too-short.png") });
    expect(await noticesOf(devon), "nothing was opened").not.toContain("opened your address");
    await dialog.getByTestId("reason").fill("Not at the meeting point");
    await page.keyboard.press("Enter");
    await expect(dialog).toContainText("The last address they gave");
    await expect(dialog.getByTestId("opened-address")).not.toBeEmpty();
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    const told = await noticesOf(devon);
    expect(told).toContain("Security Desk opened your address");
    expect(told).toContain("Not at the meeting point");
});

/** An agent who says to be at the saved address. */
async function atHome(backend: Backend): Promise<Agent> {
    const agent = await Agent.signIn(backend.url, await backend.enrol("devon.walsh"));
    await agent.goHome();
    return agent;
}

async function noticesOf(agent: Agent): Promise<string> {
    return (await agent.me()).notices.map(({ text }) => text).join("\n");
}
