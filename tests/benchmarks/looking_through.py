"""How fast the next slice of a stack stands on the screen, in Chromium, from the disk: `python -m benchmarks.looking_through`.

Beside it, in the same run, the same pictures shown by a page that loads each when it is asked for.
"""

import tempfile
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from viewer import phantoms
from viewer.test_browser import chromium
from viewer.viewed import viewed

_SLICES = 200
_STEPS = """
const done = arguments[0], image = document.querySelector('.stage img'), stage = document.querySelector('.stage'), times = [];
const key = (name) => stage.dispatchEvent(new KeyboardEvent('keydown', {key: name}));
const shown = (change) => new Promise((ready) => {
  const before = image.src, began = performance.now();
  const look = () => image.src !== before && image.complete ? ready(performance.now() - began) : setTimeout(look, 1);
  change(); look();
});
(async () => {
  await shown(() => key('Home'));
  for (let step = 0; step < 150; step++) times.push(await shown(() => key('ArrowDown')));
  done(times);
})();
"""
_PLAIN = """
const done = arguments[0], paths = arguments[1], image = document.createElement('img'), times = [];
document.body.append(image);
(async () => {
  for (const path of paths) {
    const began = performance.now();
    image.src = path;
    await image.decode();
    times.push(performance.now() - began);
  }
  done(times);
})();
"""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder, viewed(Path(folder)) as place:
        place.file(phantoms.slices(1, _SLICES))
        place.update()
        (page,) = place.pages()
        with chromium(Path(folder) / "profile") as browser:
            browser.set_script_timeout(300)
            files = sorted((place.library / "2024-01-01").rglob("*.png"))
            empty = Path(folder) / "empty.html"
            empty.write_text("<!doctype html><title>empty</title><body>")
            browser.get(empty.as_uri())
            plain = _plain(browser, [file.as_uri() for file in files[:150]])
            browser.get(page.as_uri())
            ours = browser.execute_async_script(f"const run = arguments[arguments.length - 1]; (function () {{ {_STEPS} }})(run)")
    _print("ours", ours)
    _print("each loaded when asked for", plain)
    print(f"ratio of medians: {median(plain) / median(ours):.1f}")


def _plain(browser: Any, paths: list[str]) -> list[float]:
    return list(browser.execute_async_script(f"const run = arguments[1]; (function () {{ {_PLAIN} }})(run, arguments[0])", paths))


def _print(name: str, times: list[float]) -> None:
    print(f"{name}: median {median(times):.0f} ms, p95 {quantiles(times, n=20)[-1]:.0f} ms, longest {max(times):.0f} ms")


if __name__ == "__main__":
    main()
