import contextlib
import re
import tomllib
from pathlib import Path

import pytest

from radiary import cli
from radiary.files import strangers
from radiary.model.errors import Unusable
from radiary.settings import Settings, load
from services import said_by_anybody

MEANT = "(did you mean `library`, `watch`?); `radiary config --example` lists them all."
EXAMPLE = Path(__file__).parents[1] / "config.example.toml"


def test_the_example_names_every_setting_with_its_default(home: Path) -> None:
    assert load(EXAMPLE, {}) == load(None, {})
    assert set(tomllib.loads(EXAMPLE.read_text())) == set(Settings.model_fields)


def test_the_command_line_wins_over_environment_over_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "config.toml"
    config.write_text("quiet_seconds = 1\nrescan_seconds = 2\nworkers = 3\n")
    monkeypatch.setenv("RADIARY_RESCAN_SECONDS", "20")
    monkeypatch.setenv("RADIARY_WORKERS", "30")
    found = load(config, {"workers": "4"})
    assert (found.quiet_seconds, found.rescan_seconds, found.workers) == (1, 20, 4)


def test_the_default_file_is_found_and_may_be_absent(home: Path) -> None:
    assert load(None, {}).quiet_seconds == 5
    (home / ".config/radiary").mkdir(parents=True)
    (home / ".config/radiary/config.toml").write_text("quiet_seconds = 9\n")
    assert load(None, {}).quiet_seconds == 9


def test_several_folders_in_the_environment_are_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RADIARY_WATCH", '["/one", "/two"]')
    assert load(None, {}).watch == (Path("/one"), Path("/two"))
    monkeypatch.setenv("RADIARY_WATCH", "/only one")
    assert load(None, {}).watch == (Path("/only one"),)


def test_windows_may_stand_between_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RADIARY_WINDOWS", "lung, bone")
    assert load(None, {}).windows == ("lung", "bone")
    for said in ("bone,lung", '["bone", "lung"]', ["bone", "lung"], ["bone,lung"]):
        assert load(None, {"windows": said}).windows == ("bone", "lung")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("quiet_second = 5", "quiet_second"),
        ("quiet_seconds = -1", "quiet_seconds"),
        ('quiet_seconds = "soon"', "quiet_seconds"),
        ("quiet_seconds = ", "TOML"),
        ('library = "relative/path"', "library"),
        ("watch = []", "watch"),
        ("watch = 5", "watch"),
        ('copies = "jpeg"', "copies"),
        ('library = "~/Downloads"', "library"),
        ('library = "~"', "library"),
        ('chronicle = "~/Pictures/Radiary/library/chronicle"', "chronicle"),
        ('library = "/a\\u0000b"', "library"),
        ('library = "~nobody-of-that-name/x"', "library"),
        ('watch = ["~nobody-of-that-name"]', "watch"),
        ("quiet_seconds = nan", "quiet_seconds"),
    ],
)
def test_every_mistake_is_one_sentence_that_names_the_setting(tmp_path: Path, text: str, says: str) -> None:
    config = tmp_path / "config.toml"
    config.write_text(text)
    with pytest.raises(Unusable) as error:
        load(config, {})
    assert says in str(error.value)
    assert "\n" not in str(error.value)
    assert str(error.value).endswith(".")


def test_a_named_file_that_is_absent_is_a_mistake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unusable, match="no settings file"):
        load(tmp_path / "absent.toml", {})
    monkeypatch.setenv("RADIARY_CONFIG", str(tmp_path / "absent.toml"))
    with pytest.raises(Unusable, match="no settings file"):
        load(None, {})


@pytest.mark.parametrize(
    ("name", "value"), [("RADIARY_QUITE_SECONDS", "5"), ("RADIARY_QUIET_SECONDS", "x"), ("RADIARY_WATCH", "[1")]
)
def test_a_mistake_in_the_environment_is_one_sentence(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(Unusable) as error:
        load(None, {})
    assert name.removeprefix("RADIARY_").lower() in str(error.value).lower()


@pytest.mark.parametrize(
    "text",
    [
        'watch = ["/downloads"]\nlibrary = "/downloads"',
        'watch = ["/downloads/here"]\nlibrary = "/downloads"',
        'watch = ["/downloads/here"]\nstate = "/downloads"',
        'library = "/home/library"\nprivate = "/home/library/private"',
        'private = "/home/private"\nlibrary = "/home/private/library"',
        'library = "/home/radiary"\nchronicle = "/home/radiary"',
        'state = "/home/state"\nprivate = "/home/state/private"',
        'watch = ["/downloads", "/downloads/here"]',
        'watch = ["/somewhere/done"]\nafter = "sort"',
        'engine = "dask"',
    ],
)
def test_folders_that_overlap_and_settings_that_contradict_each_other_are_refused(tmp_path: Path, text: str) -> None:
    config = tmp_path / "config.toml"
    config.write_text(text)
    with pytest.raises(Unusable):
        load(config, {})


def test_folders_that_are_one_by_a_link_are_refused(tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    (tmp_path / "link").symlink_to("library")
    with pytest.raises(Unusable, match="must not lie inside"):
        load(None, {"library": str(tmp_path / "library"), "private": str(tmp_path / "link/private")})
    with pytest.raises(Unusable, match="watched folder"):
        load(None, {"library": str(tmp_path / "library"), "watch": str(tmp_path / "link")})


def test_a_library_below_a_watched_folder_is_allowed(tmp_path: Path) -> None:
    assert load(None, {"watch": "/downloads", "library": "/downloads/Radiary"}).library == Path("/downloads/Radiary")


def test_a_setting_that_does_not_exist_is_refused_wherever_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "config.toml"
    config.write_text("retain_uid = true\n")
    with pytest.raises(Unusable, match="There is no setting `retain_uid`"):
        load(config, {})
    monkeypatch.setenv("RADIARY_RETAIN_UID", "true")
    with pytest.raises(Unusable, match="There is no setting RADIARY_RETAIN_UID"):
        load(None, {})


@pytest.mark.parametrize("name", ["RADIARY_LIBRARY", "RADIARY_CONFIG", "RADIARY_WORKERS", "RADIARY_SCHEDULER"])
@pytest.mark.parametrize("nothing", ["", " "])
def test_a_variable_that_is_set_to_nothing_is_a_mistake_and_no_default(
    monkeypatch: pytest.MonkeyPatch, name: str, nothing: str
) -> None:
    monkeypatch.setenv(name, nothing)
    with pytest.raises(Unusable, match=f"^{name} is set to nothing; give it a value, or unset it.$"):
        load(None, {})


def test_beside_a_variable_that_is_set_to_nothing_the_file_counts_and_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    config = tmp_path / "config.toml"
    config.write_text('library = "/somewhere/else"\n')
    monkeypatch.setenv("RADIARY_LIBRARY", "")
    assert load(config, {}).library == Path("/somewhere/else")
    assert "RADIARY_LIBRARY is set to nothing" in caplog.text


def test_every_mistake_in_the_environment_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("RADIARY_LIBRAY", "/a"), ("RADIARY_WACH", "/b")):
        monkeypatch.setenv(name, value)
    with pytest.raises(Unusable) as error:
        load(None, {})
    assert str(error.value) == f"There are no settings RADIARY_LIBRAY, RADIARY_WACH {MEANT}"


def test_every_mistake_in_the_file_is_told_at_once(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('libray = "/a"\nwach = ["/b"]\nworkers = "many"\nquiet_seconds = -1\nwatch = ["/a", 5, 6]\n')
    with pytest.raises(Unusable) as error:
        load(config, {})
    said = str(error.value)
    assert said.startswith(f"There are no settings `libray`, `wach` {MEANT} The setting ")
    assert [said.count(f"The setting `{name}` is wrong: ") for name in ("quiet_seconds", "watch", "workers")] == [1, 1, 1]
    assert "\n" not in said


def test_a_settings_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_bytes(b"\xef\xbb\xbfquiet_seconds = 9\r\n")
    assert load(config, {}).quiet_seconds == 9


def test_a_settings_file_that_cannot_be_read_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="cannot be read"):
        load(tmp_path, {})
    (tmp_path / "config.toml").write_bytes("quiet_seconds = 9".encode("utf-16"))
    with pytest.raises(Unusable, match="not written in UTF-8"):
        load(tmp_path / "config.toml", {})


def test_a_settings_file_that_others_may_write_is_read_by_nothing_that_acts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "its folder/config.toml"
    config.parent.mkdir()
    config.write_text(f"state = '{tmp_path / 'state'}'\n")
    for place, mode in ((config, 0o666), (config.parent, 0o777)):
        place.chmod(mode)
        for words in (["once", str(tmp_path)], ["restore"], ["pause"], ["status"], ["run"]):
            assert cli.main([*words, "--config", str(config)]) == 78
            assert f"chmod go-w '{place}'" in capsys.readouterr().err
        assert cli.main(["config", "state", "--config", str(config)]) == 0
        place.chmod(0o700)
    monkeypatch.setattr(strangers, "who_may_write", lambda _place: strangers.ITS_OWNER)
    assert cli.main(["status", "--config", str(config)]) == 78
    assert f"sudo chown \"$(id -un)\" '{config}'" in capsys.readouterr().err


def read(config: str) -> str:
    """Why a settings file is not read."""
    try:
        load(Path(config), {})
    except Unusable as error:
        return str(error)
    return ""


def test_a_settings_file_in_a_folder_that_cannot_be_looked_into_is_told(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    assert said_by_anybody(read, str(tmp_path / "closed/config.toml")).endswith("config.toml cannot be read.")


@pytest.mark.parametrize("place", ["state/key", "library/x.json", "downloads/x.json", "site.yml", "one.json"])
def test_a_file_for_programs_takes_the_place_of_nothing(place: str, tmp_path: Path) -> None:
    folders = {name: tmp_path / name for name in ("library", "private", "chronicle", "state")}
    others = {"watch": [tmp_path / "downloads"], "site_data": tmp_path / "site.yml", "metrics_file": tmp_path / "one.json"}
    with pytest.raises(Unusable, match="a file of its own"):
        load(None, {**folders, **others, "status_file": tmp_path / place})
    assert load(None, {**folders, **others, "status_file": tmp_path / "two.json"}).status_file == tmp_path / "two.json"


_NUMBER, _TRUTH, _LIST = "it must be a ", "it must be true or false", "it must be a list, in square brackets"


def _mistaken(name: str) -> list[tuple[str, str]]:
    """Values of another type that a setting could be taken for, as the file has them, and what is said of each."""
    default = tomllib.loads(EXAMPLE.read_text())[name]
    if isinstance(default, bool):
        return [(value, _TRUTH) for value in ("1", "0", "1.0", '"true"', '"no"', "[]")]
    if isinstance(default, int | float):
        return [(value, _NUMBER) for value in ("true", "false", '"5"', '"x"', "[5]", "{}")]
    if isinstance(default, list):
        return [*((value, _LIST) for value in ('"/x"', "true", "5")), ("[true]", ""), ("[[]]", "")]
    return [(value, "") for value in ("true", "5", "[]", "2024-01-01")]


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_nothing_is_taken_for_a_value_of_another_type(name: str, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    for value, says in _mistaken(name):
        config.write_text(f"{name} = {value}\n")
        with pytest.raises(Unusable, match=f"^The setting `{name}` is wrong: {says}.*[.]$"):
            load(config, {})


_THEIRS = re.compile("[Ii]nput|[Vv]alid |[Uu]nable|greater|literal|instance")
"""Words of the library that looks values over: none of them is Radiary's."""


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_what_is_wrong_with_a_value_is_said_in_radiarys_own_words(name: str, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    wrong = ("-1", "1e999", '"x"', '""', "[]", "[1]", '["x"]', "{}", "true", "2024-01-01", "99999999999999999999", '"/x/\\u0000"')
    for value in wrong:
        config.write_text(f"{name} = {value}\n")
        with contextlib.suppress(Unusable):
            load(config, {})
            continue
        with pytest.raises(Unusable) as told:
            load(config, {})
        assert not _THEIRS.search(str(told.value)), (value, str(told.value))


@pytest.mark.parametrize("text", ["wach = 1", "workers = -1", "polling = 1"])
def test_a_mistake_in_the_file_is_told_with_the_file_to_open_and_another_one_is_not(tmp_path: Path, text: str) -> None:
    config = tmp_path / "config.toml"
    config.write_text(text)
    with pytest.raises(Unusable, match=f"The settings file is {re.escape(str(config))}[.]$"):
        load(config, {})
    config.write_text("quiet_seconds = 9\n")
    with pytest.raises(Unusable) as told:
        load(config, {"workers": "-1"})
    assert "file" not in str(told.value)


def test_the_nearest_of_the_words_that_a_setting_takes_is_asked_for() -> None:
    with pytest.raises(Unusable, match=r"it is none of 'keep', 'sort', 'delete' [(]did you mean 'keep'[?][)]"):
        load(None, {"after": "KEEP"})
    with pytest.raises(Unusable, match=r"it must be 0[.]1 or more"):
        load(None, {"quiet_seconds": "0"})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('words = [""]', "empty"),
        ('ignore = ["*.zip", " "]', "empty"),
        ('words = ["knee, left"]', "one word"),
        ('words = ["knee left", "chest"]', "one word"),
        ('words = ["t1"]', "one word"),
        ('engine = "dask"\nscheduler = "here"', "an address"),
        ('scheduler = " "', "an address"),
    ],
)
def test_what_would_be_without_effect_is_refused(text: str, says: str, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(text)
    name = text.rpartition("\n")[2].partition(" ")[0]
    with pytest.raises(Unusable, match=f"^The setting `{name}` is wrong: .*{says}.*[.]$"):
        load(config, {})


def test_mistaken_types_are_told_with_all_other_mistakes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "config.toml"
    config.write_text('quiet_seconds = true\nworkers = -1\nwords = "x"\nlibray = "/a"\npolling = 1\n')
    with pytest.raises(Unusable) as error:
        load(config, {})
    for name in ("quiet_seconds", "workers", "words", "polling"):
        assert str(error.value).count(f"`{name}` is wrong") == 1
    monkeypatch.setenv("RADIARY_POLLING", "1")
    config.write_text("polling = 1\nquiet_seconds = true\n")
    assert load(config, {"quiet_seconds": "3"}).polling is True, "what is said elsewhere counts, and texts are all there is there"
