"""Pictures of an exam in further windows, made from its copies when their owner asks for them."""

from dataclasses import replace

from radiary.ingest import window_pictures
from radiary.ingest.bench import Bench
from radiary.ingest.taking_out import Windowing
from radiary.language import sentence
from radiary.library import assemble, renewal, tray, whereabouts
from radiary.model.errors import Mistaken
from radiary.model.events import Rescaled
from radiary.state.queue import Queue

_TRAY = "windows"
_NOTHING = sentence(
    "Nothing was made: only a CT with its copies can be shown in further windows, and what is there is not made again."
)
_GONE = sentence("The exam is not in the library. `radiary log` shows what was filed.")


def carried_out(wish: Windowing, bench: Bench, queue: Queue) -> Rescaled:
    """Make them; the fact to write down. Raises Mistaken, NotNow and Stopping."""
    study = queue.studies.get((wish.study, False))
    folder = whereabouts.place(bench.present(is_held=False), study.uid, study.folder) if study else None
    record = bench.library.standing(folder) if folder else None
    if study is None or folder is None or record is None:
        raise Mistaken(_GONE)
    made = bench.library.tray(_TRAY)
    try:
        place = bench.library.root / folder
        anew = replace(
            record,
            series=tuple(window_pictures.grown(one, wish.windows, folder=place, made=made, bench=bench) for one in record.series),
        )
        before = {file.path for series in record.series for one in series.instances for file in one.files}
        after = {file.path for series in anew.series for one in series.instances for file in one.files}
        if before == after:
            raise Mistaken(_NOTHING)
        renewal.renew(place, {path: tray.place(made, 0, path) for path in after - before}, anew, made=made)
    finally:
        bench.library.clear(_TRAY)
    return Rescaled(studies=(assemble.filed(anew, study.folder, added=0),), windows=tuple(sorted(wish.windows)))
