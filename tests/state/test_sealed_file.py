"""What is sealed is read with its key alone."""

from pathlib import Path

import pytest

from conftest import KEY
from radiary.model.errors import Unusable
from radiary.state.paper_facts import ConfirmedValue, PaperFact, PaperFacts
from radiary.state.sealed_file import Sealed


def test_facts_about_papers_come_back_and_stand_nowhere_in_plain(tmp_path: Path) -> None:
    facts = PaperFacts(tmp_path / "papers", KEY)
    facts.add(PaperFact(does="confirmed", paper="a", values=(ConfirmedValue(name="Hemoglobine", word="Positief"),)))
    facts.add(PaperFact(does="withdrawn", paper="a"))
    assert [one.does for one in PaperFacts(tmp_path / "papers", KEY).all()] == ["confirmed", "withdrawn"]
    assert b"emoglobin" not in (tmp_path / "papers").read_bytes()
    assert (tmp_path / "papers").stat().st_mode & 0o077 == 0


def test_another_key_and_damage_are_a_sentence(tmp_path: Path) -> None:
    Sealed(tmp_path / "papers", KEY, "papers").replace(b"[]")
    with pytest.raises(Unusable, match="cannot be read"):
        Sealed(tmp_path / "papers", bytes(32), "papers").content()
    (tmp_path / "papers").write_bytes(b"short")
    with pytest.raises(Unusable, match="cannot be read"):
        PaperFacts(tmp_path / "papers", KEY).all()
