"""Nothing is sent, by whatever library."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

READING = """
from lettering import picture
from radiary.dicom.text import reader
assert reader.text_in(picture("SYNTHETICA")).boxes
"""


@pytest.mark.debian
def test_reading_text_opens_no_connection_and_leaves_nothing_in_ones_home(tmp_path: Path, home: Path) -> None:
    trace = tmp_path / "trace"
    line = ["strace", "-f", "-e", "trace=socket,connect,sendto,sendmsg", "-o", str(trace), sys.executable, "-c", READING]
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run(line, check=True, env=environment)
    assert "INET" not in trace.read_text()
    assert list(home.rglob("*")) == []
