"""Passages without a fault are read once: as long as they and the folders of their pictures stay."""

import json
from pathlib import Path

import pytest

from radiary.chronicle import sound_passages, yaml_passages

_TEXT = """\
- date: 2024-01-01
  title: Scan
  images: [a.png]
- date: 2024-02-01
  title: Cycle 1
"""


@pytest.fixture
def images(tmp_path: Path) -> Path:
    (tmp_path / "images/2024-01-01").mkdir(parents=True)
    (tmp_path / "images/2024-01-01/a.png").write_bytes(b"\x89PNG")
    return tmp_path / "images"


def _reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passages that are read from now on."""
    read, passages = yaml_passages.read, list[str]()
    monkeypatch.setattr(yaml_passages, "read", lambda text: passages.append(text) or read(text))
    return passages


def test_a_passage_without_a_fault_is_read_once_and_a_new_one_alone(images: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record, reads = images.parent / ".sound.json", _reads(monkeypatch)
    assert sound_passages.are_sound(_TEXT, images, record)
    assert len(reads) > 0
    reads.clear()
    assert sound_passages.are_sound(_TEXT, images, record)
    assert reads == []
    assert sound_passages.are_sound(_TEXT + "- date: 2024-03-01\n  title: Cycle 2\n", images, record)
    assert {passage.splitlines()[0] for passage in reads} == {"- date: 2024-03-01"}


def test_a_picture_that_was_deleted_is_missed_though_her_words_stay(images: Path) -> None:
    record = images.parent / ".sound.json"
    assert sound_passages.are_sound(_TEXT, images, record)
    (images / "2024-01-01/a.png").unlink()
    assert not sound_passages.are_sound(_TEXT, images, record)
    (images / "2024-01-01").rmdir()
    assert not sound_passages.are_sound(_TEXT, images, record)


def test_what_is_no_picture_no_day_or_no_list_is_not_sound(images: Path) -> None:
    record = images.parent / ".sound.json"
    assert not sound_passages.are_sound("- date: [2024\n", images, record)
    assert not sound_passages.are_sound("days: {a: 1}\n", images, record)
    assert not sound_passages.are_sound("", images, record)
    assert not sound_passages.are_sound("- date: 2024-01-01\n  title: a\n  title: b\n", images, record)
    assert not sound_passages.are_sound("- date: 2024-01-01\n  title: a\n  until: spring\n", images, record)
    (images / "2024-01-01/a.png").write_bytes(b"words")
    assert not sound_passages.are_sound(_TEXT, images, record)
    assert not record.exists()


def test_what_was_sound_before_a_further_fault_was_asked_for_is_asked_again(
    images: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = images.parent / ".sound.json"
    monkeypatch.setattr(sound_passages, "_FAULTS", ())
    monkeypatch.setattr(sound_passages, "_KINDS", b"1")
    assert sound_passages.are_sound(_TEXT + "  until: spring\n", images, record)
    monkeypatch.undo()
    assert not sound_passages.are_sound(_TEXT + "  until: spring\n", images, record)


def test_the_record_holds_no_word_of_hers_and_a_damaged_one_is_none(images: Path) -> None:
    record = images.parent / ".sound.json"
    assert sound_passages.are_sound(_TEXT, images, record)
    assert record.stat().st_mode & 0o777 == 0o600
    said = record.read_text()
    assert "Scan" not in said
    assert "a.png" not in said
    for junk in (b"", b"[1]", b'{"a": 1}', b'{"a": {"b": "c"}}', b"\xff"):
        record.write_bytes(junk)
        assert sound_passages.are_sound(_TEXT, images, record)
        assert json.loads(record.read_text()) == json.loads(said)
    assert sound_passages.are_sound(_TEXT, images, images.parent / "away/.sound.json")
    assert not (images.parent / "away").exists()
