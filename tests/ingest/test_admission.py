"""Whether a download is queued, when something else than the download is at fault."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import exports
from conftest import export_at
from radiary.ingest import admission
from radiary.ingest.bench import Bench
from radiary.model.errors import GaveUp, NoDicom, OutOfMemory, SourceUnreadable, WorkersUnavailable


def scout(error: type[Exception]) -> Any:
    """A worker that looks into a download and ends so."""

    def call(*_: object) -> bool:
        raise error

    return SimpleNamespace(call=call)


@pytest.mark.parametrize(
    ("error", "said"), [(MemoryError, OutOfMemory), (ImportError, WorkersUnavailable), (OSError, SourceUnreadable)]
)
def test_what_the_computer_lacks_just_now_refuses_no_download(
    bench: Bench, tmp_path: Path, error: type[Exception], said: type[Exception]
) -> None:
    export = export_at(exports.zipped(tmp_path / "a.zip", exports.ct_files(1)))
    with pytest.raises(said):
        admission.refusal(export, scout(error), bench)


def test_a_mistake_in_radiary_is_told_of_the_download_that_met_it_and_ends_nothing(bench: Bench, tmp_path: Path) -> None:
    export = export_at(exports.zipped(tmp_path / "a.zip", exports.ct_files(1)))
    assert isinstance(admission.refusal(export, scout(ZeroDivisionError), bench), GaveUp)


def test_an_empty_file_is_nobodys(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "a.zip").touch()
    with pytest.raises(NoDicom):
        admission.refusal(export_at(tmp_path / "a.zip"), scout(ZeroDivisionError), bench)
