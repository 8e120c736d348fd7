"""What of papers may go out: series that were released, of papers that are hers, at days as exams' are told."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest

from radiary.documents import series
from radiary.ingest import released
from radiary.ingest.bench import Bench
from radiary.model.events import Described, Filed, FiledSeries, FiledStudy
from radiary.model.nouns import Identity, Policy
from radiary.state.paper_facts import ConfirmedValue, PaperFact, PaperFacts
from radiary.state.queue import Queue, folded

DAY = date(2024, 3, 5)
VALUE = ConfirmedValue(name="CRP", number=Decimal(3), unit="mg/L", day=DAY, time="08:10")
STUDY = FiledStudy(
    uid="2.25.1",
    folder="2024-03-05/DOC-a",
    date="2024-03-05",
    patient="P-A",
    modality="DOC",
    held=True,
    series=(
        FiledSeries(uid="2.25.3", number=1, label="x", modality="DOC", body_part=None, pictures=0, representative=None),
    ),
    added=1,
)  # fmt: skip


@pytest.fixture
def papers(bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Bench:
    """A bench with one paper on its shelf, of which one value is confirmed."""
    record = SimpleNamespace(series=[SimpleNamespace(instances=[SimpleNamespace(uid="2.25.2")])])
    monkeypatch.setattr("radiary.ingest.decisions.held", lambda _shelf, queue: [(queue.studies["2.25.1", True], record)])
    bench.people.learn({"P-A": Identity("Quillemans^Roos", "19581123", "Q-4411", "")}, {})
    made = replace(bench, papers=PaperFacts(tmp_path / "state/papers", bytes(32)))
    assert made.papers is not None
    made.papers.add(PaperFact(does="confirmed", paper="2.25.2", person="P-A", laboratory="Zorglab Testrade", values=(VALUE,)))
    return made


def queue(*more: Described) -> Queue:
    filed = Filed(export="a" * 64, studies=(STUDY,), pictures=0, held={}, skipped={}, left=0)
    return folded([filed, *more])


def let_out(papers: Bench, *, for_site: bool = False) -> str:
    assert papers.papers is not None
    (one,) = series.series(papers.papers.all())
    papers.papers.add(*series.letting_out([one.code], for_site=for_site))
    return one.code


def test_nothing_goes_out_before_she_releases_it(papers: Bench) -> None:
    assert released.released(papers, queue()) == ()
    assert papers.papers is not None
    papers.papers.add(*series.letting_out(["12345678"], for_site=False))
    assert released.released(papers, queue()) == ()
    code = let_out(papers, for_site=True)
    (one,) = released.released(papers, queue())
    assert (one.series.code, one.for_site, one.series.points[0].value.day) == (code, True, DAY)
    papers.papers.add(*series.keeping([code]))
    assert released.released(papers, queue()) == ()


def test_values_of_what_is_somebody_elses_go_nowhere(papers: Bench) -> None:
    let_out(papers)
    said = Described(study="2.25.1", kind="letter", patient="P-A", date=None, is_hers=False)
    assert released.released(papers, queue(said)) == ()
    assert released.released(papers, queue(said.changed(is_hers=True))) != ()


def test_days_are_told_as_exams_are(papers: Bench) -> None:
    let_out(papers)
    for policy, day, time in ((Policy(), DAY, "08:10"), (Policy(dates="month"), date(2024, 3, 1), "")):
        (one,) = released.released(replace(papers, policy=policy), queue())
        value = one.series.points[0].value
        assert (value.day, value.time, one.series.laboratory) == (day, time, "")
    (one,) = released.released(replace(papers, policy=Policy(dates="shift")), queue())
    assert one.series.points[0].value.day not in (None, DAY)
