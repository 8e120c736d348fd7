"""`radiary review`: a private page on this computer alone, on which what is held is released, blanked or kept.

It listens on the loopback address only, for whoever has the secret in its address, and only as long as the command runs. The
browser is handed a file that leads there: what stands on a command line can be read by everybody on the computer.
"""

import json
import secrets
import socketserver
import sys
import webbrowser
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from typing import Any, ClassVar

from pydantic import TypeAdapter, ValidationError

from radiary.commands.held.pictures import HeldPictures
from radiary.commands.review import paper_wishes, words
from radiary.commands.review.desk import Desk
from radiary.commands.review.paper_wishes import PaperWish
from radiary.commands.review.papers import Papers
from radiary.commands.review.pictures import Pictures
from radiary.commands.speaking import console, spoken
from radiary.files import private
from radiary.ingest.decisions import Decision
from radiary.ingest.error_facts import place_in_code
from radiary.model.errors import RadiaryError
from radiary.settings import Settings

_DECISIONS: TypeAdapter[list[Decision]] = TypeAdapter(list[Decision])
_LARGEST = 16 << 20
"""Bytes of what is said at once: a decision about thousands of pictures that are alike, with the boxes of each, has some."""
_KINDS = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_PAGE = {
    "" if path.name == "index.html" else path.name: path
    for path in resources.files("radiary.commands.review").joinpath("page").iterdir()
    if isinstance(path, Path) and path.suffix in _KINDS
}
"""The files of the page, by what is asked for."""
_LEADING = "review.html"
"""The file in the state folder that leads the browser to the page."""
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; connect-src 'self'; style-src 'self'; script-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True)
class _Room:
    """What the page works with."""

    held: HeldPictures
    pictures: Pictures
    papers: Papers
    desk: Desk
    secret: str = field(repr=False)


def serve(settings: Settings, *, opens: bool, port: int) -> int:
    """Serve the page until Ctrl-C; decisions that are in hand then are still carried out, or left to the service at a second."""
    held = HeldPictures(settings)
    held.refresh()
    room = _Room(
        held, Pictures(settings.state), papers=Papers(settings, held), desk=Desk(settings, held), secret=secrets.token_urlsafe(24)
    )
    server = _Server(("127.0.0.1", port), type("Handler", (_Handler,), {"room": room}))
    leading = settings.state / _LEADING
    try:
        room.pictures.look_ahead([one for uid, one in held.instances.items() if uid not in held.states()])
        address = f"http://127.0.0.1:{server.server_port}/{room.secret}/"
        _say(room, address)
        if opens:
            _open(leading, address)
        server.serve_forever()
    except KeyboardInterrupt:
        return 0
    finally:
        leading.unlink(missing_ok=True)
        server.server_close()
        _finish(room.desk)
        room.pictures.close()
        room.papers.close()
    return 0


def _say(room: _Room, address: str) -> None:
    """What is missing, what there is to look at, and where."""
    held = room.held
    for folder in held.missing:
        console.remark("%(folder)s is not on the private shelf any more, or damaged: `radiary verify` says more.", folder=folder)
    parts, papers = [spoken.count("%(number)s held picture", "%(number)s held pictures", held.pictures())], len(room.papers.all())
    if films := len(held.films):
        parts.append(spoken.count("%(number)s film", "%(number)s films", films))
    if papers:
        parts.append(spoken.count("%(number)s paper", "%(number)s papers", papers))
    if held.pictures() + len(held.films) + papers == 0:
        parts = [spoken.say("Nothing is held")]
    *some, last = parts
    what = spoken.say("%(some)s and %(last)s", some=", ".join(some), last=last) if some else last
    console.say("%(what)s. Open %(address)s", what=what, address=address)
    console.say("Ctrl-C ends it.")
    console.answer(address=address, pictures=held.pictures(), papers=papers)


def _finish(desk: Desk) -> None:
    """Wait for what is in hand; what has not begun at a second Ctrl-C is left to the service, or to its next start."""
    if number := desk.in_hand():
        still = spoken.count("%(number)s decision is still carried out.", "%(number)s decisions are still carried out.", number)
        console.out.print(still, markup=False)
        console.say("Ctrl-C again leaves what has not begun to the service, or to its next start.")
    try:
        desk.close()
    except KeyboardInterrupt:
        desk.leave_the_rest()
        desk.close()


def _open(leading: Path, address: str) -> None:
    """Lead the browser to the page by a file that only its owner can read."""
    private.folder(leading.parent)
    page = f'<!doctype html><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url={address}">'
    private.replace(leading, f"{page}<title>{spoken.say('Held pictures and papers')}</title>\n".encode())
    leading.chmod(0o600)
    webbrowser.open(leading.as_uri())


class _Server(ThreadingHTTPServer):
    """Says nothing of a tab that was closed while it was being answered, and no more than a place in the code of an error."""

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - socketserver's arguments
        error = sys.exc_info()[1]
        if error is not None and not isinstance(error, ConnectionError | TimeoutError):
            console.remark("An internal error, %(place)s; please report it.", place=place_in_code(error))


class _Handler(BaseHTTPRequestHandler):
    """GET the page, what is held, and pictures; POST decisions. Everything below the secret."""

    room: ClassVar[_Room]
    server: socketserver.BaseServer

    def do_GET(self) -> None:
        path = self._asked()
        if path is None:
            self.send_error(404)
        elif path in _PAGE:
            content = _PAGE[path].read_bytes()
            self._send(_KINDS[_PAGE[path].suffix], content if path else words.page(content.decode()).encode())
        elif path == "words":
            self._tell(**words.words())
        elif path == "items":
            self.room.held.refresh()
            items = self.room.held.items() + self.room.papers.items()
            self._tell(items=items, missing=self.room.held.missing, **self._states())
        elif path == "states":
            self._tell(**self._states())
        elif path == "series":
            self._tell(**self.room.papers.series())
        else:
            try:
                self._give(*path.split("/"))
            except RadiaryError:  # the command ends, or a process died of this picture
                self.send_error(503)

    def do_POST(self) -> None:
        said = self.headers.get("Content-Length") or ""
        size = int(said) if said.isascii() and said.isdigit() else 0
        asked = self._asked()
        if asked not in ("decide", "paper") or not 0 < size <= _LARGEST:
            self.send_error(404)
            return
        try:
            answer = (self._decided if asked == "decide" else self._of_paper)(self.rfile.read(size))
        except ValidationError:
            self.send_error(400)
        else:
            self._tell(**answer, **self._states())

    def _decided(self, said: bytes) -> dict[str, Any]:
        self.room.desk.take(_DECISIONS.validate_json(said))
        return {}

    def _of_paper(self, said: bytes) -> dict[str, Any]:
        """What was said of a paper or a series, and whether it is in hand now; a sentence for what cannot be done."""
        wish, before = PaperWish.model_validate_json(said), self.room.desk.taken
        try:
            says = spoken.translated(paper_wishes.carried_out(wish, self.room.papers, self.room.desk))
            return {"says": says, "in_hand": bool(wish.paper) and self.room.desk.taken > before}
        except RadiaryError as error:
            return {"refused": spoken.error(error)}

    def _states(self) -> dict[str, Any]:
        working, errors = self.room.desk.working(), dict(self.room.desk.errors)
        papers = self.room.papers.all().values()  # what is said of a paper is said of its study
        working += [one.uid for one in papers if one.study.uid in working]
        errors |= {one.uid: errors[one.study.uid] for one in papers if one.study.uid in errors}
        try:
            of_papers = self.room.papers.states()
        except RadiaryError as error:  # what she confirmed cannot be read: that is no picture's affair
            of_papers, errors = {}, dict.fromkeys(self.room.papers.all(), spoken.error(error)) | errors
        return {"states": self.room.held.states() | of_papers, "working": working, "errors": errors}

    def _give(self, kind: str, instance: str = "", number: str = "0", name: str = "", *more: str) -> None:
        """What there is of one held object: about it, a frame of it, a small one, one in another window, or boxes."""
        is_plain = number.isascii() and number.isdigit()
        if kind in ("paper", "page", "places", "cuttings"):
            answer = self.room.papers.answer(kind, instance, int(number)) if is_plain and not (name or more) else None
            self._tell(**answer) if isinstance(answer, dict) else self._send("image/png", answer)
            return
        if kind == "cut":
            self._send("image/png", self.room.papers.cut_picture(instance, name) if not more else None)
            return
        if kind == "film":
            film = self.room.held.films.get(instance) if not (name or more) else None
            self._send("image/png", self.room.pictures.first(film) if film else None)
            return
        held = self.room.held.instances.get(instance)
        if held is None or more or not is_plain:
            self.send_error(404)
            return
        pictures, frame = self.room.pictures, int(number)
        if kind == "about":
            self._tell(**pictures.about(held))
        elif kind == "boxes":
            looked = pictures.boxes(held, frame)
            self._tell(boxes=looked["boxes"], trouble=looked["trouble"] and spoken.explain(looked["trouble"]))
        elif kind == "small":
            self._send("image/jpeg", pictures.small(held, frame))
        elif kind in ("frame", "view"):
            self._send("image/png", pictures.view(held, frame, name) if kind == "view" else pictures.frame(held, frame))
        else:
            self.send_error(404)

    def _asked(self) -> str | None:
        """What is asked for below the secret; None for anybody else, other sites' pages that guess the port among them."""
        is_here = self.headers.get("Host", "").startswith("127.0.0.1:")
        start = f"/{self.room.secret}/"
        is_meant = secrets.compare_digest(self.path[: len(start)].encode(), start.encode())
        return self.path[len(start) :] if is_here and is_meant else None

    def _tell(self, **said: Any) -> None:
        self._send("application/json", json.dumps(said).encode())

    def _send(self, kind: str, body: bytes | None) -> None:
        if body is None:
            self.send_error(404)
            return
        self.send_response(200)
        for name, value in ({"Content-Type": kind, "Content-Length": str(len(body))} | _HEADERS).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 - http.server's name
        """Nothing: an address holds the secret."""
