"""Facts in words."""

from collections.abc import Iterator

import pytest

from radiary.commands.speaking import fact_sentences, spoken
from radiary.model.events import Described, Filed, FiledSeries, FiledStudy


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    spoken.use("en")


@pytest.mark.parametrize(
    ("language", "kind"),
    [("en", "Blood analysis"), ("de", "Blutuntersuchung"), ("nl", "Bloedonderzoek"), ("fr", "Analyse de sang")],
)
def test_a_kind_of_paper_is_said_in_the_language_of_its_owner(language: str, kind: str) -> None:
    spoken.use(language)
    series = FiledSeries(uid="1", number=None, label="blood-analysis", modality="DOC", body_part=None, pictures=0)
    folder, day = "2024-03-05/DOC-aaaaaaaa", "2024-03-05"
    study = FiledStudy(uid="2", folder=folder, date=day, patient="P-A", modality="DOC", held=True, series=(series,), added=0)
    filed = Filed(export="a" * 64, studies=(study,), pictures=0, held={}, skipped={}, left=0)
    assert fact_sentences.filed(filed).endswith(f"DOC-aaaaaaaa · {kind}")
    described = Described(study="2", kind="blood-analysis", patient="P-A", date="2024-03-05")
    assert fact_sentences.sentence(described).endswith(kind)
