"""What members of an export become, from literals."""

from typing import Any

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
