# A SAML identity provider on pysaml2 that asserts whatever name is typed in; POST /control makes it misbehave.
import argparse
import base64
import json
import signal
import sys
import tempfile
import threading
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from saml_messages import IdentityProvider, Refused

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Identity provider</title>
<link rel="icon" href="data:,">
<h1>Identity provider</h1>
"""


class Handler(BaseHTTPRequestHandler):
    provider: IdentityProvider
    last = None  # the fields of the last response, and where it went
    one_at_a_time = threading.Lock()  # pysaml2's servers are shared

    def do_GET(self):
        self.serve(
            {"/metadata": self.metadata, "/sso": self.ask, "/portal": self.portal, "/last": self.show_last},
            parse_qsl(urlsplit(self.path).query, keep_blank_values=True),
        )

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
        if urlsplit(self.path).path == "/control":
            self.serve({"/control": self.control}, json.loads(body).items())
        else:
            self.serve({"/continue": self.go_on}, parse_qsl(body, keep_blank_values=True))

    def serve(self, routes, fields):
        route = routes.get(urlsplit(self.path).path)
        if not route:
            return self.answer(404, "text/plain", "no such page")
        try:
            with self.one_at_a_time:
                kind, text = route(dict(fields))
            self.answer(200, kind, text)
        except Exception as error:  # whatever pysaml2 finds wrong; a journey that fails shows it
            print(f"{self.path}: {error!r}", file=sys.stderr, flush=True)
            self.answer(400, "text/plain", f"{type(error).__name__}: {error}")

    def metadata(self, _):
        return "application/samlmetadata+xml", self.provider.metadata()

    def control(self, options):
        self.provider.change(options)
        return "text/plain", ""

    def show_last(self, _):
        return "application/json", json.dumps(Handler.last)

    def ask(self, query):
        request, _ = self.provider.read(query)
        return "text/html", f"""{PAGE}<p>ForceAuthn: {"yes" if request.force_authn == "true" else "no"}</p>
<form method="post" action="/continue">
{hidden(query)}
<label>User <input name="user" autofocus autocomplete="off"></label>
<button>Continue</button>
<button name="cancel" value="yes">Cancel</button>
</form>"""

    def go_on(self, fields):
        request, consumer = self.provider.read(fields)
        if "cancel" in fields:
            message = self.provider.refusal(request, consumer)
        else:
            message = self.provider.response(fields["user"], request, consumer)
        return self.send(consumer, message, fields.get("RelayState"))

    def portal(self, query):
        consumer = self.provider.consumer()
        return self.send(consumer, self.provider.response(query["user"], None, consumer), query.get("RelayState"))

    def send(self, consumer, message, relay_state):
        if not self.provider.options["replay"]:
            fields = {"SAMLResponse": base64.b64encode(message.encode()).decode()}
            Handler.last = {"consumer": consumer, "fields": fields}
        elif not Handler.last:
            raise Refused("there is no response to send again")
        fields = {"SAMLResponse": Handler.last["fields"]["SAMLResponse"]}
        if relay_state is not None:
            fields["RelayState"] = relay_state
        Handler.last = {"consumer": consumer, "fields": fields}
        script = "" if self.provider.options["hold"] else "<script>document.forms[0].submit()</script>"
        return "text/html", f"""{PAGE}<form method="post" action="{escape(consumer)}">
{hidden(fields)}
<button>Send</button>
</form>
{script}"""

    def answer(self, status, kind, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def hidden(fields):
    return "\n".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in fields.items()
    )


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--sp-url", required=True)
    given = arguments.parse_args()

    url = f"http://localhost:{given.port}"
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that the keys are removed
    with tempfile.TemporaryDirectory(prefix="staffroom-saml-") as folder:
        Handler.provider = IdentityProvider(url, given.sp_url.rstrip("/"), folder)
        with ThreadingHTTPServer(("127.0.0.1", given.port), Handler) as server:
            server.daemon_threads = True
            print(f"SAML provider is ready at {url}", flush=True)
            server.serve_forever()


main()
