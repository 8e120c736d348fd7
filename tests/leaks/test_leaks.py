"""The short run: everything is planted, fewer pictures; `make leaks` is the long one. The last test shows that it can fail."""

import random
from pathlib import Path

import pytest

from conftest import KEY
from leaks import run, running, telling
from leaks.planting import planted
from leaks.run import Findings
from leaks.searching import Searcher
from leaks.tokens import categories
from radiary.ingest.bench import Bench
from services import Service

pytestmark = pytest.mark.timeout(1500)  # thousands of pictures are searched

SEED = 1
ANY_SEED = random.SystemRandom().randrange(10**6)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    return run.findings(tmp_path_factory.mktemp("leaks"), SEED, "short", kind=Service, is_read=False)


def test_no_token_leaves_the_wall_in_any_byte_or_name(found: Findings) -> None:
    assert telling.places(found.leaks, found.files) == []


def test_no_text_burned_into_a_picture_reaches_library_or_chronicle(found: Findings) -> None:
    assert found.stains == []


def test_everything_useful_stays_and_a_second_run_gives_the_same_pseudonyms(found: Findings) -> None:
    assert telling.lost(found.faults) == ["everything useful is there"]


def test_no_token_leaves_the_wall_on_any_seed(tmp_path: Path) -> None:
    export = planted(ANY_SEED)
    with running.bench(tmp_path, KEY) as bench, running.no_text_searched():
        written = running.ingested(export, bench)
    leaks = running.leaks_of(Searcher(export.tokens), written)
    assert telling.places(leaks, dict(written)) == [], f"seed {ANY_SEED}"


def test_the_run_wrote_all_that_was_searched(found: Findings) -> None:
    """Dates stay by default, so they are found; a run that wrote nothing would leak nothing either."""
    assert len({leak.token for leak in found.kept}) > 300
    assert len([name for name in found.files if name.startswith("library/") and name.endswith(".dcm")]) > 150
    assert any(name.startswith("chronicle/images/") for name in found.files)
    assert {"state/ledger.jsonl", "service.log", "status.log", "log.log", "verify.log"} <= set(found.files)


def test_enough_is_planted_in_enough_places() -> None:
    export = planted(SEED)
    assert len(export.tokens) >= 1500
    assert len(categories(export.tokens)) >= 60
    assert len({file.kind for file in export.files if file.inks}) >= 10
    assert sum(1 for file in planted(SEED, "full").files if file.inks) >= 40
    again = planted.__wrapped__(SEED)
    assert [file.data for file in again.files] == [file.data for file in export.files]


def test_with_a_rule_switched_off_its_category_leaks(found: Findings, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    from radiary.dicom.wall.pseudonym import Pseudonyms

    category = "table rows, UI, three deep"
    assert category not in {leak.token.category for leak in found.leaks}
    monkeypatch.setattr(Pseudonyms, "uid", lambda _self, uid: uid)
    assert running.is_leaking(bench, SEED, is_asked=lambda leaking: leaking == category)
