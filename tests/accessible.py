"""What axe-core finds on a page. `AXE=…/axe.min.js` takes another one than the tests' own."""

import os
from importlib import resources
from pathlib import Path
from typing import Any


def violations(driver: Any, scheme: str) -> list[list[Any]]:
    """Rule and elements of each violation on the page that is shown, in light or dark."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    driver.execute_script(_axe())
    asked = """
        const done = arguments[0];
        const told = one => [one.id, one.nodes.map(node => node.html.slice(0, 120))];
        axe.run({preload: false}).then(found => done(found.violations.map(told)));
    """
    found = driver.execute_async_script(asked)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    return list(found)


def too_small(driver: Any) -> list[str]:
    """What is to be pressed and is lower than 24 pixels, links in a sentence apart, which are as high as their words."""
    small = """
        const seen = [...document.querySelectorAll('a, button, select, summary, input[type=range]')];
        const own = seen.filter(one => one.checkVisibility()
            && !one.closest('.lead') && getComputedStyle(one).position !== 'absolute');
        return own.filter(one => one.getBoundingClientRect().height < 24).map(one => one.outerHTML);
    """
    return list(driver.execute_script(small))


def _axe() -> str:
    if named := os.environ.get("AXE"):
        return Path(named).read_text()
    return resources.files("axe_core_python").joinpath("axe.min.js").read_text()
