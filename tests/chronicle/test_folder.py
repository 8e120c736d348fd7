import re
from itertools import count
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest
from PIL import Image

import stories
from conftest import KEY
from radiary.chronicle import contact_sheets, page
from radiary.chronicle.remembered import Remembered
from radiary.dicom.render import encode
from radiary.files.looks import listed
from radiary.library import layout
from radiary.model.errors import NotNow
from radiary.model.events import Chronicled, Event, Filed, FiledStudy, Removed, Rescaled, Restored, Reviewed
from radiary.model.nouns import Identity
from radiary.state.people import People
from radiary.workers.pool import Pool
from stories import filed, series


@pytest.fixture
def library(tmp_path: Path) -> Path:
    for folder, name in (("2024-01-01/a", "1.png"), ("2024-01-01/a", "2.png"), ("2024-02-02/b", "3.png")):
        (tmp_path / "library" / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / "library" / folder / name).write_bytes(encode.png(np.full((8, 8), 99, "u1")))
    return tmp_path / "library"


EVENTS: list[Event] = [filed("a", "2024-01-01", series("1"), series("2", 2)), filed("b", "2024-02-02", series("3"))]


def nobody(library: Path) -> People:
    return People(library.parent / "people", KEY)


def write(library: Path, pool: Pool, events: list[Event] = EVENTS, known: frozenset[str] = frozenset()) -> list[Chronicled]:
    facts, note = stories.told(
        events,
        known,
        folder=library.parent / "chronicle",
        library=library,
        pool=pool,
        people=People(library.parent / "people", KEY),
        remembered=Remembered(),
    )
    assert note is None
    return facts


def again(library: Path, pool: Pool, facts: list[Chronicled], *more: Event) -> list[Chronicled]:
    return write(library, pool, [*EVENTS, *facts, *more], frozenset(fact.study for fact in facts))


def test_pictures_page_and_site_data_stand_where_her_site_wants_them(library: Path, pool: Pool) -> None:
    facts = write(library, pool)
    folder = library.parent / "chronicle"
    assert sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file()) == [
        ".insertions.json",
        "chronicle.yml",
        *(f"images/{name}.jpg" for name in ("2024-01-01/scan1", "2024-01-01/scan2", "2024-02-02/scan1")),
        "index.html",
        "viewer/compare.html",
        "viewer/viewer.css",
        "viewer/viewer.js",
    ]
    assert [(fact.study, fact.date, fact.pictures) for fact in facts] == [
        ("a", "2024-01-01", {"1": "scan1.jpg", "2": "scan2.jpg"}),
        ("b", "2024-02-02", {"3": "scan1.jpg"}),
    ]
    with Image.open(folder / "images/2024-01-01/scan1.jpg") as opened:
        assert opened.format == "JPEG"


def test_writing_again_changes_no_file_and_tells_nothing_new(library: Path, pool: Pool) -> None:
    facts = write(library, pool)
    folder = library.parent / "chronicle"
    before = {one: (one.stat().st_ino, one.stat().st_mtime_ns) for one in folder.rglob("*") if one.is_file()}
    assert again(library, pool, facts) == []
    assert {one: (one.stat().st_ino, one.stat().st_mtime_ns) for one in folder.rglob("*") if one.is_file()} == before


def test_a_run_that_was_cut_short_before_its_facts_ends_the_same(library: Path, pool: Pool) -> None:
    facts = write(library, pool)
    folder = library.parent / "chronicle"
    before = {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()}
    assert write(library, pool) == facts
    assert {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()} == before


def test_her_own_pictures_keep_their_names_and_the_exam_takes_the_next_free_ones(library: Path, pool: Pool) -> None:
    folder = library.parent / "chronicle"
    (folder / "images/2024-01-01").mkdir(parents=True)
    (folder / "images/2024-01-01/scan1.jpg").write_bytes(b"hers")
    (folder / "chronicle.yml").write_text(
        "- date: 2024-01-01\n  events:\n    - title: mine\n      images: [scan1.jpg, scan3.jpg]\n"
    )
    facts = write(library, pool)
    assert facts[0].pictures == {"1": "scan2.jpg", "2": "scan4.jpg"}
    assert (folder / "images/2024-01-01/scan1.jpg").read_bytes() == b"hers"
    assert 'images: ["scan2.jpg", "scan4.jpg"]' in (folder / "chronicle.yml").read_text()


def test_a_picture_she_replaced_stays_hers(library: Path, pool: Pool) -> None:
    facts = write(library, pool)
    hers = library.parent / "chronicle/images/2024-01-01/scan1.jpg"
    hers.write_bytes(b"hers")
    again(library, pool, facts)
    assert hers.read_bytes() == b"hers"


def in_range(top: float) -> FiledStudy:
    """The study `a`, of which one series names no window."""
    (study,) = filed("a", "2024-01-01", series("1").changed(scale=(0, top)), series("2", 2)).studies  # type: ignore[union-attr]
    return study


@pytest.mark.parametrize("is_edited", [False, True])
def test_a_picture_that_she_left_as_it_was_made_follows_its_series_when_that_is_shown_anew(
    library: Path, pool: Pool, is_edited: bool
) -> None:
    first = Filed(export="a" * 64, studies=(in_range(60),), pictures=1, held={}, skipped={}, left=0)
    facts = write(library, pool, [first])
    path = library.parent / "chronicle/images/2024-01-01/scan1.jpg"
    if is_edited:
        with Image.open(path) as opened:
            opened.rotate(90).save(path, comment=opened.info["comment"])
    before = path.read_bytes()
    (library / "2024-01-01/a/1.png").write_bytes(encode.png(np.full((8, 8), 11, "u1")))
    events = [first, *facts, Rescaled(studies=(in_range(900),))]
    assert write(library, pool, events, frozenset({"a"})) == []
    with Image.open(path) as opened:
        assert (abs(opened.getpixel((3, 3)) - 11) < 3) is not is_edited
    assert (path.read_bytes() == before) is is_edited
    time = path.stat().st_mtime_ns
    write(library, pool, events, frozenset({"a"}))
    assert path.stat().st_mtime_ns == time


def test_a_picture_she_deleted_stays_away_until_she_begins_anew(library: Path, pool: Pool) -> None:
    facts = write(library, pool)
    picture = library.parent / "chronicle/images/2024-01-01/scan2.jpg"
    picture.unlink()
    again(library, pool, facts)
    assert not picture.exists()
    (library.parent / "chronicle/chronicle.yml").unlink()
    assert again(library, pool, facts) == []
    assert picture.exists()
    assert "scan2.jpg" in (library.parent / "chronicle/chronicle.yml").read_text()


def test_a_picture_she_deleted_stays_away_while_her_file_has_a_mistake(library: Path, pool: Pool) -> None:
    facts = write(library, pool)
    picture, data = library.parent / "chronicle/images/2024-01-01/scan2.jpg", library.parent / "chronicle/chronicle.yml"
    picture.unlink()
    data.write_text(data.read_text() + "  bad: [\n")
    events, known = [*EVENTS, *facts], frozenset(fact.study for fact in facts)
    lines = data.read_text().count("\n")
    _, note = stories.told(
        events,
        known,
        folder=data.parent,
        library=library,
        pool=pool,
        people=nobody(library),
        remembered=Remembered(),
    )
    assert not picture.exists()
    assert note == f"`chronicle.yml` has a YAML mistake at line {lines}. Mend it; it was left alone."


def test_the_page_knows_how_large_its_pictures_are_before_they_stand_in_their_place(library: Path, pool: Pool) -> None:
    write(library, pool)
    page, images = (library.parent / "chronicle/index.html").read_text(), library.parent / "chronicle/images"
    shown = re.findall(r'<img [^>]*src="images/([^"]+)"[^>]* width="(\d+)" height="(\d+)"', page)
    assert len(shown) == page.count("<img") == 3
    for name, width, height in shown:
        with Image.open(images / name) as picture:
            assert picture.size == (int(width), int(height))


@pytest.mark.parametrize("decision", ["kept", "undone", "blanked"])
def test_a_picture_that_was_taken_back_is_told_of_until_it_is_deleted(
    library: Path, pool: Pool, decision: Literal["kept", "undone", "blanked"]
) -> None:
    shown = f"{layout.code('x')}.png"
    (library / "2024-01-01/a" / shown).write_bytes((library / "2024-01-01/a/1.png").read_bytes())
    taken = series("8", 8).changed(representative=shown)
    events = [*EVENTS, filed("a", "2024-01-01", series("1"), series("2", 2), taken)]
    facts = write(library, pool, events)
    folder = library.parent / "chronicle"
    assert (folder / "index.html").read_text().count("<img") == 4
    left = filed("a", "2024-01-01", series("1"), series("2", 2))
    assert isinstance(left, Filed)
    reviewed = Reviewed(study="a", instance="x", decision=decision, studies=left.studies)
    args = {
        "folder": folder,
        "library": library,
        "pool": pool,
        "people": nobody(library),
        "remembered": Remembered(),
    }
    known = frozenset(fact.study for fact in facts)
    (folder / "images/2024-01-01/scan3.jpg").write_bytes(b"as she changed it")
    _, note = stories.told([*events, *facts, reviewed], known, **args)
    assert (folder / "index.html").read_text().count("<img") == 3
    assert (note or "").endswith("images/2024-01-01/scan3.jpg")
    (folder / "images/2024-01-01/scan3.jpg").unlink()
    assert stories.told([*events, *facts, reviewed], known, **args)[1] is None


def test_a_series_that_came_later_gets_a_picture_and_leaves_her_entry_alone(library: Path, pool: Pool) -> None:
    facts = write(library, pool)
    text = (library.parent / "chronicle/chronicle.yml").read_text()
    (library / "2024-01-01/a/9.png").write_bytes((library / "2024-01-01/a/1.png").read_bytes())
    more = again(library, pool, facts, filed("a", "2024-01-01", series("1"), series("2", 2), series("9", 9)))
    assert [(fact.study, fact.pictures) for fact in more] == [("a", {"9": "scan3.jpg"})]
    assert (library.parent / "chronicle/chronicle.yml").read_text() == text


def test_a_backup_of_her_file_is_kept_when_an_exam_is_added(library: Path, pool: Pool) -> None:
    data = library.parent / "chronicle/chronicle.yml"
    data.parent.mkdir()
    data.write_bytes(b"- date: 2020-01-01\r\n  events: []\r\n")
    data.chmod(0o644)
    write(library, pool)
    assert data.with_name("chronicle.yml.backup").read_bytes() == b"- date: 2020-01-01\r\n  events: []\r\n"
    assert data.read_bytes().startswith(b"- date: 2020-01-01\r\n  events: []\r\n")
    assert b"\n" not in data.read_bytes().replace(b"\r\n", b"")
    assert data.stat().st_mode & 0o777 == 0o644


def test_a_link_to_her_sites_file_stays_a_link(library: Path, pool: Pool) -> None:
    site = library.parent / "site.yml"
    site.write_text("- date: 2020-01-01\n")
    (library.parent / "chronicle").mkdir()
    (library.parent / "chronicle/chronicle.yml").symlink_to(site)
    write(library, pool)
    assert (library.parent / "chronicle/chronicle.yml").is_symlink()
    assert "2024-01-01" in site.read_text()


@pytest.mark.parametrize(("content", "says"), [(b"- date: [broken", "line"), (b"- date: 2020-01-01\n  title: \xe9\n", "UTF-8")])
def test_a_file_that_cannot_be_added_to_is_left_alone_and_the_page_is_made(
    library: Path, pool: Pool, content: bytes, says: str
) -> None:
    data = library.parent / "chronicle/chronicle.yml"
    data.parent.mkdir()
    data.write_bytes(content)
    facts, note = stories.told(
        EVENTS,
        frozenset(),
        folder=data.parent,
        library=library,
        pool=pool,
        people=nobody(library),
        remembered=Remembered(),
    )
    assert facts == []
    assert says in (note or "")
    assert data.read_bytes() == content
    assert (data.parent / "index.html").read_text().count("<img") == 3


def test_a_file_that_she_closed_to_writing_is_left_alone_until_she_opens_it(library: Path, pool: Pool) -> None:
    data = library.parent / "chronicle/chronicle.yml"
    data.parent.mkdir()
    own = "- date: 2020-01-01\n  title: mine\n"
    data.write_text(own)
    data.chmod(0o444)
    facts, note = told_now(library, pool, EVENTS, frozenset(), Remembered())
    assert facts == []
    assert "closed to writing" in (note or "")
    assert (data.read_text(), data.stat().st_mode & 0o777) == (own, 0o444)
    assert (data.parent / "index.html").read_text().count("<img") == 3
    data.chmod(0o644)
    assert {name for fact in write(library, pool) for name in fact.pictures.values()} == {"scan1.jpg", "scan2.jpg"}
    assert data.read_text().startswith(own)


def test_a_closed_file_to_which_nothing_is_to_be_added_is_no_matter(library: Path, pool: Pool) -> None:
    facts = write(library, pool)
    (library.parent / "chronicle/chronicle.yml").chmod(0o444)
    again(library, pool, facts)


def test_a_damaged_picture_keeps_no_other_one_waiting(library: Path, pool: Pool) -> None:
    (library / "2024-01-01/a/1.png").write_bytes(b"\x89PNG cut")
    facts = write(library, pool)
    assert [list(fact.pictures) for fact in facts] == [["2"], ["3"]]


def test_a_library_that_is_away_takes_nothing_from_the_chronicle(library: Path, pool: Pool) -> None:
    facts = write(library, pool)
    page = (library.parent / "chronicle/index.html").read_bytes()
    library.rename(library.with_name("unmounted"))
    again(library, pool, facts)
    assert (library.parent / "chronicle/index.html").read_bytes() == page


def test_a_chronicle_folder_that_cannot_be_made_is_tried_again(library: Path, pool: Pool) -> None:
    (library.parent / "chronicle").write_text("a file stands in the way")
    with pytest.raises(NotNow):
        write(library, pool)


def born(library: Path, day: str) -> None:
    """Somebody is known who was born on that day."""
    nobody(library).learn({"P-A": Identity("Synthetica^Petronella", day, "471-1", "")}, {})


def test_an_exam_on_somebodys_birthday_stops_nothing(library: Path, pool: Pool) -> None:
    born(library, "20240202")
    assert len(write(library, pool)) == 2


def test_an_exam_without_a_date_of_somebody_without_a_birth_date_stops_nothing(library: Path, pool: Pool) -> None:
    born(library, "")
    undated = filed("c", None, series("4").changed(representative="3.png"))
    undated = undated.changed(studies=(undated.studies[0].changed(folder="2024-02-02/b"),))
    assert len(write(library, pool, [*EVENTS, undated])) == 2
    assert "Without a date" in (library.parent / "chronicle/index.html").read_text()


def test_a_physician_of_a_received_header_is_not_shown(library: Path, pool: Pool) -> None:
    nobody(library).hear_of(["Petronella^Otto"])
    hers = filed("c", "2024-03-03", series("4").changed(body_part="petronella", representative="3.png"))
    hers = hers.changed(studies=(hers.studies[0].changed(folder="2024-02-02/b"),))
    facts, note = stories.told(
        [hers],
        frozenset(),
        folder=library.parent / "chronicle",
        library=library,
        pool=pool,
        people=nobody(library),
        remembered=Remembered(),
    )
    assert (facts, note is not None) == ([], True)
    assert not (library.parent / "chronicle/index.html").exists()


def test_nothing_at_all_stands_in_the_chronicle_that_was_stopped(library: Path, pool: Pool) -> None:
    born(library, "19810704")
    hers = filed("c", "2024-03-03", series("4").changed(body_part="petronella", representative="3.png"))
    hers = hers.changed(studies=(hers.studies[0].changed(folder="2024-02-02/b"),))
    folder = library.parent / "chronicle"
    facts, note = stories.told(
        [hers],
        frozenset(),
        folder=folder,
        library=library,
        pool=pool,
        people=nobody(library),
        remembered=Remembered(),
    )
    assert (facts, note is not None) == ([], True)
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def told_now(
    library: Path, pool: Pool, events: list[Event], known: frozenset[str], remembered: Remembered
) -> tuple[list[Chronicled], str | None]:
    return stories.told(
        events,
        known,
        folder=library.parent / "chronicle",
        library=library,
        pool=pool,
        people=nobody(library),
        remembered=remembered,
    )


def test_a_name_in_an_exam_without_a_day_stops_everything(library: Path, pool: Pool) -> None:
    born(library, "19810704")
    hers = filed("c", None, series("4").changed(body_part="petronella", representative="3.png"))
    hers = hers.changed(studies=(hers.studies[0].changed(folder="2024-02-02/b"),))
    facts, note = told_now(library, pool, [*EVENTS, hers], frozenset(), Remembered())
    assert (facts, (note or "").startswith("The chronicle was not written: something in the page")) == ([], True)
    assert [path for path in (library.parent / "chronicle").rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(("file", "place"), [("images/2024-01-01/scan1.jpg", "picture"), ("sheets/2024-01-01-a.jpg", "sheet")])
def test_a_name_in_a_picture_stops_everything_until_it_is_gone(library: Path, pool: Pool, file: str, place: str) -> None:
    facts = write(library, pool)
    born(library, "19810704")
    picture, page = library.parent / "chronicle" / file, library.parent / "chronicle/index.html"
    before = page.read_bytes()
    picture.parent.mkdir(exist_ok=True)
    picture.write_bytes(b"\xff\xd8 of Petronella")
    events: list[Event] = [*EVENTS, *facts, filed("b", "2024-02-02", series("3"), series("5", 5))]
    known, remembered = frozenset(fact.study for fact in facts), Remembered()
    for _ in range(2):
        added, note = told_now(library, pool, events, known, remembered)
        assert added == []
        assert (note or "").startswith(f"The chronicle was not written: something in {place}")
        assert "etronella" not in (note or "")
        assert page.read_bytes() == before
    picture.unlink()
    assert told_now(library, pool, events, known, remembered)[1] is None


def test_her_own_words_in_her_own_file_are_hers_to_publish(library: Path, pool: Pool) -> None:
    born(library, "19810704")
    data = library.parent / "chronicle/chronicle.yml"
    data.parent.mkdir()
    data.write_text("- date: 2020-01-01\n  title: Petronella, born 04.07.1981\n")
    assert len(write(library, pool)) == 2
    assert "Petronella" in data.read_text()


@pytest.mark.parametrize("is_told", [False, True])
def test_a_file_that_she_saves_while_the_chronicle_is_made_is_told_as_she_saved_it(
    library: Path, pool: Pool, monkeypatch: pytest.MonkeyPatch, is_told: bool
) -> None:
    data = library.parent / "chronicle/chronicle.yml"
    data.parent.mkdir()
    data.write_text("- date: 2020-01-01\n")
    events = [*EVENTS, *(write(library, pool) if is_told else ())]
    saved = data.read_text() + "- date: 2025-12-31\n  title: just written\n"
    rendered = page.entry

    def saving(*args: Any) -> str:
        if "just written" not in data.read_text():
            data.write_text(saved)
        return rendered(*args)

    monkeypatch.setattr(page, "entry", saving)
    known = frozenset({"a", "b"}) if is_told else frozenset[str]()
    facts, note = told_now(library, pool, events, known, Remembered())
    assert (len(facts), note) == (0 if is_told else 2, None)
    assert "just written" in data.read_text()
    assert data.read_text().count("- date: 2024-01-01") == 1
    assert "just written" in (data.parent / "index.html").read_text()


def test_a_file_that_is_saved_again_and_again_is_left_as_it_is_until_later(
    library: Path, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = library.parent / "chronicle/chronicle.yml"
    data.parent.mkdir()
    data.write_text("- date: 2020-01-01\n")
    rendered, words = page.entry, count()

    def saving(*args: Any) -> str:
        data.write_text(f"- date: 2021-12-31\n  title: word {next(words)}\n")
        return rendered(*args)

    monkeypatch.setattr(page, "entry", saving)
    facts, note = told_now(library, pool, EVENTS, frozenset(), Remembered())
    assert (facts, note) == ([], "The chronicle is being edited; what is new is added a little later.")
    assert data.read_text() == f"- date: 2021-12-31\n  title: word {next(words) - 1}\n"


def test_the_name_of_a_picture_that_she_deleted_with_its_entry_is_never_given_again(library: Path, pool: Pool) -> None:
    facts = write(library, pool)
    folder = library.parent / "chronicle"
    (folder / "images/2024-01-01/scan2.jpg").unlink()
    data = folder / "chronicle.yml"
    data.write_text(data.read_text().replace(', "scan2.jpg"', ""))
    more = again(
        library,
        pool,
        facts,
        filed("a", "2024-01-01", series("1"), series("2", 2), series("9", 9).changed(representative="1.png")),
    )
    assert [fact.pictures for fact in more] == [{"9": "scan3.jpg"}]
    assert not (folder / "images/2024-01-01/scan2.jpg").exists()


def test_only_our_sheets_of_exams_that_are_told_no_more_are_cleared_away(tmp_path: Path) -> None:
    keeps = (
        "2024-01-01-CT-a2b3c4d5.jpg",
        "notes.txt",
        "2024-01-01.jpg",
        "2020-01-01-CT-abcdefgh.png",
        "holiday-CT-abcdefgh.jpg",
        ".keep",
    )
    ours = ("2020-01-01-CT-abcdefgh.jpg", ".2020-01-01-CT-abcdefgh.jpg", "undated-MR-a2b3c4d5.jpg")
    for name in (*keeps, *ours):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "2021-01-01-CT-abcdefgh.jpg").mkdir()
    contact_sheets.clear(listed(str(tmp_path)) - {"2024-01-01-CT-a2b3c4d5.jpg"}, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {*keeps, "2021-01-01-CT-abcdefgh.jpg"}


def test_a_series_that_came_later_gets_a_picture_and_leaves_what_she_put_there(library: Path, pool: Pool) -> None:
    facts = write(library, pool)
    hers = library.parent / "chronicle/images/2024-01-01/scan3.jpg"
    hers.write_bytes(b"hers")
    later = series("9", 9).changed(representative="1.png")
    more = again(library, pool, facts, filed("a", "2024-01-01", series("1"), series("2", 2), later))
    assert [fact.pictures for fact in more] == [{"9": "scan4.jpg"}]
    assert hers.read_bytes() == b"hers"


def test_an_exam_that_its_owner_moved_is_told_from_its_new_place_and_one_that_she_deleted_is_told_no_more(
    library: Path, pool: Pool
) -> None:
    for folder, uid in (("2024-01-01/a", "1.1"), ("2024-02-02/b", "1.2")):
        (library / folder / "study.json").write_text(f'{{"version":1,"uid":"{uid}"}}')
    events: list[Event] = [filed("1.1", "2024-01-01", series("1")), filed("1.2", "2024-02-02", series("3"))]
    events = [
        event.changed(studies=(event.studies[0].changed(folder=folder),))  # type: ignore[union-attr]
        for event, folder in zip(events, ("2024-01-01/a", "2024-02-02/b"), strict=True)
    ]
    facts: list[Event] = [*write(library, pool, events)]
    (library / "2024-01-01/a").rename(library / "hers")
    (library / "2024-02-02/b").rename(library.parent / "away")
    more = filed("1.1", "2024-01-01", series("1"), series("2", 2))
    assert isinstance(more, Filed)
    events = [*events, *facts, more.changed(studies=(more.studies[0].changed(folder="2024-01-01/a"),))]
    page, known = library.parent / "chronicle/index.html", frozenset({"1.1", "1.2"})
    assert write(library, pool, events, known) == []  # a library without its mark is away
    assert ("2024-01-01" in page.read_text(), "2024-02-02" in page.read_text()) == (True, True)
    (library / ".radiary").write_bytes(b"")
    assert [list(fact.pictures) for fact in write(library, pool, events, known)] == [["2"]]
    assert ("2024-01-01" in page.read_text(), "2024-02-02" in page.read_text()) == (True, False)


def test_a_picture_that_was_taken_back_leaves_her_site_where_it_is_as_it_was_written(library: Path, pool: Pool) -> None:
    facts = write(library, pool)
    picture = library.parent / "chronicle/images/2024-01-01/scan1.jpg"
    left = filed("a", "2024-01-01", series("2", 2))
    assert isinstance(left, Filed)
    removed = Removed(study="a", series="1", held=False, folder="2024-01-01/a", trash="x", studies=left.studies)
    assert again(library, pool, facts, removed) == []
    assert not picture.exists()
    assert (library.parent / "chronicle/index.html").read_text().count("<img") == 2
    back = filed("a", "2024-01-01", series("1"), series("2", 2))
    assert isinstance(back, Filed)
    restored = Restored(study="a", series="1", held=False, trash="x", studies=back.studies)
    (more,) = again(library, pool, facts, removed, restored)
    assert dict(more.pictures) == {"1": "scan1.jpg"}
    assert picture.exists()


def test_a_better_blanking_takes_the_place_of_what_her_site_shows(library: Path, pool: Pool) -> None:
    import numpy as np

    shown = f"{layout.code('x')}.png"
    (library / "2024-01-01/a" / shown).write_bytes((library / "2024-01-01/a/1.png").read_bytes())
    events = [filed("a", "2024-01-01", series("1").changed(representative=shown))]
    facts = write(library, pool, events)
    picture = library.parent / "chronicle/images/2024-01-01/scan1.jpg"
    before = picture.read_bytes()
    (library / "2024-01-01/a" / shown).write_bytes(encode.png(np.zeros((8, 8), "u1")))
    last = events[0]
    assert isinstance(last, Filed)
    blanked = Reviewed(study="a", instance="x", decision="blanked", boxes=((0, 0, 7, 7),), studies=last.studies)
    write(library, pool, [*events, *facts, blanked], frozenset({"a"}))
    assert picture.read_bytes() != before
    assert [path.name for path in picture.parent.glob("*.jpg")] == ["scan1.jpg"]
