import io

import pytest
from rich.console import Console

from radiary.commands import console


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
