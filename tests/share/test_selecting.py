"""What may be shared, by what lies in her folder."""

import shutil
from pathlib import Path

from homes import Home
from radiary.chronicle.story import folded
from radiary.library.shelf import Library
from radiary.share import selecting
from radiary.workers.pool import Pool
from stories import filed, series


def test_an_exam_of_which_a_copied_picture_is_under_a_sealed_event_is_not_among_them(tmp_path: Path, pool: Pool) -> None:
    home = Home(tmp_path, pool)
    for number, name in enumerate(("2024-01-01/a/1.png", "2024-01-01/a/2.png", "2024-02-02/b/3.png")):
        home.picture(name, 40 + 30 * number)
    home.data.write_text("- date: 2020-01-01\n")
    home.tell(filed("a", "2024-01-01", series("1"), series("2", 2)), filed("b", "2024-02-02", series("3")))
    (home.images / "2025-05-05").mkdir()
    shutil.copy(home.images / "2024-01-01/scan2.jpg", home.images / "2025-05-05/lump.jpg")
    sealed = "- date: 2025-05-05\n  events:\n    - title: not this one\n      sealed: true\n      images: [lump.jpg]\n"
    home.data.write_text(home.text.replace(', "scan2.jpg"', "") + sealed)
    (tmp_path / "library/.radiary").touch()
    library = Library(tmp_path / "library")
    known = selecting.shareable(folded(home.events), home.known, home.site, library=library)
    assert ([one.exam.study for one in known.exams], list(known.sealed)) == (["b"], ["a"])
