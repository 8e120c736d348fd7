"""What the page of `radiary review` tells of films: they stay on the private shelf as they came, there is nothing to decide."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from radiary.chronicle.words import KINDS
from radiary.commands.speaking import spoken
from radiary.files import installation
from radiary.language import marked
from radiary.model.errors import Reason
from radiary.model.events import FiledStudy
from radiary.model.records import FilmRecord, InstanceRecord, StudyRecord

_STAYS = marked(
    "Names in a film cannot be looked for, so it stays on the private shelf, unchanged, and is in no library and no chronicle."
)
_WITHOUT = marked("With `%(install)s` its first picture is shown here.")


@dataclass(frozen=True)
class HeldFilm:
    """One film: the study it belongs to, its file, and what its header said."""

    study: FiledStudy
    uid: str
    path: Path
    said: FilmRecord


def films(study: FiledStudy, record: StudyRecord, folder: Path) -> Iterator[HeldFilm]:
    """The films of a study on the shelf, which stands in `folder`."""
    for instance in (one for series in record.series for one in series.instances):
        if _is_film(instance):
            yield HeldFilm(study, instance.uid, path=folder / instance.copies[0].path, said=instance.film or FilmRecord())


def item(film: HeldFilm, day: str) -> dict[str, Any]:
    """What the page shows of it; `day` is its study's, in words."""
    said = film.said
    size = f"{said.columns} × {said.rows}" if said.columns and said.rows else ""
    lasts = clock(said.seconds) if said.seconds is not None else ""
    kind = KINDS.get(film.study.modality, film.study.modality)
    return {
        "kind": "film",
        "id": film.uid,
        "exam": f"{spoken.say(kind)}, {day}",
        "study": film.study.uid,
        "what": ", ".join(part for part in (spoken.say("a film"), lasts, size) if part),
        "lasts": spoken.say("It lasts %(length)s (minutes:seconds).", length=lasts)
        if lasts
        else spoken.say("Its file does not say how long it lasts."),
        "why": spoken.say(_STAYS),
        "where": spoken.say("A player of videos shows it: %(path)s", path=film.path),
        "without": "" if find_spec("cv2") else spoken.say(_WITHOUT, install=installation.adding("films")),
        "members": [],
    }


def clock(seconds: float) -> str:
    """A length in minutes and seconds, rounded, at least a second: `1:05`."""
    minutes, rest = divmod(max(1, round(seconds)), 60)
    return f"{minutes}:{rest:02}"


def _is_film(instance: InstanceRecord) -> bool:
    is_known = instance.hold == Reason.VIDEO or instance.film is not None
    return is_known and len(instance.copies) == 1 and not instance.pictures
