"""A real mail server for the system tests: aiosmtpd (Debian: python3-aiosmtpd), on loopback.

Says on standard output, one JSON object a line: first {"port"}, then {"to", "mail", "at_us"} for every mail it
took responsibility for. Reads orders on standard input, one JSON object a line: {"delay": seconds before it takes a
mail}, {"refuse": [recipients it does not know]}, {"fail": an answer to every mail, or null}.
"""

import argparse
import asyncio
import json
import ssl
import sys
import time

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Mailboxes:
    delay = 0
    refuse = ()
    fail = None

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refuse:
            return "550 5.1.1 no such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.delay:
            await asyncio.sleep(self.delay)
        if self.fail:
            return self.fail
        say(to=envelope.rcpt_tos, mail=envelope.content.decode("utf-8", "replace"), at_us=time.time_ns() // 1_000)
        return "250 OK"

    def obey(self):
        line = sys.stdin.readline()
        if not line:
            asyncio.get_running_loop().stop()
        for name, value in json.loads(line or "{}").items():
            setattr(self, name, value)


def say(**fields):
    print(json.dumps(fields), flush=True)


def sign_in(name, password):
    def authenticate(server, session, envelope, mechanism, given):
        wanted = LoginPassword(name.encode(), password.encode())
        return AuthResult(success=given == wanted, handled=False)

    return authenticate


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--tls", choices=["starttls", "implicit"])
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--sign-in", nargs=2, metavar=("NAME", "PASSWORD"))
    return parser.parse_args()


async def serve(options):
    loop = asyncio.get_running_loop()
    mailboxes = Mailboxes()
    context = None
    if options.tls:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(options.certificate, options.key)
    settings = {"hostname": "mail.test", "enable_SMTPUTF8": True}
    if options.tls == "starttls":
        settings.update(tls_context=context, require_starttls=True)
    if options.sign_in:
        settings.update(
            authenticator=sign_in(*options.sign_in),
            auth_required=True,
            auth_require_tls=options.tls == "starttls",
        )
    server = await loop.create_server(
        lambda: SMTP(mailboxes, loop=loop, **settings),
        "127.0.0.1",
        options.port,
        ssl=context if options.tls == "implicit" else None,
    )
    loop.add_reader(sys.stdin, mailboxes.obey)
    say(port=server.sockets[0].getsockname()[1])
    await server.serve_forever()


try:
    asyncio.run(serve(arguments()))
except (KeyboardInterrupt, RuntimeError):
    pass
