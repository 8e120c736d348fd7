"""`radiary review` as a program and as a person uses it: its address, its questions, a browser without a window."""

import contextlib
import json
import os
import re
import signal
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import forked
from services import PATIENCE, Service


@contextlib.contextmanager
def page_of(service: Service, *options: str, **environment: str) -> Iterator[str]:
    """The page's address, while it is served; it ends at Ctrl-C, having said nothing of an error."""
    line = ["review", *(options or ("--no-browser",)), *service.options]
    ours, its = os.pipe()
    with (service.folder / "review.log").open("w+") as log, Path(os.devnull).open() as nothing, os.fdopen(ours) as said:
        page = forked.Forked(line, [nothing.fileno(), its, log.fileno()], os.environ | environment)
        os.close(its)
        try:
            found = re.search(r"http://127\.0\.0\.1:\d+/\S+/", said.readline())
            assert found
            yield found[0]
            page.send_signal(signal.SIGINT)
            assert page.wait(PATIENCE) == 0
            assert (service.folder / "review.log").read_text() == ""
        finally:
            page.kill()


def get(address: str, **headers: str) -> bytes:
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as answer:
        return bytes(answer.read())


def told(address: str) -> Any:
    return json.loads(get(address))


def post(address: str, *decisions: dict[str, Any]) -> Any:
    with urllib.request.urlopen(address + "decide", data=json.dumps(decisions).encode()) as answer:
        return json.load(answer)


def settled(address: str) -> Any:
    """What the page says once nothing is in hand."""
    deadline = time.monotonic() + PATIENCE
    while (said := told(address + "states"))["working"]:
        assert time.monotonic() < deadline, said
        time.sleep(0.05)
    return said


@contextlib.contextmanager
def browser(profile: Path, *, columns: int = 1280, rows: int = 900, scheme: str = "light") -> Iterator[Any]:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service as Driver

    options = webdriver.ChromeOptions()
    for flag in ("headless=new", "no-sandbox", "disable-gpu", "disable-background-networking", "no-first-run", "disable-sync",
                 "disable-component-update", "disable-quic", f"user-data-dir={profile}"):  # fmt: skip
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    made = webdriver.Chrome(options=options, service=Driver("/usr/bin/chromedriver"))
    try:
        size = {"width": columns, "height": rows, "deviceScaleFactor": 1, "mobile": columns < 500}
        made.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        made.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        yield made
    finally:
        made.quit()


_LATE = """
const answers = window.fetch;
window.fetch = async (place, ...more) => {
  const answer = await answers(place, ...more);
  if (!["decide", "paper"].includes(place)) return answer;
  const told = await answer.json();
  let now = told;
  while (now.working.length) now = await (await answers("states")).json();
  return new Response(JSON.stringify({ ...told, ...now }));
};
"""


def is_told_late(driver: Any) -> None:
    """From now on the page hears of what it asked for when all of it is done."""
    driver.execute_script(_LATE)
