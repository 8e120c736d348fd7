from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate
from pydicom.sequence import Sequence

import exports
from conftest import export_at
from outcomes import ingested
from radiary.dicom.render import codecs
from radiary.ingest import pipeline
from radiary.ingest.bench import Bench
from radiary.library import faults
from radiary.model.errors import NothingToFile
from radiary.model.events import Filed
from radiary.state.queue import Queue
from radiary.watch.put_away import PutAway

JPEG_LS = "1.2.840.10008.1.2.4.80"
FRAMES = np.stack([np.roll(exports.ramp(16, 24, top=250).astype("u1"), 50 * number) for number in range(3)])


def clip(frames: NDArray[Any] = FRAMES, **attributes: Any) -> Dataset:
    made = exports.with_pixels(exports.dataset(modality="XA", sop_class="1.2.840.10008.5.1.4.1.1.12.1"), frames)
    made.WindowCenter, made.WindowWidth = 128, 256
    for keyword, value in attributes.items():
        if value is None:
            delattr(made, keyword)
        else:
            setattr(made, keyword, value)
    return made


def encoded(streams: list[bytes], **attributes: Any) -> bytes:
    made = clip(**attributes)
    made.PixelData = encapsulate(streams, has_bot=False)
    made["PixelData"].VR, made["PixelData"].is_undefined_length = "OB", True
    return exports.written(made, JPEG_LS)


STREAMS = [codecs.jpeg_ls(frame) for frame in FRAMES]


def ingested_bytes(bench: Bench, folder: Path, data: bytes) -> Filed:

    path = exports.zipped(folder / f"{len(list(folder.iterdir()))}.zip", {"IM1": data})
    return pipeline.ingest(export_at(path), bench, Queue())


def copy(bench: Bench) -> Dataset:
    (path,) = bench.library.root.rglob("*.dcm")
    return exports.read_back(path.read_bytes())


@pytest.mark.parametrize("said", [1, 2])
def test_what_lies_behind_as_many_frames_as_the_header_says_is_counted_and_not_shown(
    bench: Bench, tmp_path: Path, said: int
) -> None:
    made = clip(NumberOfFrames=said)
    made.PixelData = FRAMES[:said].tobytes() + b"SYNTHETICA^MARIE".ljust(FRAMES[0].nbytes, b"\0")
    filed = ingested(bench, tmp_path, made)
    assert (filed.pictures, filed.skipped) == (said, {"frames-beyond-number": 1})
    (path,) = bench.library.root.rglob("*.dcm")
    assert b"SYNTHETICA" not in path.read_bytes()


@pytest.mark.parametrize("said", [None, "", 0])
def test_frames_that_the_header_does_not_speak_of_are_shown(bench: Bench, tmp_path: Path, said: Any) -> None:
    filed = ingested(bench, tmp_path, clip(NumberOfFrames=said))
    assert (filed.pictures, filed.skipped) == (3, {})
    assert np.array_equal(copy(bench).pixel_array, FRAMES)


@pytest.mark.parametrize("said", [None, 0, 1, 2])
def test_code_streams_that_the_header_does_not_speak_of_are_shown(bench: Bench, tmp_path: Path, said: Any) -> None:
    filed = ingested_bytes(bench, tmp_path, encoded(STREAMS, NumberOfFrames=said))
    assert (filed.pictures, filed.skipped) == (3, {})
    assert np.array_equal(copy(bench).pixel_array, FRAMES)


@pytest.mark.parametrize(("described", "left_out"), [(2, {"frames-beyond-number": 1}), (3, {})])
def test_a_frame_is_not_shown_where_only_others_say_how(
    bench: Bench, tmp_path: Path, described: int, left_out: dict[str, int]
) -> None:
    window = Dataset()
    window.WindowCenter, window.WindowWidth = 128, 256
    group = Dataset()
    group.FrameVOILUTSequence = Sequence([window])
    made = clip(PerFrameFunctionalGroupsSequence=Sequence([group] * described), WindowCenter=None, WindowWidth=None)
    filed = ingested(bench, tmp_path, made)
    assert (filed.pictures, filed.skipped) == (described, left_out)
    assert np.array_equal(copy(bench).pixel_array, FRAMES[:described])


def test_frames_that_are_not_there_are_counted(bench: Bench, tmp_path: Path) -> None:
    filed = ingested(bench, tmp_path, clip(NumberOfFrames=5))
    assert (filed.pictures, filed.skipped) == (3, {"frames-missing": 2})
    assert np.array_equal(copy(bench).pixel_array, FRAMES)


def test_code_streams_that_are_not_there_are_counted(bench: Bench, tmp_path: Path) -> None:
    filed = ingested_bytes(bench, tmp_path, encoded(STREAMS, NumberOfFrames=5))
    assert (filed.pictures, filed.skipped) == (3, {"frames-missing": 2})


def test_a_frame_that_was_cut_is_no_whole_one(bench: Bench, tmp_path: Path) -> None:
    made = clip()
    made.PixelData = made.PixelData[:-100]
    filed = ingested(bench, tmp_path, made)
    assert (filed.pictures, filed.skipped) == (2, {"frames-missing": 1})
    assert np.array_equal(copy(bench).pixel_array, FRAMES[:2])


@pytest.mark.parametrize("damaged", [bytes(200), STREAMS[1][:60] + b"\xff\xd9", STREAMS[1][:40] + b"\x7f" * 200 + b"\xff\xd9"])
def test_a_damaged_frame_costs_no_other_one(bench: Bench, tmp_path: Path, damaged: bytes) -> None:
    groups = [Dataset() for _ in FRAMES]
    for number, group in enumerate(groups):
        group.InstanceNumber = number
    data = encoded(
        [STREAMS[0], damaged, STREAMS[2]], PerFrameFunctionalGroupsSequence=Sequence(groups), FrameTimeVector=[0, 10, 20]
    )
    filed = ingested_bytes(bench, tmp_path, data)
    assert (filed.pictures, filed.skipped) == (2, {"frames-damaged": 1})
    assert np.array_equal(copy(bench).pixel_array, FRAMES[[0, 2]])
    assert copy(bench).FrameTimeVector == [0, 20]
    assert len(copy(bench).PerFrameFunctionalGroupsSequence) == 2
    names = sorted(path.name.partition("-f")[2] for path in bench.library.root.rglob("*.png"))
    assert names == ["001.png", "003.png"]


def test_a_clip_of_damaged_frames_alone_is_skipped_with_its_reason(bench: Bench, tmp_path: Path) -> None:

    with pytest.raises(NothingToFile) as refused:
        ingested_bytes(bench, tmp_path, encoded([one[:60] + b"\xff\xd9" for one in STREAMS]))
    assert sum(refused.value.skipped.values()) == 1
    assert "frames-damaged" not in refused.value.skipped


def test_a_clip_that_comes_again_whole_takes_the_place_of_its_part(bench: Bench, tmp_path: Path) -> None:

    queue = Queue()
    for number, data in enumerate((encoded(STREAMS[:2]), encoded(STREAMS), encoded(STREAMS[:1]))):
        export = export_at(exports.zipped(tmp_path / f"{number}.zip", {"IM1": data}))
        queue.fold(pipeline.ingest(export, bench, queue))
        (study,) = queue.studies.values()
        assert study.series[0].pictures == (2 if number == 0 else 3)
        assert faults.is_sound(bench.library, study.folder)
    assert np.array_equal(copy(bench).pixel_array, FRAMES)


def test_what_was_shown_in_part_is_not_deleted(bench: Bench, tmp_path: Path) -> None:

    filed = ingested(bench, tmp_path, clip(NumberOfFrames=5))
    whole = ingested_bytes(bench, tmp_path, exports.written(exports.slice_of_ct()))
    putting_away = PutAway("delete", lambda is_held: bench.home(is_held=is_held))
    assert not putting_away.is_wanted(export_at(tmp_path / "a.zip"), filed)
    assert putting_away.is_wanted(export_at(tmp_path / "a.zip"), whole)
