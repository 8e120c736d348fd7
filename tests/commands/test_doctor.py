import json
from pathlib import Path

import pytest

import exports
from radiary.commands import doctor
from services import Service


def examined(made: Service) -> tuple[int, dict[str, tuple[str, str]]]:
    done = made.command("doctor", "--json")
    assert done.stderr == ""
    return done.returncode, {one["what"]: (one["verdict"], one["sentence"]) for one in json.loads(done.stdout)}


def test_a_sound_installation_is_well_and_says_what_it_reads(tmp_path: Path) -> None:
    made = Service(tmp_path)
    made.command("once", str(exports.zipped(tmp_path / "a.zip", exports.ct_files(1))))
    status, found = examined(made)
    assert (status, [one for one in found.values() if one[0] == "bad"]) == (0, [])
    assert found["JPEG XL"][0] == "well"
    assert "ok    JPEG-LS: lossless" in made.command("doctor").stdout


def test_a_lost_or_foreign_key_is_bad(tmp_path: Path) -> None:
    made = Service(tmp_path)
    made.command("once", str(exports.zipped(tmp_path / "a.zip", exports.ct_files(1))))
    key = tmp_path / "state/key"
    key.write_text("00" * 32)
    assert (examined(made)[0], examined(made)[1]["key"][0]) == (1, "bad")
    key.unlink()
    assert "backup" in examined(made)[1]["key"][1]


def test_a_lost_ledger_is_told_as_that_and_not_as_another_state(tmp_path: Path) -> None:
    made = Service(tmp_path)
    made.command("once", str(exports.zipped(tmp_path / "a.zip", exports.ct_files(1))))
    (tmp_path / "state/ledger.jsonl").unlink()
    assert "The ledger is lost" in examined(made)[1]["ledger"][1]


def test_a_missing_watched_folder_is_bad_and_an_open_library_a_note(tmp_path: Path) -> None:
    made = Service(tmp_path)
    made.command("once", str(exports.zipped(tmp_path / "a.zip", exports.ct_files(1))))
    (tmp_path / "library").chmod(0o755)
    (tmp_path / "downloads").rename(tmp_path / "elsewhere")
    status, found = examined(made)
    assert (status, found["watched folder"][0], found["library"][0]) == (1, "bad", "note")


def test_a_library_that_is_away_is_bad(tmp_path: Path) -> None:
    made = Service(tmp_path)
    made.command("once", str(exports.zipped(tmp_path / "a.zip", exports.ct_files(1))))
    (tmp_path / "library").rename(tmp_path / "elsewhere")
    status, found = examined(made)
    assert (status, found["library"][0]) == (1, "bad")
    assert "missing" in found["library"][1]


def test_settings_that_are_refused_are_told_and_the_program_is_looked_at(tmp_path: Path) -> None:
    made = Service(tmp_path)
    done = made.command("doctor", "--json", "--set", "workers=many")
    found = {one["what"]: (one["verdict"], one["sentence"]) for one in json.loads(done.stdout)}
    assert (done.returncode, done.stderr) == (1, "")
    assert found["settings"] == ("bad", "The setting `workers` is wrong: it must be a whole number.")
    assert {"folders", "clock", "JPEG-LS", "text in pictures", "packages"} <= found.keys()


def test_records_that_are_damaged_or_missing_are_told_but_for_a_few_and_a_link_to_a_folder_is(tmp_path: Path) -> None:
    made = Service(tmp_path)
    made.command("once", str(exports.zipped(tmp_path / "a.zip", exports.ct_files(1))))
    (tmp_path / "downloads/disc").symlink_to(tmp_path / "library")
    (record,) = (tmp_path / "library").glob("*/*/study.json")
    for number in range(5):
        folder = tmp_path / f"library/2020-01-0{number + 1}/CT-x"
        folder.mkdir(parents=True)
        (folder / "study.json").write_text("{")
    record.write_text("[]")
    done = made.command("doctor", "--json")
    told = [one["sentence"] for one in json.loads(done.stdout) if (one["what"], one["verdict"]) == ("records of exams", "bad")]
    assert (done.returncode, len(told), told[-1]) == (1, 4, "8 more faults; `radiary verify` tells all.")
    assert len(made.command("verify").stdout.split("\n\n")[0].splitlines()) == 11
    assert "1 link to a folder is not followed" in done.stdout


def test_a_settings_file_that_others_may_write_is_told(tmp_path: Path) -> None:
    made = Service(tmp_path)
    config = tmp_path / "config.toml"
    config.write_text("")
    for mode, verdict in ((0o644, "well"), (0o666, "bad")):
        config.chmod(mode)
        done = made.command("doctor", "--json", "--config", str(config))
        (said,) = [one for one in json.loads(done.stdout) if one["what"] == "settings"]
        assert (said["verdict"], "chmod go-w" in said["sentence"]) == (verdict, verdict != "well")


def test_a_library_that_the_reader_of_text_lacks_is_named_with_what_helps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    why = "libgomp.so.1: cannot open shared object file: No such file or directory"
    (tmp_path / "onnxruntime.py").write_text(f"raise ImportError({why!r})")
    monkeypatch.syspath_prepend(tmp_path)
    told = str(doctor._text_in_pictures().sentence)
    assert "libgomp.so.1" in told
    assert "force-reinstall" not in told
