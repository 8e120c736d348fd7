"""The place where Radiary is installed, and how something is added to it: `pip` alone may be that of another place."""

import shlex
import sys
from pathlib import Path


def adding(extra: str = "", *, again: bool = False) -> str:
    """What is typed to add an extra, or with `again` to install everything anew; by whatever made this place."""
    words = f"install{' --force-reinstall' if again else ''} {shlex.quote(f'radiary[{extra}]') if extra else 'radiary'}"
    place = Path(sys.prefix)
    if (place / "pipx_metadata.json").exists():
        return f"pipx runpip {shlex.quote(place.name)} {words}"
    python = shlex.quote(sys.executable)
    if _is_of_uv(place / "pyvenv.cfg"):
        return f"uv pip {words} --python {python}"
    return f"{python} -m pip {words}"


def _is_of_uv(settings: Path) -> bool:
    """Whether uv made a virtual environment, in which there is no pip then."""
    try:
        return any(line.partition("=")[0].strip() == "uv" for line in settings.read_text(encoding="utf-8").splitlines())
    except OSError:
        return False
