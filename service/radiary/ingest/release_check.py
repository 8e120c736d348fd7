"""The look at what is about to leave the private shelf: every frame in every window for text, every byte for names known here.

What was released or blanked by hand was decided by eye, and an eye misses the one frame of forty with a name in it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from radiary.chronicle import identity_gate
from radiary.ingest import reading_pictures, text_search
from radiary.ingest.bench import Bench
from radiary.library import tray
from radiary.model.errors import Reason
from radiary.model.nouns import Box, Placed, Treatment

_FRAME = re.compile(r"-f(\d+)")
"""The number of a frame in a picture's name; of an object with one frame there is none."""


@dataclass(frozen=True)
class Doubt:
    """Why something should not leave: reasons (slugs), where in the picture, and in which frames, from 1."""

    reasons: tuple[str, ...]
    boxes: tuple[Box, ...] = ()
    frames: tuple[int, ...] = ()


def doubt(placed: Placed, made: Path, bench: Bench, *, is_blanked: bool, member: int = 0) -> Doubt | None:
    """What a look at an instance's files in the tray `made` finds; None when nothing. Raises Stopping and NotNow."""
    files = {file.path: tray.place(made, member, file.path) for file in placed.record.files}
    copy = bench.pool.call(_opened, files[placed.record.copy.path], made) if placed.record.copy else _Copy(b"", ())
    named = (Reason.NAME_REMAINS,) if _names_somebody(copy.header, files.values(), placed.facts.date or "", bench=bench) else ()
    if not bench.can_search_text():
        trouble = bench.engine.known if bench.engine else None
        return Doubt((*named, trouble or Reason.TEXT_NOT_LOOKED_FOR))
    filed = list(_filed(files))
    pictures = [((path,),) for _, path in filed]
    sweeps = [placed.record.sweeps] * len(filed)
    treatments = text_search.treatments_of(pictures, [False] * len(filed), pool=bench.pool, reader=bench.reader, sweeps=sweeps)
    views = bench.reader.each(reading_pictures.read_hidden, [(path,) for _, path in copy.views])
    treatments += [one or Treatment(hold=Reason.TEXT_UNCERTAIN) for one in views]
    hits = [(frame, one) for (frame, _), one in zip([*filed, *copy.views], treatments, strict=True) if one != Treatment()]
    if not named and not hits:
        return None
    reasons = {one.hold or (Reason.TEXT_REMAINS if is_blanked else Reason.TEXT_SEEN) for _, one in hits}
    boxes = {box for _, one in hits for box in one.blank}
    return Doubt((*named, *sorted(reasons)), tuple(sorted(boxes)), tuple(sorted({frame for frame, _ in hits})))


def _filed(files: Mapping[str, Path]) -> Iterator[tuple[int, Path]]:
    """Every picture that is to be filed with the number of its frame, from 1, those in other windows among them."""
    for name, path in files.items():
        if name.endswith(".png") and not name.endswith("-16bit.png"):
            frame = _FRAME.search(name.rpartition("/")[2])
            yield int(frame[1]) if frame else 1, path


@dataclass(frozen=True)
class _Copy:
    """What a copy holds beside its pictures: its header, and its frames (from 1) in windows that no picture shows."""

    header: bytes
    views: Sequence[tuple[int, Path]]


def _opened(copy: Path, made: Path) -> _Copy:
    """A copy's header, and its views, written to the tray, where they stay."""
    # Imported here, in a process of the pool: pixels are no part of the idle service.
    from radiary.dicom import held_views

    held = held_views.opened(copy.read_bytes())
    written = []
    for number in range(held.frames if held.views else 0):
        for name, picture in zip(held.views, held.seen(number, held.views), strict=True):
            path = made / f"look-{copy.stem}-{number}-{name}.png"
            path.write_bytes(held_views.png(picture))
            written.append((number + 1, path))
    return _Copy(held.header, written)


def _names_somebody(header: bytes, files: Iterable[Path], date: str, *, bench: Bench) -> bool:
    """Whether somebody who is known here is named in a file; the `date` of the exam may be a birthday and names nobody."""
    people = [one for known in bench.people.all() for one in known.identities.values()]
    gate = identity_gate.gate_against(people, f"{date} {date.replace('-', '')}".encode())
    return bool(gate.stops({"copy": header}, (("picture", path.read_bytes()) for path in files)))
