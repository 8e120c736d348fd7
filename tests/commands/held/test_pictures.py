"""What the page of `radiary review` lists: by exam, what is alike together, with the reason in a sentence."""

from pathlib import Path

import numpy as np
import pytest

import exports
from lettering import clip
from radiary.commands.held.pictures import HeldPictures, words
from radiary.ingest.decisions import Decision
from radiary.library.shelf import Library
from radiary.settings import Settings
from radiary.state.folder import State
from services import Service


def held(tmp_path: Path, **files: bytes) -> HeldPictures:
    service = Service(tmp_path, workers=1)
    exports.zipped(service.downloads / "a.zip", files)
    assert service.command("once", str(service.downloads / "a.zip")).returncode == 0
    places = {name: tmp_path / name for name in ("library", "private", "chronicle", "state")}
    made = HeldPictures(Settings(watch=(service.downloads,), **places))
    made.refresh()
    return made


def still(number: int, size: int = 60) -> bytes:
    made = exports.dataset(modality="US", sop_class=exports.US, number=number)
    return exports.written(exports.with_pixels(made, np.full((size, 80), 90, "u1")))


def test_what_is_alike_is_one_item_and_what_is_not_is_its_own(tmp_path: Path) -> None:
    shown = held(tmp_path, a=still(1), b=still(2), c=still(3, size=64), d=exports.written(clip(number=4, frames=5)))
    items = shown.items()
    assert sorted(one["what"] for one in items) == ["2 pictures, alike", "a clip of 5 frames", "a picture"]
    assert {one["exam"] for one in items} == {"Ultrasound, 1 January 2024"}
    assert {one["why"] for one in items} == {"This ultrasound does not say where its picture ends and where text may stand."}
    assert {(one["width"], one["height"]) for one in items} == {(80, 60), (80, 64), (320, 240)}


def test_held_pictures_are_counted_alike_wherever_they_are_told(tmp_path: Path) -> None:
    files = {"a": still(1), "d": exports.written(clip(number=4, frames=5))}
    shown, service = held(tmp_path, **files), Service(tmp_path)
    assert (shown.pictures(), shown.queue.held_pictures()) == (6, 6)
    assert "6 held pictures (`radiary review`)" in service.command("status").stdout
    assert "6 pictures of 1 exam" in service.command("doctor").stdout


def test_what_is_decided_waits_for_its_owner_no_more(tmp_path: Path) -> None:
    shown, service = held(tmp_path, a=still(1), d=exports.written(clip(number=4, frames=5))), Service(tmp_path)
    (kept,) = (one for one in shown.instances.values() if len(one.record.pictures) == 5)
    decision = Decision(study=kept.study.uid, instance=kept.record.uid, decision="kept")
    State(tmp_path / "state").ask("review", "one", decision.model_dump_json().encode())
    with service:
        service.wait(lambda: service.facts("reviewed"))
    shown.refresh()
    assert (shown.pictures(), shown.queue.held_pictures()) == (1, 1)
    assert "1 held picture (`radiary review`)" in service.command("status").stdout
    assert "1 picture of 1 exam" in service.command("doctor").stdout


def test_neither_ledger_nor_shelf_is_read_again_while_nothing_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = held(tmp_path, a=still(1))
    reads = []
    monkeypatch.setattr(Library, "study", lambda _library, folder: reads.append(folder))
    ledger = tmp_path / "state" / "ledger.jsonl"
    whole = ledger.read_bytes()
    ledger.write_bytes(b"x" * (len(whole) - 1) + b"\n")  # would be no ledger if it were read once more
    for _ in range(3):
        shown.refresh()
        assert len(shown.items()) == 1
    assert reads == []


def test_a_day_is_said_in_words() -> None:
    assert words("2024-03-12") == "12 March 2024"
    assert words(None) == "without a date"


def test_a_reason_that_an_older_version_did_not_note_is_told_as_far_as_its_export_says(tmp_path: Path) -> None:
    held(tmp_path, a=still(1), b=exports.written(exports.dataset(sop_class=exports.SC, modality="OT", study=2)))
    shown = HeldPictures(
        Settings(watch=(tmp_path / "downloads",), **{n: tmp_path / n for n in ("library", "private", "chronicle", "state")})
    )
    for path in (tmp_path / "private").rglob("study.json"):
        path.write_text(path.read_text().replace('"hold":"ultrasound-regions-missing"', '"hold":null'))
    shown.refresh()
    assert [one["why"] for one in shown.items()] == [
        "This ultrasound does not say where its picture ends and where text may stand."
    ]
