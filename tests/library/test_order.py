"""The order of system calls through one filing, as strace saw it: what makes a power cut harmless."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import exports
from services import PATIENCE, Service

CALLS = "openat,fsync,rename,renameat,renameat2,write,unlink,unlinkat,close,pwrite64"


@pytest.mark.debian
def test_files_then_folders_are_on_the_disk_before_they_appear_and_the_fact_comes_before_the_source_goes(tmp_path: Path) -> None:
    service = Service(tmp_path, workers=1, after="sort")
    exports.zipped(service.downloads / "a.zip", exports.ct_files(2))
    trace = tmp_path / "trace"
    line = ["strace", "-f", "-y", "-s", "200", "-e", f"trace={CALLS}", "-o", str(trace), sys.executable, "-m", "radiary", "run"]
    with subprocess.Popen([*line, *service.options], stderr=subprocess.DEVNULL) as traced:
        try:
            service.wait_for("filed")
            service.wait((service.downloads / "done/a.zip").exists)
            child = service.pulse()["pid"]
            subprocess.run(["kill", str(child)], check=True)
            traced.wait(PATIENCE)
        finally:
            traced.kill()
    lines = trace.read_text().splitlines()

    def first(pattern: str, after: int = 0) -> int:
        for number in range(after, len(lines)):
            if re.search(pattern, lines[number]):
                return number
        raise AssertionError(f"nothing like {pattern} after line {after}")

    def last(pattern: str, before: int) -> int:
        return max(number for number in range(before) if re.search(pattern, lines[number]))

    appeared = first(r'rename.*/library/\.tray/.*"[^"]*/library/2024-01-01/CT-\w+"')
    pictures = [number for number in range(appeared) if re.search(r"fsync\(\d+<[^>]*\.(png|dcm)>", lines[number])]
    assert len(pictures) == 4, "every file is on the disk before the study appears"
    folders = last(r"fsync\(\d+<[^>]*/library/\.tray/[^>]*>", appeared)
    assert max(pictures) < folders < appeared, "then its folders"
    day = first(r"fsync\(\d+<[^>]*/library/2024-01-01>", appeared)
    root = first(r"fsync\(\d+<[^>]*/library>", appeared)
    fact = first(r'write\(\d+<[^>]*/ledger\.jsonl>, ".*\\"filed\\"', appeared)
    synced = first(r"fsync\(\d+<[^>]*/ledger\.jsonl>", fact)
    moved = first(r'rename.*/downloads/a\.zip"')
    assert appeared < day < root < fact < synced < moved
