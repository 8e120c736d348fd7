"""`radiary chronicle`, and what `status` and `doctor` say of the owner's file: real processes."""

import json
from pathlib import Path

import pytest

import exports
from services import Service


@pytest.fixture
def service(tmp_path: Path) -> Service:
    """A site of the owner's, and one exam that is filed."""
    site = tmp_path / "site"
    (site / "_data").mkdir(parents=True)
    (site / "assets").mkdir()
    made = Service(
        tmp_path, workers=1, **{"site-data": site / "_data/days.yml", "site-images": site / "assets/days", "language": "de"}
    )
    (site / "_data/days.yml").write_text("days:\n  - date: 2020-01-01\n    events:\n      - title: mein Anfang\n")
    done = made.command("once", str(exports.zipped(tmp_path / "a.zip", exports.ct_files(2))))
    assert done.returncode == 0, done.stderr
    return made


def test_the_difference_is_shown_before_anything_is_written_and_then_written(service: Service) -> None:
    data = service.folder / "site/_data/days.yml"
    told = data.read_text()
    assert '    - title: "CT' in told
    data.write_text("days:\n  - date: 2020-01-01\n    events:\n      - title: mein Anfang\n  - date: 2021-01-01\n")
    (service.folder / "state/ledger.jsonl").rename(service.folder / "ledger")
    lines = (service.folder / "ledger").read_text().splitlines(keepends=True)
    (service.folder / "state/ledger.jsonl").write_text("".join(one for one in lines if '"type":"chronicled"' not in one))
    (service.folder / "state/ledger.head").unlink()
    (service.folder / "state/.insertions.json").unlink()
    before = data.read_bytes()
    shown = service.command("chronicle", "--dry-run")
    assert shown.returncode == 0, shown.stderr
    assert [line for line in shown.stdout.splitlines() if line.startswith("-") and not line.startswith("---")] == []
    assert "+  - date: 2024-01-01" in shown.stdout
    assert data.read_bytes() == before
    written = service.command("chronicle")
    assert written.returncode == 0, written.stderr
    assert data.read_text().startswith(before.decode())
    assert "2024-01-01" in data.read_text()
    assert "Zu Ihrer Datei käme nichts hinzu" in service.command("chronicle", "--dry-run").stdout
    assert "Montag, 1. Januar 2024" in (service.folder / "chronicle/index.html").read_text()


@pytest.mark.parametrize(
    ("own", "line"),
    [
        ("base: &day\n  mood: good\ndays:\n  - <<: *day\n    date: 2020-01-01\n", 4),
        ("- date: 2020-01-01\n- date: 2024-01-01\n  events: I was there\n", 3),
    ],
)
def test_a_list_or_a_day_that_cannot_be_added_to_is_told_with_its_line_by_status_and_doctor(
    tmp_path: Path, own: str, line: int
) -> None:
    made = Service(tmp_path, workers=1)
    data = tmp_path / "chronicle/chronicle.yml"
    data.parent.mkdir()
    data.write_text(own)
    made.command("once", str(exports.zipped(tmp_path / "a.zip", exports.ct_files(2))))
    assert data.read_text() == own
    for command in ("status", "doctor"):
        assert f"line {line}" in made.command(command).stdout
    data.write_text("- date: 2020-01-01\n")
    made.command("chronicle")
    assert "could not be added" not in made.command("status").stdout


def test_a_mistake_in_her_file_is_told_with_its_line_by_status_and_doctor(service: Service) -> None:
    data = service.folder / "site/_data/days.yml"
    text = data.read_text()
    data.write_text(text + "  bad: [\n")
    number = text.count(chr(10)) + 1
    line = f"in Zeile {number}"
    assert line in service.command("status").stdout
    assert f"line {number}" in " ".join(json.loads(service.command("status", "--json").stdout)["notes"])
    examined = service.command("doctor")
    assert (examined.returncode, line in examined.stdout) == (1, True)
    done = service.command("chronicle")
    assert (done.returncode, line in done.stdout) == (1, True)
    assert data.read_text() == text + "  bad: [\n"


def test_a_chronicle_is_not_up_to_date_while_the_library_is_away(service: Service) -> None:
    (service.folder / "library").rename(service.folder / "away")
    done = service.command("chronicle")
    assert (done.returncode, "auf dem neuesten Stand" in done.stdout) == (1, False), done.stdout
    assert json.loads(service.command("chronicle", "--json").stdout)["note"].startswith("The library folder is missing")
    (service.folder / "away").rename(service.folder / "library")
    assert service.command("chronicle").returncode == 0


def test_a_missing_picture_is_told_and_keeps_nothing_from_working(service: Service) -> None:
    (service.folder / "site/assets/days/2024-01-01/scan1.jpg").unlink()
    assert "2024-01-01/scan1.jpg (Zeile" in service.command("status").stdout
    examined = service.command("doctor")
    assert (examined.returncode, "scan1.jpg" in examined.stdout) == (0, True)


def test_a_site_inside_the_library_is_refused(service: Service) -> None:
    service.settings["site-images"] = service.folder / "library/pictures"
    done = service.command("status")
    assert (done.returncode, "`site_images` must not lie inside `library`" in done.stderr) == (78, True)


def test_a_folder_that_is_not_there_gets_no_pages(service: Service) -> None:
    done = service.command("chronicle", "--jekyll", str(service.folder / "nowhere"))
    assert (done.returncode, "Es gibt keinen Ordner" in done.stderr) == (2, True)
