"""Firefox without a screen, as the tests of pages use Chromium: its console, what is asked for, and the size of its window."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

DRIVER, PROGRAM = shutil.which("geckodriver"), shutil.which("firefox-esr")
BROWSERS = ["chromium", *(["firefox"] if DRIVER and PROGRAM else [])]
"""Parameters of a fixture that opens one or the other."""


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


@contextmanager
def firefox() -> Iterator[Firefox]:
    from selenium import webdriver
    from selenium.webdriver.firefox.service import Service

    options = webdriver.FirefoxOptions()
    options.binary_location = str(PROGRAM)
    for argument in ("-headless", "--width=1600", "--height=1200"):  # what is shown cannot be wider than the window
        options.add_argument(argument)
    options.set_capability("webSocketUrl", True)
    driver = webdriver.Firefox(options=options, service=Service(DRIVER))
    try:
        yield Firefox(driver)
    finally:
        driver.quit()
