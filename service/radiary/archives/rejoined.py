"""Sets of files inside an archive or a folder that are one archive together: they are joined before it is read."""

import shutil
from collections.abc import Callable, Sequence

from radiary.archives import split_sets, zip_end
from radiary.archives.keeping import Inside
from radiary.files.disk_errors import on_disk


def whole(inside: Sequence[Inside], tick: Callable[[], None]) -> list[Inside]:
    """The archives, with the parts of each set made one file; where a part is missing, the damage shows when it is read."""
    sets: dict[tuple[str, bool], dict[int, Inside]] = {}
    alone: list[Inside] = []
    for file in inside:
        part = split_sets.part(file.name)
        if part is None:
            alone.append(file)
        else:
            sets.setdefault((part.archive.lower(), part.is_numbered), {})[part.number] = file
    for file in list(alone):
        winzips = sets.get((file.name.lower(), False))
        if winzips is not None and _is_last(file):
            winzips[max(winzips) + 1] = file
            alone.remove(file)
    return alone + [_joined([parts[number] for number in sorted(parts)], name, tick) for (name, _), parts in sets.items()]


def _is_last(inside: Inside) -> bool:
    """Whether a zip says that there are others in front of it."""
    with on_disk(), inside.path.open("rb") as file:
        place = zip_end.directory(file)
    return place is not None and place.disks > 0


def _joined(parts: Sequence[Inside], name: str, tick: Callable[[], None]) -> Inside:
    with on_disk(), parts[0].path.open("ab") as out:
        for part in parts[1:]:
            with part.path.open("rb") as file:
                shutil.copyfileobj(file, out)
            part.path.unlink()
            tick()
    return Inside(parts[0].path, name, next((part.damage for part in parts if part.damage), None))
