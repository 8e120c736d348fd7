"""What a site told before its ledger was lost, known again by the pictures that are there."""

from pathlib import Path

from homes import Home
from radiary.chronicle import told_before
from radiary.library.shelf import Library
from radiary.model.events import Filed
from radiary.workers.pool import Pool
from stories import filed, series


def test_a_picture_that_she_calls_otherwise_is_known_and_takes_no_name_of_another(tmp_path: Path, pool: Pool) -> None:
    home = Home(tmp_path, pool)
    home.data.write_bytes(b"")
    for study, grey in (("s1", 40), ("s2", 90)):
        home.picture(f"2024-01-01/{study}/shown.png", grey)
        exam = filed(study, "2024-01-01", series(f"{study}.1", 1).changed(representative="shown.png"))
        assert isinstance(exam, Filed)
        home.tell(exam)
    images = home.images / "2024-01-01"
    (images / "scan1.jpg").unlink()
    (images / "scan2.jpg").rename(images / "what it means.jpg")
    home.data.write_text(home.text.replace("scan2.jpg", "what it means.jpg"))
    exams = [event for event in home.events if isinstance(event, Filed)]
    facts = told_before.facts(exams, set(), home.site, Library(tmp_path / "library"))
    assert [fact.pictures for fact in facts] == [{"s1.1": "scan1.jpg"}, {"s2.1": "what it means.jpg"}]
