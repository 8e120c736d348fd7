"""What is released from the shelf stands in the library as if it had never been held."""

from dataclasses import replace
from pathlib import Path

import exports
from conftest import export_at
from radiary.ingest import decisions, pipeline, release
from radiary.ingest.bench import Bench
from radiary.state.queue import Queue
from viewer.test_enhanced import PHASES, PLACES, content, enhanced, frame


def test_an_enhanced_object_is_looked_through_by_its_phases_though_an_older_version_held_it(bench: Bench, tmp_path: Path) -> None:
    queue, bench = Queue(), replace(bench, searches_text=False)
    frames = [frame(place, **content(TemporalPositionIndex=time)) for place in range(PLACES) for time in range(PHASES)]
    stamped = exports.written(enhanced(frames, [], BurnedInAnnotation="YES"))
    queue.fold(pipeline.ingest(export_at(exports.zipped(tmp_path / "a.zip", {"one": stamped})), bench, queue))
    ((study, record),) = decisions.held(bench.shelf, queue)
    assert record
    (instance,) = release.reviewable(record)
    shelved = release.shelved(bench.shelf, study)
    older = replace(instance, runs=())
    (series,) = shelved.record.series
    shelved = replace(shelved, record=replace(shelved.record, series=(replace(series, instances=(older,)),)))
    bench.library.open(is_new=True)
    placed = release.made(shelved, older, bench, boxes=(), tray=bench.library.tray("looking"))
    assert [run.frames for run in placed.record.runs] == [(0, 2, 4, 6), (1, 3, 5, 7)]
    assert [file.path for file in placed.record.pictures] == [file.path for file in instance.pictures]
