"""What was released by eye is looked at once more before it stands in the library."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import exports
from conftest import export_at
from doppler import doppler
from leaks import grounds, technical
from lettering import clip, stamped
from radiary.ingest import decisions, pipeline, release
from radiary.ingest.bench import Bench
from radiary.ingest.decisions import Decision
from radiary.model.errors import Reason
from radiary.model.events import Reviewed
from radiary.model.nouns import Box, Identity
from radiary.state.queue import Queue

_BOX: Box = (30, 12, 319, 50)


class Desk:
    """One held picture, and decisions about it."""

    def __init__(self, bench: Bench, made: object, place: Path) -> None:
        self.bench, self.queue = bench, Queue()
        export = export_at(exports.zipped(place / "a.zip", {"a": exports.written(made)}))  # type: ignore[arg-type]
        self.queue.fold(pipeline.ingest(export, bench, self.queue))

    def decide(self, what: str, *boxes: Box, is_confirmed: bool = False) -> Reviewed:
        ((study, record),) = decisions.held(self.bench.shelf, self.queue)
        assert record
        (instance,) = release.reviewable(record)
        decision = Decision.model_validate(
            {"study": study.uid, "instance": instance.uid, "decision": what, "boxes": boxes, "is_confirmed": is_confirmed}
        )
        event = decisions.carried_out(decision, self.bench, self.queue)
        self.queue.fold(event)
        return event

    def released(self) -> list[str]:
        return sorted(path.name for path in self.bench.library.root.rglob("*") if path.suffix in (".png", ".dcm"))


def test_a_name_in_one_frame_of_forty_is_stopped_and_told_by_its_frame(bench: Bench, tmp_path: Path) -> None:
    desk = Desk(bench, clip("SYNTHETICA", frame=17), tmp_path)
    event = desk.decide("released")
    assert (event.decision, event.doubts, event.frames) == ("doubted", (Reason.TEXT_SEEN,), (17,))
    ((x0, y0, x1, y1),) = event.found
    assert x0 <= 45 <= x1
    assert y0 <= 30 <= y1
    assert desk.released() == []


def test_blanked_where_the_name_stands_it_is_released_clean(bench: Bench, tmp_path: Path) -> None:
    desk = Desk(bench, clip("SYNTHETICA", frame=4, frames=6), tmp_path)
    event = desk.decide("blanked", _BOX)
    assert (event.decision, event.doubts) == ("blanked", ())
    copy = next(bench.library.root.rglob("*.dcm"))
    assert not exports.read_back(copy.read_bytes()).pixel_array[3, 12:51, 30:].any()
    assert len(desk.released()) == 7


def test_blanked_beside_the_name_it_is_stopped(bench: Bench, tmp_path: Path) -> None:
    desk = Desk(bench, clip("SYNTHETICA", frame=6, frames=6), tmp_path)
    assert desk.decide("blanked", (0, 200, 20, 220)).doubts == (Reason.TEXT_REMAINS,)
    assert desk.released() == []


def test_a_second_yes_releases_it_and_is_remembered_as_that(bench: Bench, tmp_path: Path) -> None:
    desk = Desk(bench, clip("SYNTHETICA", frame=2, frames=4), tmp_path)
    assert desk.decide("released", is_confirmed=True).decision == "doubted"  # there was no first one yet
    event = desk.decide("released", is_confirmed=True)
    assert (event.decision, event.is_confirmed) == ("released", True)
    assert len(desk.released()) == 5


def test_a_second_yes_that_comes_twice_takes_nothing_out_of_the_library_again(bench: Bench, tmp_path: Path) -> None:
    desk = Desk(bench, clip("SYNTHETICA", frame=2, frames=4), tmp_path)
    desk.decide("released")
    for _ in range(2):
        event = desk.decide("released", is_confirmed=True)
        assert (event.decision, event.is_confirmed, len(desk.released())) == ("released", True, 5)
    desk.decide("kept")
    assert desk.decide("released", is_confirmed=True).decision == "doubted"


def test_a_second_yes_counts_for_what_was_doubted_alone(bench: Bench, tmp_path: Path) -> None:
    desk = Desk(bench, clip("SYNTHETICA", frame=2, frames=4), tmp_path)
    desk.decide("blanked", (0, 200, 20, 220))
    assert desk.decide("released", is_confirmed=True).decision == "doubted"
    assert desk.decide("blanked", _BOX, is_confirmed=True).is_confirmed is False


def test_what_was_released_before_does_not_stay_when_a_new_decision_is_doubted(bench: Bench, tmp_path: Path) -> None:
    desk = Desk(bench, clip("SYNTHETICA", frame=2, frames=4), tmp_path)
    assert desk.decide("blanked", _BOX).decision == "blanked"
    assert desk.decide("released").is_gone
    assert desk.released() == []


def test_text_outside_the_window_is_found_in_the_copy(bench: Bench, tmp_path: Path) -> None:
    made = stamped("SYNTHETICA", BurnedInAnnotation="YES")
    values = exports.read_back(exports.written(made)).pixel_array
    hidden = np.where(values > 3000, 20, 0).astype("<u2")  # twenty levels over black, in a window from 1000 on
    exports.with_pixels(made, hidden, stored=12)
    made.WindowCenter, made.WindowWidth = 2000, 2000
    desk = Desk(bench, made, tmp_path)
    shown = next(bench.shelf.root.rglob("*.png"))
    from radiary.dicom.render import encode

    assert not encode.pixels_of(shown.read_bytes()).any()
    assert desk.decide("released").doubts == (Reason.TEXT_SEEN,)


def test_grain_that_no_window_shows_needs_no_second_yes(bench: Bench, tmp_path: Path) -> None:
    grey = grounds.breast(np.random.default_rng(4), (600, 500))
    made = exports.dataset(modality="DX", sop_class=technical.CLASSES["DX"], WindowCenter=1900, WindowWidth=2200)
    made.BurnedInAnnotation = "YES"
    desk = Desk(bench, exports.with_pixels(made, (500 + 3000 * grey).clip(0, 4095).astype("<u2"), stored=12), tmp_path)
    assert desk.decide("released").decision == "released"


def test_a_name_in_the_copys_header_is_stopped(bench: Bench, tmp_path: Path) -> None:
    desk = Desk(bench, exports.ultrasound(regions=False, BodyPartExamined="BREAST"), tmp_path)
    assert desk.decide("released").decision == "released"
    who = Identity(name="Kruis^Anna", birth_date="", identifier="5512", issuer="")
    bench.people.learn({"someone": who}, {})
    copy = next(bench.shelf.root.rglob("*.dcm"))
    record = next(bench.shelf.root.rglob("study.json"))
    import hashlib

    before = copy.read_bytes()
    after = before.replace(b"Basic Profile, default deny", b"Kruis, default is denying  ")
    assert after != before
    copy.write_bytes(after)
    record.write_text(record.read_text().replace(hashlib.sha256(before).hexdigest(), hashlib.sha256(after).hexdigest()))
    assert desk.decide("released").doubts == (Reason.NAME_REMAINS,)


@pytest.mark.parametrize("engine", [False, True])
def test_what_cannot_be_searched_is_not_taken_for_clean(bench: Bench, tmp_path: Path, engine: bool) -> None:
    from dataclasses import replace

    from radiary.ingest.text_engine import TextEngine

    desk = Desk(bench, exports.ultrasound(regions=False), tmp_path)

    class Missing(TextEngine):
        def trouble(self) -> str:
            self.known = Reason.TEXT_READER_NOT_INSTALLED
            return self.known

    changes = {"engine": Missing(bench.reader)} if engine else {"searches_text": False}
    desk.bench = replace(bench, **changes)  # type: ignore[arg-type]
    expected = Reason.TEXT_READER_NOT_INSTALLED if engine else Reason.TEXT_NOT_LOOKED_FOR
    assert desk.decide("released").doubts == (expected,)
    assert desk.decide("released", is_confirmed=True).decision == "released"


def test_a_doppler_spectrum_needs_no_second_yes(bench: Bench, tmp_path: Path) -> None:
    desk = Desk(replace(bench, searches_text=False), doppler(3), tmp_path)
    desk.bench = bench
    assert desk.decide("released").decision == "released"
