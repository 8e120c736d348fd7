"""Study, series, instance → relative path in the dated library. Every part comes from pseudonyms, digits or closed lists."""

import hashlib
import re
from functools import lru_cache

from radiary.model.nouns import Facts

UNDATED = "undated"
STUDY_FILE = "study.json"
_STUDY = re.compile("[A-Z]{2,}-[a-z2-7]{8}")
_OF_SERIES = re.compile(r"\d{3,}-[^/]+/[^/]+\.(png|dcm|pdf)")
_CODE = re.compile("[a-z2-7]{8}")
_DAY = re.compile(rf"\d{{4}}-\d\d-\d\d|{UNDATED}")


@lru_cache(maxsize=100_000)  # of every exam, in every update of a chronicle
def code(uid: str) -> str:
    """Eight letters or digits that stand for a pseudonymous UID in a path: 40 bits."""
    return short_digest(uid)


def short_digest(text: str) -> str:
    """Eight letters or digits that stand for a text: 40 bits."""
    alphabet = "abcdefghijklmnopqrstuvwxyz234567"
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:5])
    return "".join(alphabet[number >> shift & 31] for shift in range(35, -1, -5))


def study_folder(date: str | None, modality: str, uid: str) -> str:
    """`<YYYY-MM-DD>/<modality>-<study code>`."""
    return f"{date or UNDATED}/{modality}-{code(uid)}"


def day_of(folder: str) -> str | None:
    """The folder of a day in which a study's folder lies; None of one that its owner moved into a folder of her own."""
    day = folder.rpartition("/")[0]
    return day if _DAY.fullmatch(day) else None


def is_study_name(name: str) -> bool:
    """Whether a folder may be called so by Radiary, rather than by its owner."""
    return _STUDY.fullmatch(name) is not None


def is_of_series(path: str) -> bool:
    """Whether a file in its folder may be a picture of a study, by how both are called."""
    return _OF_SERIES.fullmatch(path) is not None


def is_code(word: str) -> bool:
    """Whether a word may be what stands for a study in its folder's name."""
    return _CODE.fullmatch(word) is not None


def names(folder: str) -> tuple[str, ...]:
    """What a person may call a study's folder: `2024-01-01/CT-abcdefgh`, `CT-abcdefgh`, `abcdefgh` or `2024-01-01`."""
    date, _, last = folder.rpartition("/")
    return folder, last, last.rpartition("-")[2], date


def is_called(folder: str, name: str) -> bool:
    """Whether a name that a person gave is one of a study's folder."""
    return name.strip("/").removeprefix("library/") in names(folder)


def label(facts: Facts) -> str:
    """What a series shows, in a word."""
    return facts.label or facts.body_part or facts.modality.lower()


def series_folder(facts: Facts) -> str:
    """`<series number>-<label>`, the number in three digits or more."""
    return f"{_number(facts.series_number, 3)}-{label(facts)}"


def stem(facts: Facts) -> str:
    """`<instance number>-<suffix>`: Instance Numbers alone collide, so the SOP Instance's code follows."""
    return f"{_number(facts.instance_number, 4)}-{code(facts.instance)}"


def picture(facts: Facts, frame: int, frames: int, kind: str = "") -> str:
    """The name of a picture; frames of a multi-frame object are numbered from 1. `kind`: `-lung`, `-16bit` …"""
    number = "" if frames == 1 else f"-f{frame + 1:0{max(3, len(str(frames)))}d}"
    return f"{stem(facts)}{number}{kind}.png"


def _number(number: int | None, digits: int) -> str:
    return f"{max(0, number or 0) % 10**9:0{digits}d}"
