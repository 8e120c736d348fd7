"""Firefox without a screen, as the tests of pages use Chromium: its console, what is asked for, and the size of its window."""

import json
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import marionette
import signs

PROGRAM = shutil.which("firefox-esr")
BROWSERS = ["chromium", pytest.param("firefox", marks=pytest.mark.firefox)]
"""Parameters of a fixture that opens one or the other."""
_QUIET = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.safebrowsing.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "security.remote_settings.crlite_filters.enabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "toolkit.telemetry.server": "https://127.0.0.1/telemetry-dummy",
}
"""What a new profile is told, so that Firefox asks nothing of anyone by itself."""


class Firefox:
    """A driver that answers, by WebDriver BiDi, what tests ask of Chromium alone: `get_log`, and the size of what is shown.

    Of requests it hears of those that go out; Firefox does not tell of those for files.
    """

    def __init__(self, driver: Any) -> None:
        self._driver = driver
        self._logs: dict[str, list[dict[str, str]]] = {"browser": [], "performance": []}
        driver.script.add_console_message_handler(self._complained)
        driver.script.add_javascript_error_handler(self._complained)
        driver.network.add_event_handler("before_request", self._asked)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._driver, name)

    def get_log(self, kind: str) -> list[dict[str, str]]:
        """What came since this was asked before, as Chromium puts it."""
        told, self._logs[kind] = self._logs[kind], []
        return told

    def execute_cdp_cmd(self, command: str, said: dict[str, Any]) -> None:
        if command == "Emulation.setEmulatedMedia":  # light or dark cannot be asked of it: it is looked at as it is
            return
        viewports = {
            "Emulation.setDeviceMetricsOverride": {name: said[name] for name in ("width", "height") if name in said},
            "Emulation.clearDeviceMetricsOverride": None,
        }
        self._driver.browsing_context.set_viewport(context=self._driver.current_window_handle, viewport=viewports[command])

    def _complained(self, entry: Any) -> None:
        self._logs["browser"].append({"message": str(entry.text)})

    def _asked(self, event: Any) -> None:
        if event["request"]["url"].startswith("data:"):  # a font that Firefox tries at its start
            return
        request = {"method": "Network.requestWillBeSent", "params": {"request": {"url": event["request"]["url"]}}}
        self._logs["performance"].append({"message": json.dumps({"message": request}, separators=(",", ":"))})


def _free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


@contextmanager
def _started(profile: Path) -> Iterator[str]:
    """The address of the WebDriver of a Firefox with a profile of its own."""
    port = _free_port()
    told = {**_QUIET, "marionette.port": port}
    profile.mkdir(exist_ok=True)
    (profile / "user.js").write_text("".join(f"user_pref({json.dumps(name)}, {json.dumps(to)});\n" for name, to in told.items()))
    line = [str(PROGRAM), "--headless", "--marionette", "--remote-debugging-port", str(_free_port()), "--no-remote"]
    line += ["--profile", str(profile), "--width", "1600", "--height", "1200"]  # what is shown cannot be wider than the window
    with (profile / "said.log").open("wb") as said:
        process = subprocess.Popen(line, stdout=said, stderr=said)
    try:
        signs.until(lambda: _listens(port))
        with marionette.serving(port) as address:
            yield address
    finally:
        process.terminate()
        process.wait(60)


def _listens(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def firefox(profile: Path) -> Iterator[Firefox]:
    from selenium import webdriver

    options = webdriver.FirefoxOptions()
    options.set_capability("webSocketUrl", True)
    with _started(profile) as address:
        driver = webdriver.Remote(address, options=options)
        try:
            yield Firefox(driver)
        finally:
            driver.quit()
