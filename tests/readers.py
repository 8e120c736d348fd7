"""Somebody who follows a document on a computer of her own: blocks of `sh` are typed, settings are put into their file."""

import contextlib
import json
import shutil
import subprocess
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import forked
from documented import Block
from services import PATIENCE

_NEW_COMPUTER = "on a new computer: "
_PASSPHRASE = "several old words\n"
_SETTINGS = ".config/radiary"


class Reader:
    """Her home lies in a folder; `radiary` is that of this checkout."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.home = folder / "home"
        self.home.mkdir()
        programs = folder / "programs"
        programs.mkdir()
        forked.program(programs / "radiary")
        self._path = f"{programs}:/usr/bin:/bin"

    def follows(self, block: Block) -> None:
        """Do what a block says, if it is for her to do here: what installs something, or wants root, is not."""
        if block.note.startswith(_NEW_COMPUTER):
            self._change_computer(block.note.removeprefix(_NEW_COMPUTER).split())
        if block.kind == "toml":
            self._settle(block.note or "config.toml", block.text)
        elif block.kind == "sh":
            self.types(block.text)

    def types(self, text: str) -> None:
        """Type it; what asks for a passphrase gets one. Fails with what was said where any command does."""
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", text], cwd=self.home, env=self._environment, input=_PASSPHRASE,
            capture_output=True, text=True, check=False, timeout=PATIENCE,
        )  # fmt: skip
        assert done.returncode == 0, f"{text}\n{done.stdout}\n{done.stderr}"

    @contextlib.contextmanager
    def keeps_running(self) -> Iterator[Callable[[Callable[[], bool]], None]]:
        """Have the service run; what comes is called with what is waited for."""
        service = subprocess.Popen(["radiary", "run"], cwd=self.home, env=self._environment, stderr=subprocess.DEVNULL)

        def wait(is_so: Callable[[], bool]) -> None:
            deadline = time.monotonic() + PATIENCE
            while not is_so():
                assert service.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.02)

        try:
            yield wait
        finally:
            service.terminate()
            service.wait(PATIENCE)

    @property
    def _environment(self) -> dict[str, str]:
        return {"HOME": str(self.home), "PATH": self._path, "LC_ALL": "C.UTF-8", "RADIARY_WORKERS": "1"}

    def _settle(self, name: str, text: str) -> None:
        """Add settings to their file: JSON's strings, numbers and lists are TOML's."""
        file = self.home / _SETTINGS / name
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        known = tomllib.loads(file.read_text()) if file.exists() else {}
        lines = (f"{key} = {json.dumps(value)}\n" for key, value in (known | tomllib.loads(text)).items())
        file.write_text("".join(lines))
        file.chmod(0o600)

    def _change_computer(self, folders: list[str]) -> None:
        """Nothing is there but what she took along."""
        former = self._folder / "former"
        self.home.rename(former)
        self.home.mkdir()
        (self.home / "Downloads").mkdir()
        for name in folders:
            shutil.copytree(former / name, self.home / name)
