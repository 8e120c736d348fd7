"""`radiary review`: a private page on this computer alone, on which held pictures are released, blanked or kept.

It listens on the loopback address only, for whoever has the secret in its address, and only as long as the command runs.
"""

import json
import secrets
import webbrowser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

from pydantic import ValidationError

from radiary.chronicle import page
from radiary.commands import console
from radiary.commands.held_pictures import HeldPictures
from radiary.ingest.decisions import Decision
from radiary.model.errors import RadiaryError
from radiary.settings import Settings


def serve(settings: Settings, *, opens: bool, port: int) -> int:
    """Serve the page until Ctrl-C."""
    held = HeldPictures(settings)
    secret = secrets.token_urlsafe(24)
    handler = type("Handler", (_Handler,), {"held": held, "secret": secret})
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    address = f"http://127.0.0.1:{server.server_port}/{secret}/"
    listed = held.listed()
    for folder in listed.missing:
        console.err.print(f"{folder} is not on the private shelf any more, or damaged: `radiary verify` says more.", markup=False)
    console.out.print(f"{len(listed.instances)} held pictures. Open {address}\nCtrl-C ends it.", markup=False)
    if opens:
        webbrowser.open(address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        return 0
    finally:
        server.server_close()
        held.close()
    return 0


class _Handler(BaseHTTPRequestHandler):
    """GET the page, a picture, its boxes; POST a decision. Everything below the secret."""

    held: ClassVar[HeldPictures]
    secret: ClassVar[str]

    def do_GET(self) -> None:
        path = self._asked()
        if path == "":
            listed = self.held.listed()
            self._send("text/html; charset=utf-8", page.review(listed.instances, listed.missing).encode())
        elif path is not None and path.startswith(("picture/", "boxes/")):
            kind, study, name = [*path.split("/", 2), ""][:3]
            picture = self.held.picture(study, name)
            if picture is None:
                self.send_error(404)
            elif kind == "picture":
                self._send("image/png", picture)
            else:
                self._send("application/json", json.dumps(self.held.boxes(study, name)).encode())
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        said = self.headers.get("Content-Length") or ""
        size = int(said) if said.isascii() and said.isdigit() else 0
        if self._asked() != "decide" or not 0 < size <= 1 << 20:
            self.send_error(404)
            return
        try:
            said = self.held.decide(Decision.model_validate_json(self.rfile.read(size)))
        except ValidationError:
            self.send_error(400)
        except RadiaryError as error:
            self._send("application/json", json.dumps({"error": str(error)}).encode())
        except OSError as error:
            self._send("application/json", json.dumps({"error": f"The computer refused something: {error.strerror}."}).encode())
        else:
            self._send("application/json", json.dumps({"said": said}).encode())

    def _asked(self) -> str | None:
        """What is asked for below the secret; None for anybody else, other sites' pages that guess the port among them."""
        is_here = self.headers.get("Host", "").startswith("127.0.0.1:")
        start = f"/{self.secret}/"
        is_meant = secrets.compare_digest(self.path[: len(start)].encode(), start.encode())
        return self.path[len(start) :] if is_here and is_meant else None

    def _send(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 - http.server's name
        """Nothing: an address holds the secret."""
