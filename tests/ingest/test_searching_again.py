"""What was held for want of a reader of text is searched once there is one, a few pictures at a time."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

import exports
from conftest import export_at
from doppler import doppler
from lettering import clip, stamped
from radiary.ingest import pipeline, searching_again, text_search
from radiary.ingest.bench import Bench
from radiary.ingest.decisions import Decision, carried_out
from radiary.ingest.searching_again import SearchingAgain
from radiary.model.errors import Reason
from radiary.model.events import LookedAgain
from radiary.model.nouns import Treatment
from radiary.state.queue import Queue


class Without:
    """A library that was filled while text could not be read."""

    def __init__(self, bench: Bench, place: Path, *made: Any) -> None:
        self.bench, self.queue, self.facts = bench, Queue(), list[LookedAgain]()
        files = {str(number): exports.written(one) for number, one in enumerate(made)}
        export = export_at(exports.zipped(place / "a.zip", files))
        self.queue.fold(pipeline.ingest(export, replace(bench, searches_text=False), self.queue))
        self.looking = SearchingAgain(bench, self.queue, self.tell)

    def tell(self, event: LookedAgain) -> None:
        self.facts.append(event)
        self.queue.fold(event)

    def look(self) -> list[tuple[bool, bool]]:
        steps = [self.looking.step()]
        while steps[-1][1]:
            steps.append(self.looking.step())
            assert len(steps) < 100, "it comes to no end"
        return steps

    def held(self) -> list[str | None]:
        studies = [study for (_, is_held), study in self.queue.studies.items() if is_held]
        records = [self.bench.shelf.study(study.folder) for study in studies]
        return [one.hold for record in records for series in record.series for one in series.instances]

    def filed(self) -> list[Path]:
        return sorted(self.bench.library.root.rglob("*.dcm"))


def xrays(*words: str) -> list[Any]:
    return [stamped(one, number=number) for number, one in enumerate(words, start=1)]


def test_what_is_clear_goes_into_the_library_blanked_where_text_stands(bench: Bench, tmp_path: Path) -> None:
    shelf = Without(bench, tmp_path, *xrays("", "SYNTHETICA"))
    assert shelf.held() == [Reason.TEXT_NOT_LOOKED_FOR] * 2
    assert shelf.look()[-1] == (True, False)
    (fact,) = shelf.facts
    assert (fact.cleared, dict(fact.held), fact.is_gone) == (2, {}, True)
    assert shelf.held() == []
    assert not list(bench.shelf.root.rglob("*.png"))
    _, named = (exports.read_back(path.read_bytes()) for path in shelf.filed())
    assert not (named.pixel_array == 3900).any()
    assert sum(one.pictures for study in fact.studies for one in study.series) == 2


@pytest.mark.parametrize("is_slice", [True, False])
def test_a_name_that_the_window_does_not_show_plainly_is_found_as_it_is_while_a_download_is_filed(
    bench: Bench, tmp_path: Path, *, is_slice: bool
) -> None:
    values = np.random.default_rng(1).normal(800 if is_slice else 3000, 20, (320, 400))
    values[200:], values[0, :2] = 700, (0, 4000)
    drawn = Image.new("L", (400, 320))
    ImageDraw.Draw(drawn).text((60, 60), "SYNTHETICA", fill=255, font=ImageFont.load_default(24))
    values = np.where(np.array(drawn) > 100, 1190 if is_slice else 3300, values)
    ct = {"modality": "CT", "sop_class": exports.CT, "ImageType": ["DERIVED", "SECONDARY"]} if is_slice else {}
    made = stamped("", WindowCenter=1000, WindowWidth=2000, **ct)
    shelf = Without(bench, tmp_path, exports.with_pixels(made, values.astype("<u2"), stored=12))
    assert shelf.held() == [Reason.TEXT_NOT_LOOKED_FOR]
    shelf.look()
    for path in shelf.filed():
        after = exports.read_back(path.read_bytes()).pixel_array
        assert (after[np.array(drawn) > 100] == 0).mean() > 0.9


def test_what_stays_doubtful_stays_with_its_new_reason_and_is_not_looked_at_again(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Without(bench, tmp_path, *xrays("", ""))
    doubtful = Treatment(hold=Reason.TEXT_UNCERTAIN)
    treatments = [doubtful, Treatment()]
    monkeypatch.setattr(text_search, "treatments_of", lambda pictures, *_, **__: [treatments[n] for n, _ in enumerate(pictures)])
    shelf.look()
    (fact,) = shelf.facts
    assert (fact.cleared, dict(fact.held), fact.is_gone) == (1, {Reason.TEXT_UNCERTAIN: 1}, False)
    assert shelf.held() == [Reason.TEXT_UNCERTAIN]
    shelf.looking.ask()
    assert shelf.look() == [(False, False)]
    assert len(shelf.facts) == 1


def test_it_goes_in_small_steps_which_can_be_taken_up_by_another_run(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching_again, "_MOST", 2)
    shelf = Without(bench, tmp_path, *xrays("", "", ""))
    assert shelf.looking.step() == (False, True)
    assert [fact.cleared for fact in shelf.facts] == [2]
    shelf.looking = SearchingAgain(bench, shelf.queue, shelf.tell)
    assert shelf.look() == [(False, True), (True, False)]
    assert [fact.cleared for fact in shelf.facts] == [2, 1]
    assert len(shelf.filed()) == 3


def test_while_there_is_no_reader_it_costs_no_fact(bench: Bench, tmp_path: Path) -> None:
    shelf = Without(bench, tmp_path, *xrays(""))
    shelf.looking = SearchingAgain(replace(bench, searches_text=False), shelf.queue, shelf.tell)
    assert shelf.look() == [(False, False)]
    assert shelf.facts == []
    assert shelf.held() == [Reason.TEXT_NOT_LOOKED_FOR]


def test_what_its_owner_decided_about_or_is_held_for_another_reason_is_left(bench: Bench, tmp_path: Path) -> None:
    shelf = Without(bench, tmp_path, clip(frames=2, study=2), *xrays(""))
    (study,) = [one for one in shelf.queue.studies.values() if one.held and one.modality == "DX"]
    record = shelf.bench.shelf.study(study.folder)
    kept = Decision(study=study.uid, instance=record.series[0].instances[0].uid, decision="kept")
    shelf.queue.fold(carried_out(kept, bench, shelf.queue))
    shelf.looking.ask()
    assert shelf.look() == [(False, False)]
    assert shelf.facts == []


def test_what_an_older_version_held_is_looked_at_where_its_export_leaves_no_other_reason(bench: Bench, tmp_path: Path) -> None:
    shelf = Without(bench, tmp_path, *xrays(""))
    for path in bench.shelf.root.rglob("study.json"):
        path.write_text(path.read_text().replace('"hold":"text-not-looked-for"', '"hold":null'))
    shelf.look()
    assert [fact.cleared for fact in shelf.facts] == [1]


def test_a_copy_that_was_tampered_with_keeps_no_other_one_waiting(bench: Bench, tmp_path: Path) -> None:
    shelf = Without(bench, tmp_path, *xrays("", ""))
    copy = min(bench.shelf.root.rglob("*.dcm"))
    copy.write_bytes(copy.read_bytes() + b"\0\0")
    shelf.look()
    assert [fact.cleared for fact in shelf.facts] == [1]
    assert shelf.held() == [Reason.TEXT_NOT_LOOKED_FOR]


def test_an_internal_error_ends_nothing_and_is_not_met_again_at_once(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Without(bench, tmp_path, *xrays(""))
    tried = []

    def odd(*_: Any, **__: Any) -> None:
        tried.append(1)
        raise ZeroDivisionError

    monkeypatch.setattr(text_search, "treatments_of", odd)
    assert [shelf.look(), shelf.look()] == [[(False, False)]] * 2
    assert (len(tried), shelf.facts, len(shelf.held())) == (1, [], 1)


def test_a_doppler_spectrum_is_clear(bench: Bench, tmp_path: Path) -> None:
    shelf = Without(bench, tmp_path, doppler(3))
    shelf.look()
    assert (shelf.held(), len(shelf.filed())) == ([], 1)
