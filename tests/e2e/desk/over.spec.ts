// A call whose end no platform reports is ended by whoever watches.
import { Agent } from "../backend/agent.ts";
import { expect, test } from "./fixtures.ts";

const CALL = "pbx-911-0x5eed0002";

/** A platform that reports the end has done so by now. */
const LATE_SECONDS = 125;

test("\"The call is over\" is offered after two minutes, asks once, and takes the call off the screens", async ({ desk, page, backend, telephony }, info) => {
    const maria = await Agent.signIn(backend.url, await backend.enrol("maria.chen"));
    await desk.signIn();
    await telephony.dial({ call_id: CALL, agent: "maria.chen", dialled: "911" });
    const card = desk.call(CALL);
    await expect(page.getByTestId("row-maria.chen")).toContainText("On an emergency call");
    await expect(card.getByTestId("call-over"), "too early").toHaveCount(0);
    await backend.setClock(LATE_SECONDS);
    await page.reload();
    await card.getByTestId("call-over").focus();
    await page.keyboard.press("Enter");
    const question = card.getByRole("group", { name: "Has the call ended?" });
    await expect(question).toBeFocused();
    expect(await desk.violations()).toEqual([]);
    await page.screenshot({ path: info.outputPath("asked.png") });
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await expect(card.getByTestId("call-over-no")).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(card.getByTestId("call-over")).toBeFocused();
    expect((await maria.me()).emergency?.phase, "nobody said so").toBe("open");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await expect(card.getByTestId("call-over-yes")).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(card).toContainText("Maria Chen’s emergency call has ended");
    await expect(page.getByTestId("row-maria.chen")).not.toContainText("On an emergency call");
    await expect(card.getByTestId("call-over")).toHaveCount(0);
    expect((await maria.me()).emergency?.phase).toBe("ended");
    await page.screenshot({ path: info.outputPath("ended.png") });
});
