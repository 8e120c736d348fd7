"""What axe-core finds on a page. It is not installed with the tests: `AXE=…/axe.min.js` says where it is."""

import os
from pathlib import Path
from typing import Any

import pytest

AXE = Path(os.environ.get("AXE", ""))
needs_axe = pytest.mark.skipif(not AXE.is_file(), reason="needs axe-core: AXE=…/axe.min.js")


def violations(driver: Any, scheme: str) -> list[list[Any]]:
    """Rule and elements of each violation on the page that is shown, in light or dark."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    driver.execute_script(AXE.read_text())
    asked = """
        const done = arguments[0];
        const told = one => [one.id, one.nodes.map(node => node.html.slice(0, 120))];
        axe.run({preload: false}).then(found => done(found.violations.map(told)));
    """
    found = driver.execute_async_script(asked)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    return list(found)
