"""The viewer's folder over a library that a real ingest filed."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import exports
from radiary.files.looks import listed
from radiary.language import Language
from radiary.library import layout
from radiary.viewer import folder as viewer
from radiary.viewer.exam_data import Heading
from radiary.viewer.folder import Exam
from radiary.workers.pool import Pool
from services import Service

TITLES = {"CT": "CT, chest", "MR": "MR, head", "US": "Ultrasound, heart"}


class Viewed:
    """A library, and the viewer's folder beside it."""

    def __init__(self, place: Path, pool: Pool) -> None:
        self.service = Service(place)
        self.library, self.folder = place / "library", place / "elsewhere/viewer"
        self._pool = pool

    def file(self, files: dict[str, bytes], *options: str) -> None:
        path = exports.zipped(self.service.downloads / "a.zip", files)
        done = self.service.command("once", *options, str(path))
        assert done.returncode == 0, done.stdout

    def exams(self) -> list[Exam]:
        return [_exam(path, self.library) for path in sorted(self.library.rglob("study.json"))]

    def update(self, language: str = "en") -> set[str]:
        """The names of what was made anew."""
        exams = self.exams()
        told = {name for exam in exams for name in viewer.files(exam.heading.code)}
        there, places = listed(str(self.folder)), {"folder": self.folder, "library": self.library}
        gone = viewer.codes(there - told)
        moves, _ = viewer.drawn(exams, there, gone, **places, pool=self._pool, language=Language(language))
        for path, draft in moves.items():
            draft.rename(path)
        viewer.clear(there - told, self.folder)
        return {path.name for path in moves}

    def pages(self) -> list[Path]:
        return sorted(self.folder.glob("exam-*.html"), key=lambda path: self.data(path)["date"])

    def data(self, page: Path) -> dict[str, str]:
        text = page.with_suffix(".js").read_text().partition("\n")[2]
        return dict(json.loads(text.removeprefix("radiary.exam(").removesuffix(");\n")))


def _exam(path: Path, library: Path) -> Exam:
    record = json.loads(path.read_text())
    titles = {series["uid"]: TITLES[series["modality"]] for series in record["series"]}
    heading = Heading(layout.code(record["uid"]), record["date"] or "", TITLES[record["modality"]], record["patient"])
    return Exam(heading, str(path.parent.relative_to(library)), titles)


@contextmanager
def viewed(place: Path) -> Iterator[Viewed]:
    pool = Pool(lambda: ThreadPoolExecutor(1), 1)
    try:
        yield Viewed(place, pool)
    finally:
        pool.close()
