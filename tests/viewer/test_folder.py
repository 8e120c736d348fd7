import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import exports
from viewer import phantoms
from viewer.viewed import Viewed, viewed


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Viewed]:
    with viewed(tmp_path) as made:
        yield made


def test_an_exam_has_a_page_which_is_made_again_when_more_of_it_comes(place: Viewed) -> None:
    place.file(phantoms.slices(1, 3) | phantoms.slices(2, 3))
    assert place.update() == {"compare.html", "viewer.css", "viewer.js", *(path.name for path in place.folder.iterdir())}
    assert place.update() == set()
    (page, _) = place.pages()
    (place.service.downloads / "a.zip").unlink()
    place.file(phantoms.slices(1, 4))
    (group,) = place.folder.glob("group-*")
    assert place.update() == {page.name, page.with_suffix(".js").name, group.name}
    assert len(place.data(page)["stacks"][0]["pictures"]) == 4  # type: ignore[index]


def test_a_picture_lies_where_the_data_says(place: Viewed) -> None:
    place.file(phantoms.slices(1, 3) | phantoms.clip(2), "--windows", "lung")
    place.update()
    for page in place.pages():
        data = place.data(page)
        for stack in data["stacks"]:
            paths = [*stack["pictures"], *(path for window in stack["windows"].values() for path in window)]  # type: ignore[index]
            assert paths
            assert all((place.folder / data["folder"] / path).resolve().is_file() for path in paths)
    ct, us = (place.data(page)["stacks"][0] for page in place.pages())
    assert (ct["letters"], ct["plane"]) == (["A", "L", "P", "R"], "axial")  # type: ignore[index]
    assert (us["clip"], us["ms"]) == (True, 40)  # type: ignore[index]


def test_an_exam_that_is_told_no_more_leaves_no_page_and_no_choice(place: Viewed) -> None:
    place.file(phantoms.slices(1, 3) | phantoms.slices(2, 3))
    place.update()
    gone, kept = place.pages()
    (place.folder / "exam.html").write_text("her own")
    shutil.rmtree(place.library / "2024-01-01")
    (group,) = place.update()
    assert place.pages() == [kept]
    assert gone.stem.removeprefix("exam-") not in (place.folder / group).read_text()
    assert (place.folder / "exam.html").read_text() == "her own"


def test_what_she_sealed_or_took_out_has_no_page_and_is_set_beside_nothing(place: Viewed) -> None:
    place.file(phantoms.slices(1, 3) | phantoms.slices(2, 3) | phantoms.slices(3, 3))
    folder = place.service.folder / "chronicle"
    own, viewer = folder / "chronicle.yml", folder / "viewer"
    (group,) = viewer.glob("group-*")
    text = own.read_text()
    codes = [
        date["code"] for date in sorted((place.data(page) for page in viewer.glob("exam-*.html")), key=lambda one: one["date"])
    ]

    def offered(changed: str) -> list[str]:
        own.write_text(changed)
        done = place.service.command("chronicle")
        assert done.returncode == 0, done.stdout
        assert [code for code in codes if (viewer / f"exam-{code}.html").exists()] == [
            code for code in codes if code in group.read_text()
        ]
        return [code for code in codes if code in group.read_text()]

    first, second, _third = text.split("- date: ")[1:]
    sealed = second.replace("    - title", "    - sealed: true\n      title")
    assert offered(f"- date: {first}- date: {sealed}") == codes[:1]
    assert offered(text) == codes


def test_a_library_that_is_away_keeps_its_pages(place: Viewed) -> None:
    place.file(phantoms.slices(1, 3))
    place.update()
    exams = place.exams()
    place.library.rename(place.library.with_name("away"))
    place.exams = lambda: exams  # type: ignore[method-assign]
    assert place.update() == set()
    assert len(place.pages()) == 1


def test_another_language_makes_all_pages_again(place: Viewed) -> None:
    place.file(phantoms.slices(1, 3))
    place.update()
    assert "Terug naar" not in place.pages()[0].read_text()
    place.update("nl")
    (page,) = place.pages()
    assert '<html lang="nl">' in page.read_text()
    assert "maandag 1 januari 2024" in page.read_text()


def test_nothing_identifying_stands_in_them(place: Viewed) -> None:
    place.file(phantoms.slices(1, 3) | phantoms.clip(2))
    place.update()
    assert exports.leaks(place.folder) == []


def test_what_is_written_is_private(place: Viewed) -> None:
    place.file(phantoms.slices(1, 3))
    place.update()
    assert {oct(path.stat().st_mode & 0o777) for path in place.folder.iterdir()} == {"0o600"}
