"""Her file over many additions, edits, removals and old texts that are saved over them: a pure fold, asked about at length."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from radiary.chronicle.insertions import Insertions
from radiary.chronicle.lost_additions import Batch, Reading, Text, lost

OLD_TEXTS = 3
"""Times that an old text may be saved over the same entries."""
STEPS = ("one comes", "two come", "program", "open", "type", "save", "take out one", "take out all")


def line(study: str) -> str:
    return f'    - title: "{study}"'


class File:
    """Her file, what Radiary knows of it, and an editor with one buffer; `renames` says how that saves."""

    def __init__(self, *, renames: bool) -> None:
        self.renames = renames
        self.text = self.buffer = "- date: 2020-01-01\n  events:\n"
        self.inserted, self.reading, self.words = Insertions(), Reading.UNKNOWN, 0
        self.additions: list[list[str]] = []
        self.gone: set[str] = set()
        self.old_texts = 0

    def come(self, count: int) -> None:
        first = sum(map(len, self.additions))
        self.additions.append([f"s{first + number}" for number in range(count)])
        self.run(self.additions[-1])

    def run(self, new: list[str] | None = None) -> None:
        """Radiary looks at the file, and writes what is missing into it: all that she did not take out is there then."""
        every = {study for addition in self.additions for study in addition}
        missing = {study for study in every if line(study) not in self.text.splitlines()} - set(new or ())
        again = self.inserted.lost(self.text, standing=every, missing=missing, reading=self.reading)
        if self.inserted.is_seen(self.text, again):
            self.inserted, self.old_texts = Insertions(), 0
        if studies := [*(new or ()), *sorted(again)]:
            before, self.text = self.text, self.text + "".join(f"{line(study)}\n" for study in studies)
            written = dict.fromkeys(studies, "2024-01-01")
            self.inserted = self.inserted.add(before, self.text, studies=written, lost=again, reading=self.reading)
            self.reading = Reading.NOBODY
        assert {study for study in every if line(study) in self.text.splitlines()} == every - self.gone

    def saved(self, text: str) -> None:
        if self.buffer != self.text:
            self.old_texts += 1
        self.buffer = self.text = text
        self.reading = Reading.UNKNOWN if self.renames else self.reading
        self.run()

    def program(self) -> None:
        self.reading = max(self.reading, Reading.SOMEBODY)

    def open(self) -> None:
        self.buffer, self.reading = self.text, Reading.PERSON

    def type(self) -> None:
        """A word more, in whatever the editor has: an old text or the newest."""
        self.words += 1
        if self.old_texts < OLD_TEXTS:
            self.saved(f"# word {self.words}\n{self.buffer}")

    def save(self) -> None:
        """An old text as it is: only where nobody opened the new one is that no removal."""
        if self.reading is Reading.NOBODY and not self.renames and self.old_texts < OLD_TEXTS:
            self.saved(self.buffer)

    def take_out(self, choice: int, *, all_of_it: bool, with_a_word: bool) -> None:
        """She opens the file, takes out one entry or all that came at once, and perhaps writes a word."""
        here = [[study for study in addition if study not in self.gone] for addition in self.additions]
        here = [addition for addition in here if addition]
        if not here:
            return
        addition = here[choice % len(here)]
        studies = addition if all_of_it else addition[:1]
        self.open()
        self.gone.update(studies)
        lines = [one for one in self.text.splitlines(keepends=True) if one.rstrip() not in map(line, studies)]
        self.words += 1
        self.saved(("# word\n" if with_a_word and not self.renames else "") + "".join(lines))


@settings(max_examples=600, deadline=None)
@given(st.booleans(), st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 7)), max_size=14))
@example(False, [("one comes", 0), ("one comes", 0), ("type", 0)])
@example(True, [("one comes", 0), ("two come", 0), ("one comes", 0), ("type", 0), ("type", 0)])
@example(False, [("one comes", 0), ("take out all", 1)])
@example(False, [("two come", 0), ("one comes", 0), ("take out one", 1), ("type", 0)])
@example(False, [("one comes", 0), ("open", 0), ("one comes", 0), ("type", 0)])
@example(False, [("one comes", 0), ("program", 0), ("one comes", 0), ("save", 0)])
@example(False, [("one comes", 0), ("take out all", 1)])
def test_no_addition_is_lost_and_none_that_she_took_out_comes_back(renames: bool, steps: list[tuple[str, int]]) -> None:
    file = File(renames=renames)
    for step, choice in steps:
        if step.startswith("take out"):
            file.take_out(choice // 2, all_of_it=step.endswith("all"), with_a_word=bool(choice % 2))
        elif step.endswith(("comes", "come")):
            file.come(1 + (step == "two come"))
        else:
            getattr(file, step)()


@pytest.mark.parametrize("with_a_word", [False, True])
def test_what_she_took_out_in_an_old_text_stays_out_and_what_it_lacks_is_put_in_again(with_a_word: bool) -> None:
    file = File(renames=False)
    file.come(1)
    file.open()
    file.come(1)
    file.gone.add("s0")
    file.saved(("# word\n" if with_a_word else "") + file.buffer.replace(f"{line('s0')}\n", ""))
    assert line("s1") in file.text


A, B = Batch({"a": "2024-01-01"}, before="0", lines=("a",)), Batch({"b": "2024-02-02"}, before="1", lines=("b",))


def text(*there: str, told_by: str = "x", reading: Reading = Reading.NOBODY, standing: str = "ab", lines: str = "") -> Text:
    return Text(set(standing), set(standing) - set(there), {*there, *lines.split("|")}, told_by, reading)


def test_an_old_text_lacks_the_newest_additions_without_a_gap() -> None:
    assert lost([A, B], text()) == {"a": "2024-01-01", "b": "2024-02-02"}
    assert lost([A, B], text("a")) == {"b": "2024-02-02"}
    assert lost([A, B], text("b")) == {}


@pytest.mark.parametrize(
    ("reading", "is_former", "is_lost"),
    [
        (Reading.NOBODY, True, True), (Reading.NOBODY, False, True),
        (Reading.UNKNOWN, True, False), (Reading.UNKNOWN, False, True),
        (Reading.SOMEBODY, True, False), (Reading.SOMEBODY, False, True),
        (Reading.PERSON, True, False), (Reading.PERSON, False, False),
    ],
)  # fmt: skip
def test_who_opened_the_file_tells_a_removal_from_an_old_text(reading: Reading, is_former: bool, is_lost: bool) -> None:
    now = text("a", told_by="1" if is_former else "x", reading=reading)
    assert bool(lost([A, B], now)) == is_lost


def test_several_additions_that_are_gone_with_another_edit_were_lost_though_somebody_opened_the_file() -> None:
    assert lost([A, B], text(reading=Reading.PERSON)).keys() == {"a", "b"}
    assert lost([A, B], text(told_by="0", reading=Reading.PERSON)) == {}
    assert lost([A, B], text(told_by="0", reading=Reading.UNKNOWN)).keys() == {"a", "b"}


def test_what_she_opened_and_took_out_before_more_came_stays_out() -> None:
    assert lost([replace(A, reading=Reading.PERSON), B], text()) == {"b": "2024-02-02"}


def test_an_exam_that_stands_no_more_is_no_sign_that_she_saw_what_came_with_it() -> None:
    both = Batch({"a": "2024-01-01", "b": "2024-02-02"}, before="0")
    assert lost([both], text(standing="b")) == {"b": "2024-02-02"}
    assert lost([both, Batch({"c": "2024-03-03"}, before="1")], text(standing="b")) == {"b": "2024-02-02"}


def test_a_day_that_she_wrote_herself_in_an_old_text_is_no_sign_that_she_saw_its_exam() -> None:
    batch = replace(A, lines=("- date: 2024-01-01", "  events"))
    assert lost([batch], text(standing="a", lines="- date: 2024-01-01"))
    assert not lost([batch], text(standing="a", lines="- date: 2024-01-01", reading=Reading.SOMEBODY))
    assert not lost([batch], text(standing="a", lines="- date: 2024-01-01|  events"))
