"""Windows that pictures of a series stand in already are made of those, too, that come later or came before.

A window is offered where every picture has it: one slice without it, filed under other settings, would take it away from all.
"""

import logging
from dataclasses import replace

from radiary.ingest import error_facts, window_pictures
from radiary.ingest.bench import Bench
from radiary.library import renewal, tray, whereabouts
from radiary.model.errors import RadiaryError
from radiary.model.events import FiledStudy
from radiary.model.nouns import CT_WINDOWS
from radiary.model.records import SeriesRecord

log = logging.getLogger("radiary")

_TRAY = "lasting"


def kept(study: FiledStudy, bench: Bench) -> FiledStudy:
    """A study to which more was filed just now, with the pictures that its series lack. Raises NotNow and Stopping.

    An error of ours leaves it as it is: it must not keep an export waiting.
    """
    is_more = sum(one.pictures for one in study.series) > study.added
    if study.held or not is_more or all(one.modality != "CT" for one in study.series):
        return study
    try:
        _complete(study, bench)
    except RadiaryError:
        raise
    except Exception as error:  # noqa: BLE001 - see above
        log.error("%s keeps no further windows: internal error, %s", study.folder, error_facts.place_in_code(error))
    return study


def _complete(study: FiledStudy, bench: Bench) -> None:
    folder = whereabouts.place(bench.library, study.uid, study.folder)
    record = bench.library.standing(folder) if folder else None
    lacking = {one.uid: windows for one in record.series if (windows := lacking_in(one))} if record else {}
    if record is None or folder is None or not lacking:
        return
    made, place = bench.library.tray(_TRAY), bench.library.root / folder
    try:
        series = tuple(
            window_pictures.grown(one, lacking.get(one.uid, ()), folder=place, made=made, bench=bench) for one in record.series
        )
        before = {file.path for one in record.series for instance in one.instances for file in instance.files}
        after = {file.path for one in series for instance in one.instances for file in instance.files}
        if after != before:
            new = {path: tray.place(made, 0, path) for path in after - before}
            renewal.renew(place, new, replace(record, series=series), made=made)
    finally:
        bench.library.clear(_TRAY)


def lacking_in(series: SeriesRecord) -> tuple[str, ...]:
    """The windows that some pictures of a series stand in, and others do not."""
    there = {file.path for one in series.instances for file in one.copies}
    stems = [picture.path.removesuffix(".png") for one in series.instances for picture in one.pictures]
    counts = {window: sum(f"{stem}-{window}.png" in there for stem in stems) for window in CT_WINDOWS}
    return tuple(window for window, count in counts.items() if 0 < count < len(stems))
