"""WebDriver for Debian's Firefox, which comes without a driver: its own protocol, Marionette, behind the HTTP of WebDriver.

Both have the same commands (https://www.w3.org/TR/webdriver2/#endpoints); they differ in how they are asked for.
"""

import json
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_SESSION = r"/session/[^/]+"
_ELEMENT = rf"{_SESSION}/element/(?P<id>[^/]+)"
_COMMANDS = {
    "POST /session": "NewSession",
    f"DELETE {_SESSION}": "DeleteSession",
    f"POST {_SESSION}/timeouts": "SetTimeouts",
    f"GET {_SESSION}/timeouts": "GetTimeouts",
    f"POST {_SESSION}/url": "Navigate",
    f"GET {_SESSION}/url": "GetCurrentURL",
    f"GET {_SESSION}/title": "GetTitle",
    f"GET {_SESSION}/source": "GetPageSource",
    f"POST {_SESSION}/back": "Back",
    f"POST {_SESSION}/forward": "Forward",
    f"POST {_SESSION}/refresh": "Refresh",
    f"GET {_SESSION}/window": "GetWindowHandle",
    f"POST {_SESSION}/window": "SwitchToWindow",
    f"DELETE {_SESSION}/window": "CloseWindow",
    f"POST {_SESSION}/window/new": "NewWindow",
    f"GET {_SESSION}/window/handles": "GetWindowHandles",
    f"GET {_SESSION}/window/rect": "GetWindowRect",
    f"POST {_SESSION}/window/rect": "SetWindowRect",
    f"POST {_SESSION}/frame": "SwitchToFrame",
    f"POST {_SESSION}/frame/parent": "SwitchToParentFrame",
    f"GET {_SESSION}/element/active": "GetActiveElement",
    f"POST {_SESSION}/element": "FindElement",
    f"POST {_SESSION}/elements": "FindElements",
    f"POST {_ELEMENT}/element": "FindElementFromElement",
    f"POST {_ELEMENT}/elements": "FindElementsFromElement",
    f"POST {_ELEMENT}/click": "ElementClick",
    f"POST {_ELEMENT}/clear": "ElementClear",
    f"POST {_ELEMENT}/value": "ElementSendKeys",
    f"GET {_ELEMENT}/text": "GetElementText",
    f"GET {_ELEMENT}/name": "GetElementTagName",
    f"GET {_ELEMENT}/rect": "GetElementRect",
    f"GET {_ELEMENT}/enabled": "IsElementEnabled",
    f"GET {_ELEMENT}/selected": "IsElementSelected",
    f"GET {_ELEMENT}/displayed": "IsElementDisplayed",
    f"GET {_ELEMENT}/computedrole": "GetComputedRole",
    f"GET {_ELEMENT}/computedlabel": "GetComputedLabel",
    f"GET {_ELEMENT}/attribute/(?P<name>[^/]+)": "GetElementAttribute",
    f"GET {_ELEMENT}/property/(?P<name>[^/]+)": "GetElementProperty",
    f"GET {_ELEMENT}/css/(?P<propertyName>[^/]+)": "GetElementCSSValue",
    f"GET {_ELEMENT}/screenshot": "TakeScreenshot",
    f"GET {_SESSION}/screenshot": "TakeScreenshot",
    f"POST {_SESSION}/execute/sync": "ExecuteScript",
    f"POST {_SESSION}/execute/async": "ExecuteAsyncScript",
    f"POST {_SESSION}/actions": "PerformActions",
    f"DELETE {_SESSION}/actions": "ReleaseActions",
    f"POST {_SESSION}/print": "Print",
}
"""Methods and paths of WebDriver → the names of Marionette's commands, and of what stands in a path."""


class Marionette:
    """A connection to a Firefox that was started with `--marionette`: one question at a time."""

    def __init__(self, port: int) -> None:
        self._line = socket.create_connection(("127.0.0.1", port))
        self._read = self._line.makefile("rb")
        self._count = 0
        self._is_asking = threading.Lock()
        self._message()

    def ask(self, command: str, said: dict[str, Any]) -> tuple[dict[str, Any] | None, Any]:
        """Marionette's error, or None, and its answer."""
        with self._is_asking:
            self._count += 1
            message = json.dumps([0, self._count, command, said]).encode()
            self._line.sendall(b"%d:%s" % (len(message), message))
            _, _, error, answer = self._message()
        return error, answer

    def close(self) -> None:
        self._read.close()
        self._line.close()

    def _message(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self._read.read(1)
        return json.loads(self._read.read(int(length[:-1])))


def _answered(marionette: Marionette, asked: str, said: dict[str, Any]) -> tuple[int, Any]:
    """The status and the value with which WebDriver answers a request."""
    match, command = next((match, name) for way, name in _COMMANDS.items() if (match := re.fullmatch(way, asked)))
    if command == "NewSession":
        said = {**said["capabilities"].get("alwaysMatch", {}), **(said["capabilities"].get("firstMatch") or [{}])[0]}
        said = {name: value for name, value in said.items() if not name.startswith("moz:")}
    if command == "TakeScreenshot":
        said = {"full": False}
    element = match.groupdict()
    if command.endswith("FromElement"):
        element = {"element": element["id"]}
    error, answer = marionette.ask(f"WebDriver:{command}", {**said, **element})
    if error:
        return 500, error
    return 200, answer["value"] if isinstance(answer, dict) and set(answer) == {"value"} else answer


@contextmanager
def serving(port: int) -> Iterator[str]:
    """The address of a WebDriver for the Firefox whose Marionette listens on a port of this computer."""
    marionette = Marionette(port)

    class Requests(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, value = _answered(marionette, f"{self.command} {self.path}", json.loads(sent) if sent else {})
            body = json.dumps({"value": value}).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_DELETE = _answer  # noqa: N815 - the names that the base class calls

        def log_message(self, *_: object) -> None:
            """Nothing is told."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Requests)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        marionette.close()
