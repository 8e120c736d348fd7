"""The log in a file of its own, where no service manager keeps it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from radiary.model.errors import Unusable
from radiary.service import log_file

_SAYS = """
import sys, logging
from pathlib import Path
from radiary.service import log_file
log_file.begin("info", Path(sys.argv[1]), 2000)
for number in range(int(sys.argv[2])):
    logging.getLogger("radiary").info("fact %d %s", number, "x" * 80)
"""


def test_a_log_file_is_kept_small_and_private(tmp_path: Path) -> None:
    path = tmp_path / "logs/radiary.log"
    subprocess.run([sys.executable, "-c", _SAYS, str(path), "300"], check=True)
    files = sorted(path.parent.iterdir())
    assert [one.name for one in files] == ["radiary.log", "radiary.log.1", "radiary.log.2", "radiary.log.3"]
    assert all(one.stat().st_size <= 2000 and one.stat().st_mode & 0o777 == 0o600 for one in files)
    assert "fact 299" in path.read_text()


def test_what_a_start_said_begins_anew_once_it_has_grown(tmp_path: Path) -> None:
    said = tmp_path / "start.log"
    for before, after in ((b"x" * 5000, b""), (b"a traceback", b"a traceback")):
        said.write_bytes(before)
        with said.open("ab") as stderr:
            subprocess.run([sys.executable, "-c", _SAYS, str(tmp_path / "radiary.log"), "1"], check=True, stderr=stderr)
        assert said.read_bytes() == after


_WARNS = """
import sys, logging
from radiary.service import log_file
log_file.begin("info", None)
logging.getLogger("radiary").info("a fact")
logging.getLogger("radiary").warning("a trouble")
"""


@pytest.mark.parametrize("is_journal", [True, False])
def test_the_journal_gets_priorities_and_no_second_time(tmp_path: Path, *, is_journal: bool) -> None:
    with (tmp_path / "journal").open("w+") as stream, (tmp_path / "other").open("w") as other:
        named = os.fstat((stream if is_journal else other).fileno())
        surroundings = os.environ | {"JOURNAL_STREAM": f"{named.st_dev}:{named.st_ino}"}
        subprocess.run([sys.executable, "-c", _WARNS], check=True, stderr=stream, env=surroundings)
        stream.seek(0)
        lines = stream.read().splitlines()
    if is_journal:
        assert lines == ["<6>INFO a fact", "<4>WARNING a trouble"]
    else:
        timed = [re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} (.*)", line) for line in lines]
        assert [one and one[1] for one in timed] == ["INFO a fact", "WARNING a trouble"]


def test_a_log_file_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unusable, match="log file cannot be written"):
        log_file.begin("info", tmp_path / "file/radiary.log")
