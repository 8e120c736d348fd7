"""What members of an export become, from literals."""

from pathlib import Path
from typing import Any

from radiary.ingest import filing
from radiary.library import assemble, tray
from radiary.library.shelf import Library
from radiary.model.events import FiledStudy
from radiary.model.nouns import Facts, Placed
from radiary.model.records import FileRecord, InstanceRecord


def facts(**changes: Any) -> Facts:
    known: dict[str, Any] = {
        "study": "2.25.1", "series": "2.25.2", "instance": "2.25.3", "patient": "P-A", "date": "2024-03-05", "modality": "CT",
        "body_part": "chest", "series_number": 2, "instance_number": 7, "position": None,
    }  # fmt: skip
    return Facts(**{**known, **changes})


def placed(uid: str, *, pixels: str = "p", hold: str | None = None, **changes: Any) -> Placed:
    one = facts(instance=uid, **changes)
    picture = FileRecord(path=f"001/{uid}.png", sha256="0", size=1)
    record = InstanceRecord(
        uid=uid, number=one.instance_number, position=one.position, pixels=pixels, pictures=(picture,), copies=()
    )
    return Placed(one, hold, record)


def staged(home: Library, *uids: str, pixels: str = "p", effort: str = "") -> tuple[assemble.Assembled, Path]:
    """A study of instances with a picture each, and the tray in which they lie."""
    made = home.tray("a" * 64)
    outcomes = {}
    for index, uid in enumerate(uids):
        record = tray.put(made, index, f"002-chest/{uid}.png", parts=[f"{uid} {pixels} {effort}".encode()])
        instance = InstanceRecord(uid=uid, number=1, position=None, pixels=pixels, pictures=(record,), copies=())
        outcomes[index] = Placed(facts(instance=uid), None, instance)
    return assemble.studies(outcomes)[0], made


def filed(home: Library, study: assemble.Assembled, made: Path, known: str | None) -> tuple[FiledStudy, int]:
    """File what was staged."""
    return filing.filed(study, home, made, known=known)
