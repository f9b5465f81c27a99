// What the security desk sees of a call, from the first ring to the end.
import { expect, test } from "./fixtures.ts";

const CALL = "pbx-911-0x5eed0002";

test("signs in with the keyboard alone, and sees who is covered", async ({ desk, page, backend }) => {
    await desk.open();
    await expect(page.getByRole("heading", { name: "Security desk" })).toBeFocused();
    await page.keyboard.press("Tab");
    await expect(page.getByTestId("enrolment-code")).toBeFocused();
    await page.keyboard.type((await backend.enrol("desk.one")).toLowerCase());
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("coverage")).toContainText(/\d+ of 25 covered/, { timeout: 40_000 });
    await expect(page.getByTestId("no-emergencies")).toContainText("No emergency calls");
    await expect(page.getByTestId("roster").getByRole("row")).toHaveCount(26);
    await expect(page.getByTestId("silent")).toBeHidden();
    await expect(page).toHaveTitle(/Security desk/);
});

test("hears of a call at once, and sees it end", async ({ desk, page, telephony }) => {
    await desk.signIn();
    const { answer } = await telephony.dial({ call_id: CALL, agent: "maria.chen", dialled: "911" });
    await expect(desk.call(CALL)).toContainText("Maria Chen is on an emergency call");
    await expect(page).toHaveTitle(/1 emergency call/);
    await expect(page.getByTestId("no-emergencies")).toBeHidden();
    const number = answer.callback_number?.slice(-4) ?? "?";
    await expect(desk.call(CALL)).toContainText(number);
    const above = await page.evaluate(() => {
        const top = (id: string) => document.querySelector(`[data-testid=${id}]`)?.getBoundingClientRect().top ?? NaN;
        return top("emergencies") < top("coverage") && top("coverage") < top("roster");
    });
    expect(above).toBe(true);
    await telephony.hangUp(CALL);
    await expect(desk.call(CALL)).toContainText("emergency call has ended");
    await expect(page).toHaveTitle(/Security desk/);
});

test("two calls of one name are two calls", async ({ desk, backend, telephony }) => {
    await desk.signIn();
    const { Telephony } = await import("../backend/telephony.ts");
    const other = new Telephony(backend.url, await backend.key("telephony", "second"));
    await telephony.dial({ call_id: CALL, agent: "maria.chen", dialled: "911" });
    await other.dial({ call_id: CALL, agent: "devon.walsh", dialled: "911" });
    await expect(desk.call(CALL)).toHaveCount(2);
});

test("no home address stands anywhere on the page", async ({ desk, page, backend, telephony }) => {
    const { Agent } = await import("../backend/agent.ts");
    const devon = await Agent.signIn(backend.url, await backend.enrol("devon.walsh"));
    await devon.goHome();
    await desk.signIn("sam.ortiz");
    await telephony.dial({ call_id: CALL, agent: "devon.walsh", dialled: "911" });
    await expect(desk.call(CALL).getByTestId("address-locked")).toBeVisible();
    const { lines = [] } = (await devon.me()).served ?? {};
    expect(lines.length).toBeGreaterThan(0);
    const source = await page.content();
    for (const line of lines) expect(source).not.toContain(line);
});

test("says above the calls, in one line, that a new one would not be heard until somebody presses something", async ({ desk, telephony }) => {
    await desk.signIn();
    await telephony.dial({ call_id: CALL, agent: "maria.chen", dialled: "911" });
    const { page } = await desk.untouched();
    await expect(page.getByTestId("silent")).toBeVisible();
    const said = await page.getByTestId("silent").boundingBox();
    const call = await page.getByTestId("emergencies").boundingBox();
    expect(said && call && said.y + said.height <= call.y).toBe(true);
    expect(said?.height).toBeLessThan(60);
    await page.getByTestId("sound-on").focus();
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("silent")).toBeHidden();
});

test("a server that is away is said so, and what was missed is there when it is back", async ({ desk, page, backend, telephony, expected }) => {
    expected.push(/ERR_/, /net::/);
    await desk.signIn();
    await telephony.dial({ call_id: CALL, agent: "maria.chen", dialled: "911" });
    await expect(desk.call(CALL)).toBeVisible();
    await backend.kill();
    await expect(page.getByTestId("roster-old")).toContainText("New calls are not shown here");
    await expect(desk.call(CALL)).toBeVisible();
    await backend.restart();
    await telephony.dial({ call_id: "second", agent: "devon.walsh", dialled: "911" });
    await expect(desk.call("second")).toBeVisible({ timeout: 30_000 });
    await expect(page.getByTestId("roster-old")).toBeHidden();
});

test("a page that is opened while the server is away comes by itself", async ({ desk, page, backend, expected }) => {
    expected.push(/ERR_/, /net::/, /503/);
    await desk.signIn();
    await page.route("**/desk/session", (route) => route.abort());
    await page.reload();
    await expect(page.getByTestId("desk-waiting")).toBeVisible();
    await page.unroute("**/desk/session");
    await expect(page.getByTestId("coverage")).toBeVisible();
    await backend.kill();
    await backend.restart();
    await expect(page.getByTestId("roster-old")).toBeHidden();
});

test("whether people were told stands at the call", async ({ desk, page, telephony }) => {
    await desk.signIn();
    await telephony.dial({ call_id: CALL, agent: "maria.chen", dialled: "911" });
    // Nothing is set up for mail here: whoever is to be told by mail is not.
    await expect(desk.call(CALL).getByTestId(/^told/).first()).toBeVisible();
    await page.route("**/v1/notifications", (route) =>
        route.fulfill({
            json: {
                waiting: 1,
                sent: 2,
                dead: 1,
                notifications: ["sent", "sent", "waiting", "dead"].map((state, id) => ({
                    id: `n${id}`, call_id: CALL, username: "maria.chen", test: false, tier: 0, correction: false,
                    channel: state === "dead" ? "webhook" : "mail", recipient: "kept.off@example.com", state,
                    attempts: 1, made_at: "2026-11-20T17:00:00Z", next_at: null, done_at: null, error: null,
                })),
            },
        }),
    );
    await expect(desk.call(CALL).getByTestId("told-sent-mail")).toHaveText("2 mails sent");
    await expect(desk.call(CALL).getByTestId("told-waiting-mail")).toHaveText("1 mail on its way");
    await expect(desk.call(CALL).getByTestId("told-dead-webhook")).toHaveText("1 web hook could not be delivered");
    await expect(page.locator("body")).not.toContainText("kept.off");
});

test("rings until somebody says that they are handling it, and says who", async ({ desk, page, backend, telephony }) => {
    // A desk without a loudspeaker: what would sound is counted.
    await page.addInitScript(() => {
        const start = OscillatorNode.prototype.start;
        Object.assign(globalThis, { tones: 0 });
        OscillatorNode.prototype.start = function (this: OscillatorNode, ...when) {
            (globalThis as unknown as { tones: number }).tones += 1;
            start.apply(this, when);
        };
    });
    const tones = () => page.evaluate(() => (globalThis as unknown as { tones: number }).tones);
    await desk.signIn();
    expect(await tones()).toBe(0);
    await telephony.dial({ call_id: CALL, agent: "maria.chen", dialled: "911" });
    await expect(desk.call(CALL).getByTestId("unhandled")).toBeVisible();
    await expect.poll(tones).toBeGreaterThan(0);
    const handle = desk.call(CALL).getByTestId(`handle-${CALL}`);
    await handle.focus();
    await page.keyboard.press("Enter");
    await expect(desk.call(CALL).getByTestId("handled-by")).toContainText("Security Desk");
    await expect(handle).toBeHidden();
    const { Agent } = await import("../backend/agent.ts");
    const maria = await Agent.signIn(backend.url, await backend.enrol("maria.chen"));
    expect(JSON.stringify((await maria.me()).emergency)).toContain("Security Desk");
    const after = await tones();
    await telephony.hangUp(CALL);
    await expect(desk.call(CALL)).toContainText("has ended");
    expect(await tones()).toBe(after);
});
