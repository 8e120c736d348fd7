import io

import pytest
from rich.console import Console
from rich.table import Table

from radiary.commands.speaking import console, fact_sentences


@pytest.mark.parametrize("is_terminal", [True, False])
def test_a_bar_says_of_how_many_once_it_is_known_and_nothing_where_no_terminal_is(is_terminal: bool) -> None:
    shown = io.StringIO()
    with console.bar(Console(file=shown, force_terminal=is_terminal)) as bar:
        task = bar.add_task("export 1 of 1", total=None)
        bar.refresh()
        before = shown.getvalue()
        bar.update(task, completed=1, total=3)
    assert ("export 1 of 1" in before, "1/3" in shown.getvalue()) == (is_terminal, is_terminal)
    assert "/?" not in before
    assert is_terminal or not shown.getvalue()


def test_what_a_program_reads_goes_past_what_a_terminal_shows_meanwhile(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(console, "err", Console(file=shown, force_terminal=True))
    with console.busy("Radiary is at it …"):
        print("an answer")
    assert capsys.readouterr().out == "an answer\n"
    assert "Radiary is at it" in shown.getvalue()
    assert "an answer" not in shown.getvalue()


def test_nothing_that_is_said_moves_the_cursor_or_turns_the_direction_of_what_follows(capsys: pytest.CaptureFixture[str]) -> None:
    table = Table.grid()
    table.add_row("a \x1b]0;row\x9b")
    for said in ("her \x1b[2Jwords\u202e", table):
        console.out.print(said, markup=False)
    assert capsys.readouterr().out.split("\n") == ["her [2Jwords", "a ]0;row", ""]


def test_a_long_fact_goes_on_below_its_sentence_on_a_terminal_and_is_one_line_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    fact = f"2024-03-11 09:30:00  {'filed'.ljust(fact_sentences.longest_type())}  {'words of it ' * 20}".rstrip()
    assert console.wrapped(fact) == fact
    monkeypatch.setattr(console, "out", Console(file=io.StringIO(), force_terminal=True, width=100))
    first, *more = console.wrapped(fact).splitlines()
    assert first.startswith("2024-03-11 09:30:00  filed")
    assert {len(line) - len(line.lstrip()) for line in more} == {fact.index("words")}
    assert all(len(line) <= 100 for line in (first, *more))
    monkeypatch.setattr(console, "out", Console(file=io.StringIO(), force_terminal=True, width=40))
    assert console.wrapped(fact) == fact
