"""Her own files: a site of hers, in every state that such files are found in, and editors that save what is old."""

import errno
import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import KEY
from homes import Home
from radiary.chronicle import day_view, faults, preview, value_files
from radiary.chronicle.day_view import DayView
from radiary.chronicle.remembered import Remembered
from radiary.chronicle.site import Site
from radiary.chronicle.story import folded
from radiary.language import ENGLISH
from radiary.library.shelf import Library
from radiary.model import records
from radiary.model.errors import ChronicleOffline, LibraryFull
from radiary.model.events import Event, Filed, Removed
from radiary.model.nouns import Identity
from radiary.model.records import FileRecord, InstanceRecord, SeriesRecord, StudyRecord
from radiary.state.people import People
from radiary.workers.pool import Pool
from stories import STATES, filed, series

FIRST: list[Event] = [filed("a", "2024-01-01", series("1"), series("2", 2))]
SECOND: list[Event] = [filed("b", "2024-02-02", series("3"))]


@pytest.fixture
def home(tmp_path: Path, pool: Pool) -> Home:
    made = Home(tmp_path, pool)
    for number, name in enumerate(("2024-01-01/a/1.png", "2024-01-01/a/2.png", "2024-02-02/b/3.png")):
        made.picture(name, 40 + 30 * number)
    return made


def _skip_where_nobody_tells_who_reads(path: Path) -> None:
    if os.statvfs(path).f_flag & getattr(os, "ST_NOATIME", 1024) or not hasattr(os, "O_NOATIME"):
        pytest.skip("this file system does not tell who reads")


def previewed(home: Home) -> tuple[str, str]:
    """Her file, and what `--dry-run` says that the next run makes of it."""
    before, after, _ = preview.addition(folded(home.events), frozenset(home.known), home.site, home.place / "library")
    return before, after


def test_her_site_has_its_own_file_and_pictures_and_the_chronicles_folder_the_page(home: Home) -> None:
    home.data.write_text("- date: 2020-01-01\n  events:\n    - title: mine\n")
    assert home.tell(*FIRST) is None
    assert home.text.startswith("- date: 2020-01-01\n  events:\n    - title: mine\n- date: 2024-01-01\n")
    assert sorted(path.name for path in (home.place / "site/assets/story/2024-01-01").iterdir()) == ["scan1.jpg", "scan2.jpg"]
    assert 'src="../site/assets/story/2024-01-01/scan1.jpg"' in home.page
    assert not (home.place / "chronicle/chronicle.yml").exists()


@pytest.mark.parametrize("state", STATES)
def test_every_state_of_a_file_is_added_to_without_touching_a_byte(home: Home, state: str) -> None:
    own = STATES[state]
    home.data.write_bytes(own.encode())
    assert home.tell(*FIRST, *SECOND) is None
    after = home.text
    kept = iter(after)
    allowed = own.replace(" []", "") if state in ("an empty mapping", "a list") else own
    assert all(character in kept for character in allowed)
    loaded = next(one for one in yaml.safe_load_all(after.removeprefix("\ufeff").split("\n---\n# A page")[0]) if one)
    days = loaded["days"] if isinstance(loaded, dict) else loaded
    dates = [str(day["date"]) for day in days]
    assert dates == sorted(dates, reverse=state == "newest first")
    titles = [event["title"] for day in days for event in (day.get("events") or []) if isinstance(event, dict)]
    assert titles.count("CT, chest") == 2
    assert ("scan3.jpg" in after) == (state == "a wrong folder")
    home.known.clear()
    assert home.tell() is None
    assert home.text == after


def test_what_she_renamed_stays_linked_and_what_she_took_out_is_out_of_the_page(home: Home) -> None:
    home.data.write_text("- date: 2020-01-01\n  events:\n    - title: mine\n")
    home.tell(*FIRST, *SECOND)
    images = home.place / "site/assets/story"
    (images / "2024-01-01/scan1.jpg").rename(images / "2024-01-01/lump.jpg")
    (images / "2024-01-01/scan2.jpg").unlink()
    text = home.text.replace('title: "CT, chest"', 'title: "what she says"', 1).replace(
        '["scan1.jpg", "scan2.jpg"]', "[lump.jpg]", 1
    )
    home.data.write_text(text.split("- date: 2024-02-02")[0])
    assert home.tell() is None
    assert "<h3>what she says</h3>" in home.page
    assert "CT, chest\xa0· 6\xa0pictures" in home.page
    assert "lump.jpg" in home.page
    assert "2024-02-02" not in home.page
    assert "2024-02-02" not in home.text


def test_a_series_that_comes_later_is_on_the_page_at_once_and_leaves_her_entry_alone(home: Home) -> None:
    home.data.write_text("- date: 2020-01-01\n")
    home.tell(*FIRST)
    before = home.text
    home.picture("2024-01-01/a/9.png", 200)
    home.tell(filed("a", "2024-01-01", series("1"), series("2", 2), series("9", 9)))
    assert "2024-01-01/scan3.jpg" in home.page
    page = home.page
    home.tell()
    assert (home.page, home.text) == (page, before)


def test_a_series_that_comes_later_is_shown_with_an_entry_that_she_moved_to_another_day(home: Home) -> None:
    home.data.write_text("- date: 2020-01-01\n")
    home.tell(*FIRST)
    home.data.write_text(home.text.replace("- date: 2024-01-01", "- date: 2024-05-05"))
    home.picture("2024-01-01/a/9.png", 200)
    home.tell(filed("a", "2024-01-01", series("1"), series("2", 2), series("9", 9)))
    assert "2024-01-01/scan3.jpg" in home.page
    assert "d2024-05-05" in home.page
    assert "d2024-01-01" not in home.page


BARE = "- date: 2023-01-01\n  events:\n    - title: mine\n- date: 2024-01-01\n"


def test_what_she_took_out_of_a_day_that_had_nothing_stays_out(home: Home) -> None:
    home.data.write_text(BARE)
    home.tell(*FIRST)
    home.data.write_text(home.text.partition('    - title: "CT')[0])
    assert home.tell() is None
    assert "CT, chest" not in home.text


def test_an_old_text_in_which_she_wrote_on_a_day_that_had_nothing_loses_nothing(home: Home) -> None:
    home.data.write_text(BARE)
    home.tell(*FIRST)
    assert "CT, chest" in home.data.read_text()  # a program follows the file
    home.data.write_text(BARE + "  events:\n    - title: typed meanwhile\n")
    assert "An older text" in (home.tell() or "")
    assert "CT, chest" in home.text


def test_an_entry_that_she_moved_with_its_folder_and_files_keeps_its_exam(home: Home) -> None:
    home.data.write_text("- date: 2020-01-01\n")
    home.tell(*FIRST)
    home.data.write_text(home.text.replace("2024-01-01", "2024-05-05").replace("CT, chest", "Her words"))
    (home.images / "2024-01-01").rename(home.images / "2024-05-05")
    home.picture("2024-01-01/a/9.png", 200)
    home.tell(filed("a", "2024-01-01", series("1"), series("2", 2), series("9", 9)))
    assert "Her words" in home.page
    assert '<p class="exam">CT, chest' in home.page
    assert "2024-05-05/scan2.jpg" in home.page
    assert "2024-01-01/scan3.jpg" in home.page
    assert "d2024-01-01" not in home.page
    assert "CT, chest" not in home.text


@pytest.mark.parametrize("date", ["2024", "2024-02", "'2024-02-xx'", "spring 2024"])
def test_a_year_or_a_month_alone_is_told_as_she_writes_it_whatever_goes_on_for_days(home: Home, date: str) -> None:
    long = "- date: 2023-12-12\n  events:\n    - title: a cycle\n      until: 2024-12-12\n"
    own = f"{long}- date: {date}\n  events:\n    - title: felt well\n      until: 2025-05-05\n"
    home.data.write_text(own)
    assert home.tell(*FIRST) is None
    assert "<h3>felt well</h3>" in home.page
    assert date.strip("'").capitalize() in home.page
    assert all(line in home.text for line in own.splitlines())
    assert home.text.count("- date: 2024-01-01\n") == 1


@pytest.mark.parametrize(("sealed", "shown"), [("", 1), ("      sealed: true\n", 0)])
def test_a_series_that_comes_later_is_shown_where_she_lists_it_and_nowhere_else(
    home: Home, sealed: str, shown: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.data.write_text("- date: 2020-01-01\n")
    home.tell(*FIRST)
    home.picture("2024-01-01/a/9.png", 200)
    home.tell(filed("a", "2024-01-01", series("1"), series("2", 2), series("9", 9)))
    story = folded(home.events)
    monkeypatch.setattr("homes.folded", lambda _events: story)  # a service that runs tells of the very same exams
    assert home.tell() is None
    entry = f'- date: 2025-05-05\n  events:\n    - title: later\n      folder: "2024-01-01"\n      images: [scan3.jpg]\n{sealed}'
    home.data.write_text(home.text + entry)
    assert home.tell() is None
    assert home.page.count('src="../site/assets/story/2024-01-01/scan3.jpg"') == shown
    assert home.page.count('src="../site/assets/story/2024-01-01/scan1.jpg"') == 1


@pytest.mark.parametrize("name", ["scan3.jpg", "lump.jpg"])
@pytest.mark.parametrize(("sealed", "shown"), [("", 1), ("      sealed: true\n", 0)])
def test_a_later_picture_that_she_copied_to_another_day_is_shown_there_alone(
    home: Home, name: str, sealed: str, shown: int
) -> None:
    home.data.write_text("- date: 2020-01-01\n")
    home.tell(*FIRST)
    home.picture("2024-01-01/a/9.png", 200)
    home.tell(filed("a", "2024-01-01", series("1"), series("2", 2), series("9", 9)))
    assert "2024-01-01/scan3.jpg" in home.page
    (home.images / "2025-05-05").mkdir()
    shutil.copy(home.images / "2024-01-01/scan3.jpg", home.images / "2025-05-05" / name)
    home.data.write_text(f"{home.text}- date: 2025-05-05\n  events:\n    - title: later\n      images: [{name}]\n{sealed}")
    assert home.tell() is None
    assert home.page.count("2024-01-01/scan3.jpg") == 0
    assert home.page.count(f'src="../site/assets/story/2025-05-05/{name}"') == shown


def test_a_later_picture_that_another_exam_has_too_is_shown_with_both(home: Home) -> None:
    home.data.write_text("- date: 2020-01-01\n")
    home.picture("2024-02-02/b/3.png", 200)
    home.tell(*FIRST, *SECOND)
    home.picture("2024-01-01/a/9.png", 200)
    home.tell(filed("a", "2024-01-01", series("1"), series("2", 2), series("9", 9)))
    for _ in range(2):
        assert "2024-02-02/scan1.jpg" in home.page
        assert "2024-01-01/scan3.jpg" in home.page
        assert home.tell() is None


def test_an_entry_without_pictures_is_known_by_its_day_and_title(home: Home) -> None:
    home.data.write_text("- date: 2020-01-01\n")
    home.tell(*FIRST)
    home.data.write_text(home.text.replace('      images: ["scan1.jpg", "scan2.jpg"]\n', '      description: "my words"\n'))
    home.tell()
    assert home.page.count("<section>") == 1
    assert "6\xa0pictures" in home.page
    assert "<figure>" not in home.page


def test_an_old_text_that_is_saved_over_an_addition_loses_nothing_and_she_is_told(home: Home) -> None:
    own = "- date: 2020-01-01\n  events:\n    - title: mine\n"
    home.data.write_text(own)
    home.tell(*FIRST)
    home.data.write_text(own.replace("mine", "mine, with a word more"))
    assert "An older text was saved over the entry of 2024-01-01" in (home.tell() or "")
    assert "mine, with a word more" in home.text
    assert home.text.count("scan1.jpg") == 1
    assert [sentence for _, sentence in faults.sentences(home.site) if "older text" in sentence]
    home.data.write_text(home.text + "\n")
    assert home.tell() is None
    assert [sentence for _, sentence in faults.sentences(home.site) if "older text" in sentence] == []


def test_what_was_offered_again_is_told_beside_a_day_that_cannot_be_added_to(home: Home) -> None:
    own = "- date: 2020-01-01\n  events:\n    - title: mine\n- date: 2024-02-02\n  events: none\n"
    home.data.write_text(own)
    home.tell(*FIRST)
    home.data.write_text(own.replace("mine", "mine, with a word more"))
    note = home.tell(*SECOND) or ""
    assert "An older text was saved over the entry of 2024-01-01" in note
    assert "The exam of 2024-02-02 (line " in note


def test_an_old_text_saved_as_it_was_is_known_by_nobody_having_opened_the_new_one(home: Home) -> None:
    own = "- date: 2020-01-01\n  events:\n    - title: mine\n"
    home.data.write_text(own)
    home.tell(*FIRST)
    home.data.write_text(own)
    _skip_where_nobody_tells_who_reads(home.data)
    assert "once more" in (home.tell() or "")
    assert "2024-01-01" in home.text


def test_what_she_opened_and_took_out_stays_out(home: Home) -> None:
    own = "- date: 2020-01-01\n  events:\n    - title: mine\n"
    home.data.write_text(own)
    home.tell(*FIRST)
    assert "2024-01-01" in home.data.read_text()
    home.data.write_text(own)
    assert home.tell() is None
    assert home.text == own


def test_of_what_came_together_the_part_that_she_took_out_stays_out(home: Home) -> None:
    home.data.write_text("- date: 2020-01-01\n")
    home.tell(*FIRST, *SECOND)
    left = home.text.split("- date: 2024-02-02")[0] + "- date: 2024-06-06\n"
    home.data.write_text(left)
    assert home.tell() is None
    assert home.text == left


def test_an_old_text_that_is_saved_over_several_additions_loses_none_of_them(home: Home) -> None:
    own = "- date: 2020-01-01\n  events:\n    - title: mine\n"
    home.data.write_text(own)
    home.tell(*FIRST)
    home.tell(*SECOND)
    home.data.write_text(own.replace("mine", "mine, with a word more"))
    expected = previewed(home)[1]
    assert "the entry of 2024-01-01, 2024-02-02" in (home.tell() or "")
    assert home.text == expected
    assert "mine, with a word more" in home.text
    assert (home.text.count("- date: 2024-01-01"), home.text.count("- date: 2024-02-02")) == (1, 1)


def test_an_exam_that_stands_no_more_keeps_none_that_came_with_it_from_being_put_in_again(home: Home) -> None:
    own = "- date: 2020-01-01\n  events:\n    - title: mine\n"
    home.data.write_text(own)
    home.tell(*FIRST, *SECOND)
    shutil.rmtree(home.place / "library/2024-01-01/a")
    home.events.append(Removed(study="a", held=False, folder="2024-01-01/a", trash="x"))
    home.data.write_text(own.replace("mine", "mine, with a word more"))
    assert "the entry of 2024-02-02" in (home.tell() or "")
    assert "2024-02-02" in home.text


def test_what_she_opened_and_took_out_with_another_edit_stays_out(home: Home) -> None:
    own = "- date: 2020-01-01\n  events:\n    - title: mine\n"
    home.data.write_text(own)
    home.tell(*FIRST)
    written = home.data.stat().st_mtime_ns
    home.data.write_text(own.replace("mine", "mine, with a word more"))
    os.utime(home.data, ns=(written + 60 * 10**9, written + 90 * 10**9))
    _skip_where_nobody_tells_who_reads(home.data)
    assert previewed(home)[0] == previewed(home)[1]
    assert home.tell() is None
    assert "2024-01-01" not in home.text


@pytest.mark.parametrize(("opened", "saved"), [(5, 90), (89, 90), (120, 90)])
def test_a_program_that_follows_the_file_is_not_taken_for_her(home: Home, opened: int, saved: int) -> None:
    """One that reads what changed at once, an editor that reads what it replaces, and what is read after it was saved."""
    own = "- date: 2020-01-01\n  events:\n    - title: mine\n"
    home.data.write_text(own)
    home.tell(*FIRST)
    written = home.data.stat().st_mtime_ns
    home.data.write_text(own.replace("mine", "mine, with a word more"))
    os.utime(home.data, ns=(written + opened * 10**9, written + saved * 10**9))
    assert "An older text" in (home.tell() or "")
    assert "2024-01-01" in home.text


def test_what_an_old_text_was_saved_over_waits_for_its_day_to_be_mended(home: Home) -> None:
    own = "- date: 2020-01-01\n  events:\n    - title: mine\n"
    home.data.write_text(own)
    home.tell(*FIRST)
    home.data.write_text(f"{own}- date: 2024-01-01\n  events: words of mine\n")
    assert "The exam of 2024-01-01 (line " in (home.tell() or "")
    home.tell(*SECOND)
    assert home.text.count("scan1.jpg") == 1
    home.data.write_text(home.text.replace("  events: words of mine\n", "  notes: words of mine\n"))
    assert "the entry of 2024-01-01" in (home.tell() or "")
    assert home.text.count("scan1.jpg") == 2


def test_what_a_former_version_remembers_of_the_last_addition_still_counts(home: Home) -> None:
    own = "- date: 2020-01-01\n  events:\n    - title: mine\n"
    home.data.write_text(own)
    home.tell(*FIRST)
    known = json.loads(home.site.record.read_bytes())
    batch = {name: known["batches"][0][name] for name in ("studies", "before", "lines", "offered")}
    home.site.record.write_text(json.dumps({**batch, "after": known["after"], "inode": known["inode"]}))
    home.data.write_text(own.replace("mine", "mine, with a word more"))
    assert "An older text" in (home.tell() or "")


@pytest.mark.parametrize("damaged", [b"", b"[]", b"{}", b'{"batches": [{"studies": "a"}]}', b'{"batches": 3}', b'{"studies": 1}'])
def test_a_record_of_additions_that_is_damaged_is_one_of_none(home: Home, damaged: bytes) -> None:
    home.data.write_text("- date: 2020-01-01\n")
    home.tell(*FIRST)
    home.site.record.write_bytes(damaged)
    assert home.tell(*SECOND) is None
    assert "2024-02-02" in home.text


def test_what_she_saves_while_an_addition_goes_to_the_disk_stays_and_it_comes_to_it(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.data.write_text("- date: 2020-01-01\n")
    sync = os.fsync

    def saving(descriptor: int) -> None:
        sync(descriptor)
        if any("2024-01-01" in draft.read_text() for draft in home.data.parent.glob(".*.draft")):
            monkeypatch.undo()
            home.data.write_text("- date: 2020-01-01\n  title: just saved\n")

    monkeypatch.setattr(os, "fsync", saving)
    assert home.tell(*FIRST) is None
    assert home.text.startswith("- date: 2020-01-01\n  title: just saved\n- date: 2024-01-01\n")
    assert "just saved" in home.page
    assert [path.name for path in home.data.parent.glob(".*.draft")] == []


@pytest.mark.parametrize("missing", ["_data", "assets"])
def test_a_site_that_is_gone_is_waited_for_and_nothing_is_made_in_its_stead(home: Home, missing: str) -> None:
    (home.place / "site" / missing).rename(home.place / "away")
    assert "is not there just now" in (home.tell(*FIRST) or "")
    assert not (home.place / "site" / missing).exists()
    assert "CT, chest" in home.page
    assert [is_bad for is_bad, _ in faults.sentences(home.site)] == [True]
    (home.place / "away").rename(home.place / "site" / missing)
    assert home.tell() is None
    assert "2024-01-01" in home.text


@pytest.mark.parametrize("is_anew", [False, True])
def test_her_words_stay_and_what_she_sealed_stays_sealed_while_her_site_is_away(home: Home, is_anew: bool) -> None:
    home.data.write_text("- date: 2020-01-01\n  events:\n    - title: mine alone\n")
    home.tell(*FIRST, *SECOND)
    first, second = home.text.rsplit("    - title", 1)
    home.data.write_text(f"{first}    - sealed: true\n      title{second}")
    home.tell()
    before = home.page
    (home.place / "site").rename(home.place / "away")
    home.remembered = Remembered() if is_anew else home.remembered
    assert "is not there just now" in (home.tell() or "")
    assert "mine alone" in home.page
    assert ("2024-01-01" in home.page, "2024-02-02" in home.page) == (True, False)
    (home.place / "away").rename(home.place / "site")
    assert home.tell() is None
    assert home.page == before


def test_her_words_stay_on_the_page_while_her_file_has_a_mistake(home: Home) -> None:
    home.data.write_text("- date: 2020-01-01\n  events:\n    - title: mine alone\n")
    home.tell(*FIRST)
    whole = home.text
    home.data.write_text(whole + "  bad: [\n")
    lines = whole.count("\n") + 1
    assert f"line {lines}" in (home.tell(*SECOND) or "")
    assert "mine alone" in home.page
    assert "2024-02-02" in home.page
    home.remembered = Remembered()
    home.tell()
    assert "mine alone" in home.page
    assert f"line {lines}" in next(sentence for _, sentence in faults.sentences(home.site))
    home.data.write_text(whole)
    assert home.tell() is None
    assert "2024-02-02" in home.text


@pytest.mark.parametrize("mistake", ["  bad: [\n", "  \udce4: latin\n"])
def test_while_her_file_has_a_mistake_a_page_that_is_lost_shows_nothing_that_she_sealed_or_took_out(
    home: Home, mistake: str
) -> None:
    home.data.write_text("- date: 2020-01-01\n")
    home.tell(*FIRST)
    home.data.write_text("- date: 2020-01-01\n" + mistake, errors="surrogateescape")
    (home.place / "chronicle/index.html").unlink()
    home.remembered = Remembered()
    assert home.tell(*SECOND)
    assert ("2024-01-01" in home.page, "2024-02-02" in home.page) == (False, True)
    assert "Your file could not be read" in home.page


def test_what_she_took_out_stays_out_of_the_page_while_her_list_refers_to_what_stands_before_it(home: Home) -> None:
    home.data.write_text("- date: 2020-01-01\n")
    home.tell(*FIRST)
    own = "mine: &mine\n  thread: left\ndays:\n- date: 2020-01-01\n  events:\n    - <<: *mine\n      title: mine alone\n"
    home.data.write_text(own)
    assert home.tell() is None
    assert "mine alone" in home.page
    assert "2024-01-01" not in home.page


def test_a_file_that_her_own_replaced_is_told_for_its_seals_do_not_count(home: Home) -> None:
    home.data.write_text("- date: 2020-01-01\n")
    assert [one for _, one in faults.sentences(home.site) if "Another" in one] == []
    home.site.folder.mkdir(exist_ok=True)
    (home.site.folder / "chronicle.yml").write_text("- date: 2024-01-01\n  events:\n    - title: CT\n      sealed: yes\n")
    assert [is_obstacle for is_obstacle, one in faults.sentences(home.site) if "sealed there does not count" in one] == [False]


def test_a_list_that_cannot_be_added_to_is_told_with_its_line_before_an_exam_comes(home: Home) -> None:
    home.data.write_text("mood: &mood {mood: good}\ndays:\n  - <<: *mood\n    date: 2020-01-01\n")
    ((is_in_the_way, said),) = faults.sentences(home.site)
    assert is_in_the_way
    assert "begins at line 3" in said


TWICE = "  events:\n    - title: mine\n      notes: first\n      notes: second\n"


@pytest.mark.parametrize(
    ("own", "line"),
    [
        (f"- date: 2020-01-01\n- date: 2021-01-01\n{TWICE}", 6),
        (f"days:\n- date: 2021-01-01\n{TWICE}", 6),
        (f"- date: 2021-01-01\n{TWICE}- date: 2020-01-01\n- date: 2022-01-01\n", 5),
        ("- {date: 2021-01-01, events: [{title: mine,\n  notes: first, notes: second}]}\n", 2),
    ],
)
def test_words_that_another_key_of_the_same_name_hides_are_told_with_their_line(home: Home, own: str, line: int) -> None:
    home.data.write_text(own)
    ((is_in_the_way, said),) = faults.sentences(home.site)
    assert (is_in_the_way, said.startswith("`notes` stands twice"), f"line {line}:" in said) == (False, True, True)
    home.data.write_text(own.replace("notes: second", "description: |\n        notes: x" if "{" not in own else "mood: good"))
    assert list(faults.sentences(home.site)) == []


@pytest.mark.parametrize(
    ("own", "key", "like", "line"),
    [
        ("- date: 2020-01-01\n- date: 2021-01-01\n  evnts:\n    - title: mine\n", "evnts", "events", 3),
        ("- date: 2021-01-01\n  events:\n    - titel: mine\n", "titel", "title", 3),
        ("- date: 2021-01-01\n  events:\n    - title: mine\n      Notes: x\n", "Notes", "notes", 4),
        ("- date: 2021-01-01\n  events:\n    - title: mine\n      catgory: x\n", "catgory", "category", 4),
        ("- date: 2021-01-01\n  events:\n    - title: mine\n      seald: true\n", "seald", "sealed", 4),
        ("- date: 2021-01-01\n  images:\n    - {file: a.png,\n       captoin: x}\n", "captoin", "caption", 4),
        ("# mine\ntitel: My story\ndays:\n- date: 2021-01-01\n", "titel", "title", 2),
        ("days:\n  - date: 2021-01-01\n    events: [{title: mine, thred: knee}]\ntitel: My story\n", "thred", "thread", 3),
        ("- {date: 2021-01-01, events: [{title: mine,\n  untill: 2022}]}\n", "untill", "until", 2),
    ],
)
def test_a_misspelt_key_is_told_with_its_line_and_the_one_that_is_read_and_stays_as_it_is(
    home: Home, own: str, key: str, like: str, line: int
) -> None:
    home.data.write_text(own)
    (home.images / "2021-01-01").mkdir(parents=True)
    (home.images / "2021-01-01/a.png").write_bytes(b"\x89PNG")
    for _ in range(2):  # what was looked at once is remembered
        told = [said for is_in_the_way, said in faults.sentences(home.site) if not is_in_the_way]
        known = (f"Line {line} ", f"`{key}`", f"Did you mean `{like}`?")
        assert any(all(part in said for part in known) for said in told), told
    assert home.text == own


def test_words_of_her_own_that_resemble_no_key_are_told_nowhere(home: Home) -> None:
    home.data.write_text(
        "author: me\ntheme: dark\ndays:\n- date: 2021-01-01\n  mood: good\n  data: x\n  1: one\n  events:\n"
        "    - title: mine\n      titles: [a, b]\n      time: 10:00\n      healed: true\n      read: yes\n      category: knee\n"
        "      tags: [a]\n      place: Ghent\n      events: 3\n      more: {titel: x}\n"
    )
    assert list(faults.sentences(home.site)) == []


@pytest.mark.parametrize("until", ["spring", "2020-12-31", "31.02.2021", "01/02/2021", "[2021-02-02]", "'2021-02-30'"])
def test_an_end_that_is_no_day_or_before_its_own_is_told_with_its_line_and_one_that_is_shown_is_not(
    home: Home, until: str
) -> None:
    own = "- date: 2020-01-01\n- date: 2021-01-01\n  events:\n    - title: mine\n      until: {}\n      notes: until x\n"
    for around in ("{}", "# mine\nmood: good\ndays:\n{}"):
        home.data.write_text(around.format(own.format(until)))
        ((is_in_the_way, said),) = faults.sentences(home.site)
        line = 5 + around.count("\n")
        assert (is_in_the_way, said.startswith("The `until` at"), f"line {line} " in said) == (False, True, True)
    for day in ("2021-01-01", "2021-01", "2021", "", "5.1.2021", '"2021-02-02 10:00"'):
        home.data.write_text(own.format(day))
        assert list(faults.sentences(home.site)) == []


def test_an_end_is_told_of_a_day_that_is_an_event_itself_too_and_of_what_is_merged_into_it(home: Home) -> None:
    merged = "mood: &mood {until: soon}\ndays:\n  - date: 2020-01-01\n    title: mine\n    until: soon\n"
    home.data.write_text(merged)
    assert ["line 5 " in said for _, said in faults.sentences(home.site)] == [True]
    home.data.write_text("- {date: 2020-01-01, events: [x, {title: y}, {title: z,\n  until: soon}]}\n")
    assert ["line 2 " in said for _, said in faults.sentences(home.site)] == [True]


@pytest.mark.parametrize("date", ["31.02.2021", "01/02/2021", "24.12.21", "'2021-02-30'"])
def test_a_date_of_numbers_that_is_taken_as_words_is_told_with_its_line(home: Home, date: str) -> None:
    home.data.write_text(f"- date: 2020-01-01\n- title: mine\n  date: {date}\n")
    assert [(said.startswith("The `date` at"), "line 3 " in said) for _, said in faults.sentences(home.site)] == [(True, True)]
    for words in ("2020-2021", "spring 2021", "2021", "2021-02", "13.02.2021"):
        home.data.write_text(f"- date: 2020-01-01\n- title: mine\n  date: {words}\n")
        assert list(faults.sentences(home.site)) == []


ODD_ENDS = '- date: 2019-01-01\n  title: "one\u2028two\u0085three\u2029four"\n  # five\u2028  # six\n'
"""Three lines in every editor, seven in YAML."""


@pytest.mark.parametrize("mark", ["", "---\ndays:\n", "# \u0085# mine\n---\ndays:\n"])
@pytest.mark.parametrize(
    "own",
    [
        "- date: 2020-01-01\n  until: never\n",
        "- date: 2020-01-01\n  date: 2020-01-01\n",
        "- title: mine\n  date: 31.02.2020\n",
        "- date: 2020-01-01\n  images: [gone.jpg]\n",
        "- date: 2020-01-01\n  title: a\x00b\n",
        "- date: 2020-01-01\n  title: 'never closed\n",
        "- date: 2020-01-01\n  sealed: 2020-02-30\n",
        "- date: 2020-01-01\n- no day\n",
        "- date: 2020-01-01\n- &mine [*mine]\n",
    ],
)
def test_a_line_is_told_as_an_editor_counts_it_whatever_else_ends_a_line_in_yaml(home: Home, mark: str, own: str) -> None:
    text = mark + ODD_ENDS + own
    home.data.write_bytes((text + "---\n" if mark else text).encode())
    line = 5 + mark.count("\n")
    assert [f"line {line}" in said for _, said in faults.sentences(home.site)] == [True]


def test_an_end_is_shown_on_a_day_in_words_that_begins_with_a_number(home: Home) -> None:
    home.data.write_text("- date: 3 March 2024, perhaps\n  title: mine\n  until: 2024-04-05\n")
    assert home.tell(*FIRST) is None
    assert 'class="until"' in home.page


@pytest.mark.parametrize("folder", ["01.03.2024", "2024-03-01"])
@pytest.mark.parametrize("event", ["  events:\n    - title: mine\n      images: [a.jpg]\n", "  images: [a.jpg]\n"])
def test_pictures_of_a_day_that_is_written_by_day_first_are_found_in_a_folder_of_either_name(
    home: Home, folder: str, event: str
) -> None:
    home.data.write_text(f"- date: 01.03.2024\n{event}")
    place = home.place / "site/assets/story" / folder
    place.mkdir(parents=True)
    place.joinpath("a.jpg").write_bytes(b"\xff\xd8\xff")
    assert list(faults.sentences(home.site)) == []
    assert home.tell(*FIRST) is None
    assert f"{folder}/a.jpg" in home.page


def test_nothing_in_her_words_turns_or_hides_what_is_shown_and_her_file_stays_as_it_is(home: Home) -> None:
    own = (
        'title: "My \\u202estory\\e[2J"\ndays:\n  - date: "in \\u202espring\\x07"\n    events:\n'
        '      - title: "be\\u2066gan\\x9b"\n        images: ["lu\\u202emp.jpg"]\n'
    )
    home.data.write_text(own)
    folder = home.images / "in \u202espring\x07"
    folder.mkdir(parents=True)
    shutil.copy(home.place / "library/2024-01-01/a/1.png", folder / "lu\u202emp.jpg")
    home.tell()
    assert home.text == own
    assert "<h1>My story[2J</h1>" in home.page
    assert "In spring" in home.page
    assert "began" in home.page
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", home.page)


def test_missing_pictures_and_what_is_none_are_told_with_their_line(home: Home) -> None:
    home.data.write_text('- date: 2020-01-01\n  events:\n    - title: mine\n      images: ["gone.jpg", "text.jpg"]\n')
    (home.place / "site/assets/story/2020-01-01").mkdir(parents=True)
    (home.place / "site/assets/story/2020-01-01/text.jpg").write_text("no picture")
    told = [sentence for _, sentence in faults.sentences(home.site)]
    assert any("2020-01-01/gone.jpg (line 4) is listed" in sentence and "not there" in sentence for sentence in told)
    assert any("2020-01-01/text.jpg (line 4) is listed" in sentence and "is none" in sentence for sentence in told)


def test_a_preview_says_what_the_next_run_does_and_writes_nothing(home: Home) -> None:
    home.data.write_text("- date: 2020-01-01\n")
    story = folded(FIRST)
    before, after, note = preview.addition(story, frozenset(), home.site, home.place / "library")
    assert (home.text, note) == (before, None)
    assert not (home.place / "chronicle").exists()
    assert not (home.place / "site/assets/story").exists()
    home.tell(*FIRST)
    assert home.text == after


def test_two_studies_that_carry_one_series_have_a_picture_each(home: Home) -> None:
    twin = filed("b", "2024-02-02", series("1").changed(representative="3.png"))
    home.tell(*FIRST)
    home.tell(twin)
    assert (home.place / "site/assets/story/2024-02-02/scan1.jpg").exists()
    assert sorted(name for day in yaml.safe_load(home.text) for name in day["events"][0]["images"]) == [
        "scan1.jpg", "scan1.jpg", "scan2.jpg",
    ]  # fmt: skip


def with_report(home: Home, text: str) -> Filed:
    """An exam with a structured report, which says `text`."""
    file = FileRecord(path="009-sr/1.txt", sha256="0" * 64, size=1)
    instance = InstanceRecord(uid="1", number=1, position=None, pixels="", pictures=(), copies=(file,))
    one = SeriesRecord(uid="8", number=9, label="sr", modality="SR", body_part=None, instances=(instance,))
    record = StudyRecord(uid="a", patient="P-A", date="2024-01-01", modality="CT", held=False, series=(one,), skipped={})
    place = home.place / "library/2024-01-01/a"
    (place / "009-sr").mkdir()
    (place / "009-sr/1.txt").write_text(text)
    (place / "study.json").write_bytes(b"".join(records.written(record)))
    report = series("8", 9, modality="SR", part=None, pictures=0).changed(representative=None)
    study = filed("a", "2024-01-01", series("1"), report)
    assert isinstance(study, Filed)
    return study


def test_the_text_of_a_report_that_is_filed_stands_under_its_exam(home: Home) -> None:
    home.tell(with_report(home, "Length: 14 mm <b>"))
    assert "Length: 14 mm &lt;b&gt;" in home.page
    assert ENGLISH.say("Report") in home.page
    (home.place / "library/2024-01-01/a/009-sr/1.txt").write_text("Length: 15 mm")
    home.tell()
    assert "Length: 15 mm" in home.page


def test_a_picture_that_is_gone_from_a_folder_of_her_own_or_behind_a_link_is_shown_no_more(home: Home) -> None:
    folder = home.images / "2024-01-01"
    (folder / "sub").mkdir(parents=True)
    (home.place / "elsewhere.jpg").write_bytes(b"hers")
    (folder / "sub/a.jpg").write_bytes(b"hers")
    (folder / "b.jpg").symlink_to(home.place / "elsewhere.jpg")
    home.data.write_text("- date: 2024-01-01\n  title: mine\n  images: [sub/a.jpg, b.jpg]\n")
    for gone in (None, folder / "sub/a.jpg", home.place / "elsewhere.jpg"):
        if gone:
            gone.unlink()
        home.tell()
        assert ("sub/a.jpg" in home.page, "01/b.jpg" in home.page) == (
            (folder / "sub/a.jpg").exists(),
            (folder / "b.jpg").exists(),
        )


def test_a_report_that_changes_while_its_page_is_made_stands_there_after_the_next_run(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, view = with_report(home, "Length: 14 mm"), day_view.view

    def meanwhile(*given: Any, **more: Any) -> DayView:
        made = view(*given, **more)
        (home.place / "library/2024-01-01/a/009-sr/1.txt").write_text("Length: 150 mm")
        return made

    with monkeypatch.context() as patch:
        patch.setattr(day_view, "view", meanwhile)
        home.tell(report)
    assert "14 mm" in home.page
    home.tell()
    assert "150 mm" in home.page


def test_what_a_run_that_failed_would_have_said_is_looked_through_by_the_next_one(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = with_report(home, "Length: 14 mm")
    People(home.place / "people", KEY).learn({"P-A": Identity("Schmidtova^Petronella", "", "SYN-5512", "")}, {})
    assert home.tell(report) is None
    (home.place / "library/2024-01-01/a/009-sr/1.txt").write_text("Length, says Schmidtova: 14 mm")
    with monkeypatch.context() as patch:
        patch.setattr(value_files, "write", full)
        with pytest.raises(LibraryFull):
            home.tell()
    assert "would tell who" in (home.tell() or "")
    assert "Schmidtova" not in home.page


def test_a_picture_of_hers_that_shows_what_she_took_out_by_hand_is_shown_no_more(home: Home) -> None:
    Library(home.place / "library").open(is_new=True)
    home.tell(*FIRST)
    home.data.write_text(home.text.replace('title: "CT, chest"', 'title: "CT, chest"\n      description: my words'))
    (home.images / "2024-01-01/scan1.jpg").write_bytes(b"changed by her")
    shutil.rmtree(home.place / "library/2024-01-01")
    home.tell()
    assert "01/scan1.jpg" in home.page
    assert "delete them" in (home.tell(Removed(study="a", held=False, folder="2024-01-01/a", trash="")) or "")
    assert "my words" in home.page
    assert "01/scan1.jpg" not in home.page


@pytest.mark.parametrize("images", [".", "chronicle"])
def test_her_pictures_may_lie_around_the_chronicles_folder(home: Home, images: str) -> None:
    home.site = Site(home.place / "chronicle", None, home.place / images)
    assert home.tell(*FIRST) is None
    assert home.tell(*SECOND) is None
    assert (home.place / images / "2024-02-02/scan1.jpg").exists()


def test_the_number_of_an_exam_that_is_gone_is_not_given_again(home: Home) -> None:
    home.data.write_text("- date: 2020-01-01\n")
    home.tell(*FIRST)
    home.data.write_text("- date: 2020-01-01\n- date: 2024-01-01\n")
    home.tell(Removed(study="a", held=False, folder="2024-01-01/a", trash="x"))
    home.picture("2024-01-01/c/1.png", 200)
    home.tell(filed("c", "2024-01-01", series("7").changed(representative="1.png")))
    assert 'images: ["scan3.jpg"]' in home.text


def test_a_link_for_her_file_that_leads_to_what_is_away_is_told(home: Home) -> None:
    chronicle = home.place / "chronicle"
    chronicle.mkdir(exist_ok=True)
    (chronicle / "chronicle.yml").symlink_to(home.place / "disk/story.yml")
    assert str(home.place / "disk/story.yml") in (Site(chronicle).away() or "")
    (home.place / "disk").mkdir()
    assert Site(chronicle).away() is None


def test_of_thousands_of_missing_pictures_only_those_that_are_named_are_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = [f'- date: {year}-05-01\n  events:\n    - title: "x"\n      images: ["{year}.jpg"]\n' for year in range(1000, 3000)]
    (tmp_path / "chronicle.yml").write_text("".join(days))
    placed = list[str]()
    place = faults._placed
    monkeypatch.setattr(faults, "_placed", lambda data, folder, name: placed.append(name) or place(data, folder, name))
    ((_, said),) = faults.sentences(Site(tmp_path))
    assert "1000-05-01/1000.jpg (line 4), " in said
    assert "and 1997 more" in said
    assert placed == ["1000.jpg", "1001.jpg", "1002.jpg"]


def test_a_chronicle_whose_disk_is_away_is_not_made_anew_on_the_bare_mount_point(home: Home) -> None:
    disk = home.place / "disk"
    disk.mkdir()
    home.site = Site(disk / "Radiary/chronicle", memory=home.place)
    (disk / "Radiary").mkdir()
    assert home.tell(*FIRST) is None
    disk.rename(home.place / "unplugged")
    disk.mkdir()
    assert "is not there just now" in (home.tell(*SECOND) or "")
    assert list(disk.iterdir()) == []
    disk.rmdir()
    (home.place / "unplugged").rename(disk)
    assert home.tell() is None
    assert (home.site.folder / "chronicle.yml").read_text().count("- date:") == 2


def test_a_chronicle_is_not_begun_in_its_own_folder_that_is_a_bare_mount_point(home: Home) -> None:
    disk = home.place / "disk"
    home.site = Site(disk, memory=home.place)
    assert home.tell(*FIRST) is None
    disk.rename(home.place / "unplugged")
    disk.mkdir()
    assert home.tell(*SECOND) == ChronicleOffline.sentence()
    assert list(disk.iterdir()) == []
    disk.rmdir()
    (home.place / "unplugged").rename(disk)
    assert home.tell() is None
    assert (disk / "chronicle.yml").read_text().count("- date:") == 2


@pytest.mark.parametrize(
    ("data", "images"),
    [("disk/story.yml", "site/pictures"), ("site/_data/story.yml", "disk"), ("disk/story.yml", "disk/pictures")],
)
def test_her_site_is_not_begun_anew_on_the_bare_mount_point_of_its_disk(data: str, images: str, home: Home) -> None:
    disk = home.place / "disk"
    disk.mkdir()
    home.site = Site(home.place / "chronicle", home.place / data, home.place / images, memory=home.place)
    assert home.tell(*FIRST) is None
    disk.rename(home.place / "unplugged")
    disk.mkdir()
    before = {path: path.read_bytes() for path in (home.place / "site").rglob("*") if path.is_file()}
    assert "as when its disk is not connected" in (home.tell(*SECOND) or "")
    assert "as when its disk is not connected" in next(faults.sentences(home.site))[1]
    assert list(disk.iterdir()) == []
    assert before == {path: path.read_bytes() for path in (home.place / "site").rglob("*") if path.is_file()}
    disk.rmdir()
    (home.place / "unplugged").rename(disk)
    assert home.tell() is None
    assert (home.place / data).read_text().count("- date:") == 2
    assert len(list((home.place / images).rglob("*.jpg"))) == 3


@pytest.mark.parametrize("how", ["empties the folder herself", "marks it"])
def test_her_site_is_begun_anew_where_she_says_so(how: str, home: Home) -> None:
    disk = home.place / "disk"
    disk.mkdir()
    home.site = Site(home.place / "chronicle", disk / "story.yml", memory=home.place)
    assert home.tell(*FIRST) is None
    if how == "marks it":
        disk.rename(home.place / "unplugged")
        disk.mkdir()
        (disk / ".radiary").touch()
    else:
        (disk / "story.yml").unlink()
    assert home.tell(*SECOND) is None
    assert (disk / "story.yml").read_text().count("- date:") == 2


@pytest.mark.parametrize("how", ["deletes the folder", "marks it"])
def test_her_chronicle_is_begun_anew_where_she_says_so(home: Home, how: str) -> None:
    home.site = Site(home.place / "chronicle", memory=home.place)
    home.tell(*FIRST)
    shutil.rmtree(home.site.folder)
    if how == "marks it":
        home.site.folder.mkdir()
        (home.site.folder / ".radiary").touch()
    assert home.tell() is None
    assert (home.site.folder / "chronicle.yml").read_text().count("- date:") == 1


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "full")
