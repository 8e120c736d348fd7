"""Libraries of any size with their ledgers, as the service would have made them from so many exports, in a second a thousand."""

import hashlib
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image
from pydicom.uid import UID

import exports
from benchmarks import inputs
from radiary.archives import source
from radiary.library import layout
from radiary.model import records
from radiary.model.events import Event, Filed, FiledSeries, FiledStudy, Opened, Queued, Started
from radiary.model.nouns import Export
from radiary.model.records import FileRecord, InstanceRecord, SeriesRecord, StudyRecord
from radiary.settings import Settings
from radiary.state.folder import State, fingerprint
from radiary.state.ledger import Ledger
from radiary.state.queue import Queue

_FIRST, _NEXT, _TOGETHER = date(1996, 1, 1), date(2024, 1, 1), 1000


def filled(settings: Settings, count: int) -> None:
    """`count` exports of one study each, all of one person, each on a day of its own."""
    state = State(settings.state)
    settings.state.mkdir(parents=True)
    key = state.key(None)
    for home in (settings.library, settings.private):
        home.mkdir(parents=True)
        (home / ".radiary").write_text("{}")
    picture = _picture()
    studies = [_study(settings.library, number, picture) for number in range(count)]
    _written(state.ledger, [Opened(radiary="0", key=fingerprint(key)), *(fact for one in studies for fact in _facts(one))])


def ledger_of(path: Path, count: int) -> None:
    """A ledger of `count` events, without its library."""
    facts = (fact for number in range(-(-count // 3)) for fact in _facts(_filed(_record(number, b"")[1])))
    _written(path, [Opened(radiary="0", key="0" * 12), *facts][:count])


def _written(path: Path, facts: list[Event]) -> None:
    ledger = Ledger(path)
    for start in range(0, len(facts), _TOGETHER):
        ledger.append(*facts[start : start + _TOGETHER])
    ledger.close()


def _facts(study: FiledStudy) -> list[Event]:
    export = hashlib.sha256(study.uid.encode()).hexdigest()
    return [
        Queued(export=export, kind="zip", size=1),
        Started(export=export, attempt=1),
        Filed(export=export, studies=(study,), pictures=1, held={}, skipped={}, left=0),
    ]


def _study(library: Path, number: int, picture: bytes) -> FiledStudy:
    folder, record = _record(number, picture)
    place = library / folder
    (place / "001-chest").mkdir(parents=True)
    (place / record.series[0].instances[0].pictures[0].path).write_bytes(picture)
    (place / layout.STUDY_FILE).write_bytes(b"".join(records.written(record)))
    return _filed(record)


def _record(number: int, picture: bytes) -> tuple[str, StudyRecord]:
    uid, day = f"2.25.{10**30 + number}", (_FIRST + timedelta(days=number)).isoformat()
    path = f"001-chest/0001-{layout.code(uid)}.png"
    file = FileRecord(path=path, sha256=hashlib.sha256(picture).hexdigest(), size=len(picture))
    instance = InstanceRecord(uid=f"{uid}.1", number=1, position=0, pixels="0" * 64, pictures=(file,), copies=())
    series = SeriesRecord(uid=f"{uid}.0", number=1, label="chest", modality="CT", body_part="chest", instances=(instance,))
    made = StudyRecord(uid=uid, patient="P-A2345678", date=day, modality="CT", held=False, series=(series,), skipped={})
    return layout.study_folder(day, "CT", uid), made


def _filed(record: StudyRecord) -> FiledStudy:
    (series,) = record.series
    told = FiledSeries(
        uid=series.uid, number=1, label="chest", modality="CT", body_part="chest", pictures=1,
        representative=series.instances[0].pictures[0].path,
    )  # fmt: skip
    folder = layout.study_folder(record.date, "CT", record.uid)
    return FiledStudy(
        uid=record.uid,
        folder=folder,
        date=record.date,
        patient=record.patient,
        modality="CT",
        held=False,
        series=(told,),
        added=1,
    )


def _picture() -> bytes:
    values = np.random.default_rng(1).normal(90, 12, (256, 256)).clip(0, 255).astype("u1")
    written = BytesIO()
    Image.fromarray(values).save(written, "PNG")
    return written.getvalue()


def one_more(folder: Path, number: int, slices: int = 10) -> Path:
    """A download that nobody has seen yet: a study of its own, of slices of 512 × 512, on a day of its own."""
    study, day = UID(f"{exports.ROOT}.8.{number}"), (_NEXT + timedelta(days=number)).strftime("%Y%m%d")
    told = {"StudyInstanceUID": study, "SeriesInstanceUID": UID(f"{study}.1"), "StudyDate": day}
    made = [inputs.ct(place, SOPInstanceUID=UID(f"{study}.1.{place}"), **told) for place in range(1, slices + 1)]
    files = {f"IM{place}": exports.written(one) for place, one in enumerate(made)}
    return exports.zipped(folder / f"more{number}.zip", files)


def queued(ledger: Ledger, queue: Queue, path: Path) -> Export:
    """The download in the queue."""
    export = source.export(path, source.fingerprint(path), None)
    queue.fold(ledger.append(Queued(export=export.digest, kind="zip", size=export.size))[0])
    return export
