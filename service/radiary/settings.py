"""The only reader of TOML and environment. One model; every mistake is one sentence and exit status 78."""

import contextlib
import difflib
import importlib.util
import json
import logging
import os
import re
import tomllib
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, get_origin

import platformdirs
from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from radiary.files import installation, strangers
from radiary.language import Sentence, counted, joined, marked, of_locale, sentence
from radiary.model.errors import Unusable
from radiary.model.nouns import CtWindow, Policy, Wanted

log = logging.getLogger("radiary")

PREFIX = "RADIARY_"
CONFIG = "RADIARY_CONFIG"

_ONE_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+|\S+:\d+")


def _home(*parts: str) -> Path:
    return Path(platformdirs.user_pictures_dir()).joinpath("Radiary", *parts)


class Settings(BaseSettings):
    """Every setting; `config.example.toml` explains them with their defaults."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    watch: Annotated[tuple[Path, ...], NoDecode] = Field(
        default_factory=lambda: (Path(platformdirs.user_downloads_dir()),), description="folders to watch"
    )
    documents: Annotated[tuple[Path, ...], NoDecode] = Field(
        default=(), description="folders to watch in which every PDF is a paper of yours"
    )
    library: Path = Field(default_factory=lambda: _home("library"), description="the dated library")
    private: Path = Field(default_factory=lambda: _home("private"), description="the private shelf")
    chronicle: Path = Field(default_factory=lambda: _home("chronicle"), description="the chronicle's folder")
    site_data: Path | None = Field(default=None, description="your own site's data file, in place of chronicle.yml")
    site_images: Path | None = Field(default=None, description="your own site's folder of pictures, in place of images")
    language: Literal["auto", "en", "nl", "fr", "de"] = Field(default="auto", description="of chronicle, pages and commands")
    state: Path = Field(
        default_factory=lambda: Path(platformdirs.user_state_dir("radiary", appauthor=False)),
        description="ledger, key and lock",
    )
    quiet_seconds: Annotated[
        float, Field(ge=0.1, le=3600, allow_inf_nan=False, description="how long a download must be still")
    ] = 5
    rescan_seconds: Annotated[
        float, Field(ge=1, le=86400, allow_inf_nan=False, description="how often to look without being told")
    ] = 60
    polling: bool = Field(default=False, description="compare listings instead of events; for network mounts")
    ignore: Annotated[tuple[str, ...], NoDecode] = Field(default=(), description="name patterns to leave alone")
    copies: Literal["dicom", "small", "none"] = Field(default="dicom", description="keep de-identified DICOM beside the pictures")
    after: Literal["keep", "sort", "delete"] = Field(default="keep", description="what happens to a finished download")
    trash_days: Annotated[int, Field(ge=0, le=36500, description="how long what you took out can be restored")] = 30
    dates: Literal["keep", "shift", "month", "year", "relative"] = Field(
        default="keep", description="what becomes of dates of exams"
    )
    keep_weekdays: bool = Field(default=False, description="shift dates by whole weeks")
    retain_safe_private: bool = Field(default=True, description="keep private numbers that the standard calls safe")
    retain_uids: bool = Field(default=False, description="keep UIDs as they are")
    retain_device_identity: bool = Field(default=False, description="keep what identifies the machine")
    retain_institution_identity: bool = Field(default=False, description="keep the names of hospitals")
    retain_patient_characteristics: bool = Field(default=False, description="keep age, sex, weight and the like")
    retain_size_and_weight: bool = Field(default=False, description="keep size and weight alone, to the centimetre and kilogram")
    clean_descriptors: bool = Field(default=True, description="keep the safe words of descriptions")
    clean_structured_content: bool = Field(default=True, description="keep codes and numbers of reports")
    clean_graphics: bool = Field(default=True, description="keep the geometry of annotations")
    words: Annotated[tuple[str, ...], NoDecode] = Field(default=(), description="further words that are safe in descriptions")
    windows: Annotated[tuple[Literal[CtWindow, "others"], ...], NoDecode] = Field(
        default=(), description="further pictures of a CT in these windows; others: the object's own further ones"
    )
    sixteen_bits: bool = Field(default=False, description="a picture with 65,536 levels of grey beside each grey one")
    png_effort: Literal["fast", "small"] = Field(default="fast", description="pictures made at once, or a little smaller")
    cine: Literal["none", "webp"] = Field(default="none", description="a clip as one animated picture, too")
    tiles: Annotated[int, Field(ge=0, description="most tiles of a slide that become pictures of their own")] = 256
    archive_files: Annotated[int, Field(ge=1, description="most files an archive may unpack to")] = 200_000
    archive_gigabytes: Annotated[
        float, Field(gt=0, allow_inf_nan=False, description="most gigabytes an archive may unpack to")
    ] = 64
    file_gigabytes: Annotated[float, Field(gt=0, allow_inf_nan=False, description="most gigabytes of one file")] = 4
    archive_depth: Annotated[int, Field(ge=0, le=10, description="how many archives may lie inside one another")] = 3
    picture_seconds: Annotated[
        float, Field(ge=1, le=86400, allow_inf_nan=False, description="longest time for one picture; then it is skipped")
    ] = 120
    worker_gigabytes: Annotated[
        float, Field(ge=0.5, allow_inf_nan=False, description="most memory of a worker process (Linux)")
    ] = 8
    stop_seconds: Annotated[float, Field(ge=1, le=3600, allow_inf_nan=False, description="longest wait when stopping")] = 10
    workers: Annotated[int, Field(ge=0, le=256, description="worker processes; 0: one per core, or all of the cluster")] = 0
    engine: Literal["processes", "dask"] = Field(default="processes", description="where pictures are made")
    scheduler: str = Field(default="", description="address of a Dask scheduler, such as tls://host:8786")
    nice: Annotated[int, Field(ge=0, le=19, description="how far workers step back behind other programs, 0 to 19")] = 10
    io_priority: Literal["normal", "low", "idle"] = Field(default="low", description="the workers' place at the disk (Linux)")
    notifications: bool = Field(default=True, description="tell the desktop what was filed and what waits; takes an extra")
    status_file: Path | None = Field(default=None, description="how the service is, as JSON, for your programs")
    metrics_file: Path | None = Field(default=None, description="the same in numbers, for Prometheus")
    pause_on_battery: bool = Field(default=False, description="begin no export while the computer runs on its battery")
    attempts: Annotated[int, Field(ge=1, le=100, description="attempts at an export that ends in errors")] = 3
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="of the log on stderr")

    @property
    def watched(self) -> tuple[Path, ...]:
        """Every folder that is watched."""
        return (*self.watch, *self.documents)

    @property
    def wanted(self) -> Wanted:
        """What is made of an instance beside its pictures."""
        return Wanted(
            copies=self.copies != "none",
            windows=self.windows,
            sixteen_bits=self.sixteen_bits,
            cine=self.cine == "webp",
            tiles=self.tiles,
            png_effort=self.png_effort,
            small_copies=self.copies == "small",
        )

    @property
    def policy(self) -> Policy:
        """What the wall lets through."""
        options = {name: getattr(self, name) for name in Policy.__dataclass_fields__ if name != "words"}
        return Policy(**options, words=frozenset(word.casefold() for word in self.words))

    @property
    def spoken(self) -> str:
        """The language of what people read: the one that is set, else that of the system's locale."""
        if self.language != "auto":
            return self.language
        return of_locale(os.environ)

    @field_validator("windows", mode="before")
    @classmethod
    def _between_commas(cls, value: Any) -> Any:
        """No window is called by a comma: several may be written in one text."""
        is_text = isinstance(value, tuple | list) and all(isinstance(one, str) for one in value)
        return tuple(part.strip() for one in value for part in one.split(",")) if is_text else value

    @field_validator("watch", "documents", "ignore", "words", "windows", mode="before")
    @classmethod
    def _one_or_many(cls, value: Any) -> Any:
        """In the environment and on the command line: a JSON list, or one value as it is."""
        if isinstance(value, str):
            try:
                return json.loads(value) if value.startswith("[") else (value,)
            except json.JSONDecodeError:
                raise ValueError(marked('several values are written as a list: ["one", "two"]')) from None
        return value

    @field_validator("words", "ignore")
    @classmethod
    def _says_something(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        """Words of descriptions are compared one by one: what is no word would never be found."""
        if not all(one.strip() for one in value):
            raise ValueError(marked("it holds an empty text; leave that out"))
        if info.field_name == "words" and not all(_ONE_WORD.fullmatch(one) for one in value):
            raise ValueError(marked('each is one word, of letters alone; several are written as a list: ["one", "two"]'))
        return value

    @field_validator("scheduler")
    @classmethod
    def _is_address(cls, value: str) -> str:
        if value and not _ADDRESS.fullmatch(value):
            raise ValueError(marked("it must be an address such as tls://host:8786"))
        return value

    @field_validator("site_data", "site_images", "status_file", "metrics_file", mode="before")
    @classmethod
    def _may_be_nothing(cls, value: Any) -> Any:
        """No path means the chronicle's own."""
        return None if value == "" else value

    @field_validator(
        *("watch", "documents", "library", "private", "chronicle", "state"),
        *("site_data", "site_images", "status_file", "metrics_file"),
    )
    @classmethod
    def _is_absolute(cls, value: Path | tuple[Path, ...] | None, info: ValidationInfo) -> Path | tuple[Path, ...] | None:
        """A relative path would depend on where the service happens to be started."""
        if value is None:
            return None
        try:
            paths = tuple(one.expanduser() for one in (value if isinstance(value, tuple) else (value,)))
        except RuntimeError:
            raise ValueError(marked("nobody of that name has a home folder here")) from None
        if not all(one.is_absolute() and "\0" not in str(one) for one in paths):
            raise ValueError(marked("must be an absolute path, or begin with ~"))
        if isinstance(value, tuple) and not paths and info.field_name == "watch":
            raise ValueError(marked("must name at least one folder"))
        return paths if isinstance(value, tuple) else paths[0]

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Command line before environment; the file's values are handed in by `load`."""
        return init_settings, env_settings


class Origin(StrEnum):
    """Where a setting was said, the strongest last."""

    DEFAULT = "default"
    FILE = "file"
    ENVIRONMENT = "environment"
    COMMAND_LINE = "command line"


def load(config: Path | None, overrides: Mapping[str, Any]) -> Settings:
    """Command line (`overrides`), then environment, then file, then defaults.

    Raises Unusable, also for a file that others may write: it decides where all goes, and what is deleted.
    """
    if opened := open_to_others(file_of(config)):
        raise Unusable(opened)
    return load_with_origins(config, overrides)[0]


def load_with_origins(config: Path | None, overrides: Mapping[str, Any]) -> tuple[Settings, dict[str, Origin]]:
    """The same for what only shows them, and where each setting was said. Raises Unusable."""
    _refuse_unknown_environment()
    file = _file(config)
    _tell_of_empty_environment({*file, *overrides, *(["config"] if config else [])})
    environment = {name[len(PREFIX) :].lower() for name in _ours() if os.environ[name].strip()} - {"config"}
    from_file = {name: value for name, value in file.items() if name not in environment and name not in overrides}
    mistyped = _mistyped(from_file)
    try:
        settings = Settings(**{**from_file, **overrides})
    except ValidationError as error:
        wrong = {str(mistake["loc"][0]) for mistake in error.errors(include_url=False) if mistake["loc"]}
        raise Unusable(joined([_sentences(error, mistyped), *_where({*wrong, *mistyped} & from_file.keys(), config)])) from None
    except ValueError as error:
        raise Unusable(sentence("A setting in the environment cannot be read: %(why)s.", why=_first_line(error))) from None
    if mistyped:
        raise Unusable(joined([*_wrong(mistyped), *_where(mistyped, config)]))
    _refuse_overlaps(settings)
    _refuse_files_for_programs(settings)
    _refuse_half_a_cluster(settings)
    said = ((Settings.model_fields, Origin.DEFAULT), (file, Origin.FILE), (environment, Origin.ENVIRONMENT))
    origins = {name: origin for names, origin in (*said, (overrides, Origin.COMMAND_LINE)) for name in names}
    return settings, origins


def file_of(config: Path | None) -> Path:
    """Where the settings file is, or would be."""
    named = config or (Path(os.environ[CONFIG]) if os.environ.get(CONFIG, "").strip() else None)
    path = named or Path(platformdirs.user_config_dir("radiary", appauthor=False)) / "config.toml"
    with contextlib.suppress(RuntimeError):
        path = path.expanduser()
    return path


def _refuse_files_for_programs(settings: Settings) -> None:
    """They are written anew every few seconds, over whatever is called so."""
    files = {name: path for name in ("status_file", "metrics_file") if (path := getattr(settings, name))}
    for name, path in files.items():
        folders = (settings.state, settings.library, settings.private, settings.chronicle, *settings.watched)
        is_taken = path == settings.site_data or any(path.is_relative_to(folder) for folder in folders)
        if is_taken or list(files.values()).count(path) > 1:
            raise Unusable(sentence("`%(name)s` must be a file of its own, outside the other folders of Radiary.", name=name))


def _refuse_half_a_cluster(settings: Settings) -> None:
    if settings.engine == "dask" and not settings.scheduler:
        raise Unusable("With `engine` set to dask, `scheduler` must say where it is, such as tls://host:8786.")
    if settings.engine == "dask" and importlib.util.find_spec("distributed") is None:
        raise Unusable(sentence("Working on a cluster needs an extra package: %(install)s", install=installation.adding("dask")))


def open_to_others(file: Path) -> str:
    """Who else may change a settings file, in a sentence that says how to close it; nothing for nobody."""
    for place in (file, file.parent) if os.access(file, os.F_OK) else ():
        if who := strangers.who_may_write(place):
            close = 'sudo chown "$(id -un)"' if who == strangers.ITS_OWNER else "chmod go-w"
            return sentence(
                "The settings file %(file)s can be changed by %(who)s, so it is not read. Make it yours alone: %(command)s",
                file=file,
                who=sentence(who),
                command=f"{close} '{place}'",
            )
    return ""


def media_folders() -> dict[str, str]:
    """Where downloads and pictures are on this computer, as variables that say it where the file that does is not to be seen."""
    return {"XDG_DOWNLOAD_DIR": platformdirs.user_downloads_dir(), "XDG_PICTURES_DIR": platformdirs.user_pictures_dir()}


def _file(config: Path | None) -> dict[str, Any]:
    """The TOML file's values; the default file may be absent, a named one may not."""
    path = file_of(config)
    try:
        if path.exists():
            return tomllib.loads(path.read_text(encoding="utf-8-sig"))  # editors on Windows begin with a byte order mark
    except UnicodeDecodeError:
        raise Unusable(sentence("The settings file %(file)s is not written in UTF-8.", file=path)) from None
    except tomllib.TOMLDecodeError as error:
        said = sentence("The settings file %(file)s is no valid TOML: %(why)s.", file=path, why=_first_line(error))
        raise Unusable(said) from None
    except OSError:
        raise Unusable(sentence("The settings file %(file)s cannot be read.", file=path)) from None
    if config is None and not os.environ.get(CONFIG, "").strip():
        return {}
    raise Unusable(sentence("There is no settings file at %(file)s.", file=path))


def _ours() -> list[str]:
    """Names of our variables in the environment."""
    return sorted(name for name in os.environ if name.upper().startswith(PREFIX))


def _refuse_unknown_environment() -> None:
    """A name that is misspelled would give the default without a word."""
    known = {PREFIX + name.upper() for name in Settings.model_fields} | {CONFIG}
    said = list(_unknown([name for name in _ours() if name.upper() not in known]))
    if said:
        raise Unusable(joined(said))


def _tell_of_empty_environment(elsewhere: Container[str]) -> None:
    """A variable set to nothing, as templates leave it, is a mistake: it gives no default.

    What is said `elsewhere`, in the file or on the command line, counts then; where nothing is, Unusable is raised.
    """
    empty = [name for name in _ours() if not os.environ[name].strip()]
    missing = [name for name in empty if name[len(PREFIX) :].lower() not in elsewhere]
    if missing:
        said = (sentence("%(name)s is set to nothing; give it a value, or unset it.", name=name) for name in missing)
        raise Unusable(joined(said))
    for name in empty:
        log.warning("%s is set to nothing, so what is said elsewhere counts; give it a value, or unset it.", name)


def _unknown(names: Sequence[str]) -> Iterator[Sentence]:
    """One sentence for all names that are no setting's."""
    if names:
        yield counted(
            "There is no setting %(names)s%(like)s; `radiary config --example` lists them all.",
            "There are no settings %(names)s%(like)s; `radiary config --example` lists them all.",
            len(names),
            names=", ".join(names),
            like=_nearest(names),
        )


def _nearest(names: Sequence[str]) -> str:
    """What was perhaps meant, in the writing that it was said in."""
    plain = (name.strip("`").upper().removeprefix(PREFIX).lower() for name in names)
    like = [found for name in plain for found in difflib.get_close_matches(name, Settings.model_fields, n=1)]
    return sentence(" (did you mean %(names)s?)", names=", ".join(f"`{one}`" for one in like)) if like else ""


def _refuse_overlaps(settings: Settings) -> None:
    """What Radiary writes must not lie where it looks for exports, nor one of its folders inside another."""
    own = {name: getattr(settings, name).resolve() for name in ("library", "private", "chronicle", "state")}
    watched = [folder.resolve() for folder in settings.watched]
    if any(one in other.parents for one in watched for other in watched):
        raise Unusable("A watched folder must not lie inside another one.")
    if settings.after == "sort" and any(one.name in ("done", "duplicate", "failed", "waiting") for one in watched):
        raise Unusable("With `after` set to sort, a watched folder must not be called done, duplicate, failed or waiting.")
    for name, folder in own.items():
        if folder in watched or any(folder in one.parents for one in watched):
            raise Unusable(sentence("`%(name)s` must not be a watched folder nor hold one.", name=name))
        for other, place in own.items():
            if name != other and (folder == place or folder in place.parents):
                raise Unusable(sentence("`%(inner)s` must not lie inside `%(outer)s`.", inner=other, outer=name))
    for name in ("site_data", "site_images"):
        path = getattr(settings, name)
        for other, place in ((other, place) for other, place in own.items() if other != "chronicle" and path is not None):
            if place == path.resolve() or place in path.resolve().parents:
                raise Unusable(sentence("`%(inner)s` must not lie inside `%(outer)s`.", inner=name, outer=other))


def _mistyped(file: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with values of the file that have another type than their setting, though they can be taken for it.

    The environment has texts alone; in the file `true` is no number, a number in quotes is none, and a text is no list.
    """
    wrong = dict[str, str]()
    for name, value in file.items():
        kind = Settings.model_fields[name].annotation if name in Settings.model_fields else None
        if kind is bool and not isinstance(value, bool):
            wrong[name] = sentence(_PLAIN["bool_parsing"])
        elif kind in (int, float) and (isinstance(value, bool) or not isinstance(value, int | float)):
            wrong[name] = sentence(_PLAIN[f"{kind.__name__}_parsing"])
        elif get_origin(kind) is tuple and not isinstance(value, list):
            wrong[name] = sentence(_PLAIN["tuple_type"])
    return wrong


def _sentences(error: ValidationError, mistyped: Mapping[str, str]) -> str:
    """What is wrong: the names that are no setting's in one sentence, each wrong value in one of its own."""
    unknown, wrong = set[str](), dict(mistyped)
    for mistake in error.errors(include_url=False):
        name = str(mistake["loc"][0]) if mistake["loc"] else "settings"
        if mistake["type"] == "extra_forbidden":
            unknown.add(f"`{name}`")
        else:
            wrong.setdefault(name, _what(mistake))
    return joined([*_unknown(sorted(unknown)), *_wrong(wrong)])


def _where(names: Collection[str], config: Path | None) -> Iterator[Sentence]:
    """Which file to open, if something in it is wrong."""
    if names:
        yield sentence("The settings file is %(file)s.", file=file_of(config))


def _what(mistake: Mapping[str, Any]) -> Sentence:
    """What is wrong with one value."""
    said = mistake["msg"].removeprefix("Value error, ")
    values = dict(mistake.get("ctx", {}))
    if mistake["type"] == "literal_error":
        values = {"expected": values["expected"].replace(" or ", ", "), "like": _nearest_word(mistake)}
    return sentence(_PLAIN.get(mistake["type"], f"{said[0].lower()}{said[1:]}"), **values)


def _nearest_word(mistake: Mapping[str, Any]) -> str:
    words = re.findall("'([^']+)'", mistake["ctx"]["expected"])
    like = difflib.get_close_matches(str(mistake["input"]).casefold(), words, n=1)
    return sentence(" (did you mean %(names)s?)", names=f"'{like[0]}'") if like else ""


def _wrong(values: Mapping[str, str]) -> list[Sentence]:
    return [sentence("The setting `%(name)s` is wrong: %(what)s.", name=name, what=what) for name, what in sorted(values.items())]


_PLAIN = {
    "bool_parsing": marked("it must be true or false"),
    "finite_number": marked("it must be a number"),
    "float_parsing": marked("it must be a number"),
    "float_type": marked("it must be a number"),
    "greater_than": marked("it must be more than %(gt)s"),
    "greater_than_equal": marked("it must be %(ge)s or more"),
    "less_than_equal": marked("it must be %(le)s or less"),
    "literal_error": marked("it is none of %(expected)s%(like)s"),
    "int_parsing": marked("it must be a whole number"),
    "int_from_float": marked("it must be a whole number"),
    "path_type": marked("it must be a path in quotes"),
    "string_type": marked("it must be text in quotes"),
    "tuple_type": marked("it must be a list, in square brackets"),
}


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0].rstrip(".")
