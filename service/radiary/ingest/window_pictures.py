"""Pictures of a CT in further windows, made from its copies."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from radiary.ingest import sound_copies
from radiary.ingest.bench import Bench
from radiary.library import tray
from radiary.model.nouns import Wanted
from radiary.model.records import FileRecord, InstanceRecord, SeriesRecord
from radiary.workers import time_limit


def grown(series: SeriesRecord, windows: Collection[str], *, folder: Path, made: Path, bench: Bench) -> SeriesRecord:
    """A series of CT with the pictures in `windows` that it lacks, which are in the tray `made`; any other one as it is."""
    if series.modality != "CT":
        return series
    shown = [one for one in series.instances if one.copy and one.pictures]
    wanted = replace(bench.wanted, copies=False, windows=tuple(sorted(windows)), sixteen_bits=False, cine=False)
    calls = [(folder, one, series.scale, wanted, made, bench.patience) for one in shown]
    results = bench.pool.each(_made, calls)
    files = {one.uid: found for one, found in zip(shown, results, strict=True) if found}
    return replace(
        series,
        instances=tuple(replace(one, copies=(*one.copies, *files.get(one.uid, ()))) for one in series.instances),
    )


def _made(
    folder: Path, instance: InstanceRecord, scale: tuple[float, float] | None, wanted: Wanted, made: Path, patience: float
) -> tuple[FileRecord, ...]:
    """An instance's pictures in further windows, in the tray; none where its copy is not as it was written."""
    # Imported here, in a process of the pool: pixels are no part of the idle service.
    from radiary.dicom.develop import remade
    from radiary.dicom.wall.deidentify import readmitted

    data = sound_copies.sound(folder, instance.copy)
    if data is None:
        return ()
    lacking = _lacking(instance, wanted.windows)
    time_limit.set_to(patience)
    try:
        development = remade(readmitted(data, is_blanked=False), wanted, boxes=(), scale=scale)
        return tuple(
            tray.put(made, 0, lacking[name], parts=file.parts)
            for file in development.files(lambda: time_limit.set_to(patience))
            if (name := file.path.rpartition("/")[2]) in lacking
        )
    finally:
        time_limit.lift()


def _lacking(instance: InstanceRecord, windows: Collection[str]) -> dict[str, str]:
    """Paths of pictures that are not there yet, beside those of the frames they show, by their names."""
    there = {file.path for file in instance.files}
    paths = (f"{picture.path.removesuffix('.png')}-{window}.png" for picture in instance.pictures for window in windows)
    return {path.rpartition("/")[2]: path for path in paths if path not in there}
