"""Two copies of the same exams: whether anything but the pictures themselves links them to each other, or leads back.

cd tests && python -m share_check

It files an imaginary patient's export, shares the same three exams twice, and compares byte by byte what stands in both. The
rules are written here anew, so that a fault in Radiary's own last look is seen.
"""

import argparse
import html
import re
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import exports
from radiary.language import CODES, Language
from radiary.viewer import page as viewer_page
from share.given import Home

EXAMS = ("2024-01-01", "2024-01-02", "2024-01-03")
_FIXED = re.compile(
    r"index\.html|what-it-holds\.html|page\.css|pictures|viewer|viewer\.(js|css)|compare\.html|shared"
    r"|\d\d|\d{4}(-[a-z-]+)?\.(webp|png)"
)
"""Parts of paths that every copy has: pages, and numbers of stacks and pictures, which count what is seen."""
_GEOMETRY = frozenset({"axial", "coronal", "sagittal", "null"})
"""How pictures lie, as the viewer is told; it is seen in them as well."""
_POSITIONS = re.compile(r'"positions":\[([^\]]*)\]')
_REPORT = re.compile(r"<pre>.*?</pre>", re.DOTALL)
"""A report's text is what it is: it is searched for what leads back, and not compared."""
_TOKEN = re.compile(r"[^\W_]+(?:[.:_-][^\W_]+)*")
_COUNT = re.compile(r"\d{1,4}|\d{4}(-[a-z-]+)?\.(webp|png)")
_CHUNKS = {b"VP8 ", b"VP8L"}
_PARTS = {b"IHDR", b"IDAT", b"IEND"}


@dataclass(frozen=True)
class Entry:
    """A file of a copy: its name, its bytes, and whatever is said of it beside: times, modes."""

    name: str
    data: bytes
    beside: tuple[object, ...]

    @property
    def text(self) -> str:
        """What it says, if it is a page or data of one."""
        return self.data.decode() if self.name.endswith((".html", ".js")) else ""


def entries(copy: Path) -> list[Entry]:
    """Every file of a folder or a zip."""
    if copy.is_dir():
        paths = sorted(path for path in copy.rglob("*") if path.is_file())
        return [Entry(str(path.relative_to(copy)), path.read_bytes(), _of_status(path)) for path in paths]
    with zipfile.ZipFile(copy) as archive:
        return [
            Entry(one.filename, archive.read(one), (one.date_time, one.extra, one.comment, one.external_attr, archive.comment))
            for one in archive.infolist()
        ]


def _of_status(path: Path) -> tuple[object, ...]:
    status = path.stat()
    return status.st_mtime_ns, status.st_mode


def findings(one: Path, other: Path, library: Path, people: list[str], days: list[str], *, are_true: bool = False) -> list[str]:
    """What links two copies, or leads back to a library, to `people` by any word of theirs, or to `days` (YYYY-MM-DD).

    Where the days `are_true` they were asked for, and are no finding.
    """
    both = entries(one), entries(other)
    return [
        *_links(*both, days if are_true else []),
        *(finding for each in both for finding in _leading_back(each, library, people, [] if are_true else days)),
        *(finding for each in both for finding in _told_beside(each)),
    ]


def _links(one: list[Entry], other: list[Entry], days: list[str]) -> Iterator[str]:
    """What stands in both and is no picture, no word of Radiary's own, no true day that was asked for, and no small number."""
    names, others = ({part for entry in each for part in entry.name.split("/")} for each in (one, other))
    yield from (f"both have a file called {part}" for part in sorted(names & others) if not _FIXED.fullmatch(part))
    usual = _own_words() | _GEOMETRY | {token for day in days for form in _forms(day) for token in _TOKEN.findall(form)}
    said, also = (set(_TOKEN.findall(_text(each))) for each in (one, other))
    yield from (f"both say {token}" for token in sorted(said & also - usual) if not _COUNT.fullmatch(token))
    places, elsewhere = ([found for entry in each for found in _POSITIONS.findall(entry.text)] for each in (one, other))
    yield from ("both tell the same places of slices" for place in places if place in elsewhere)


def _text(each: list[Entry]) -> str:
    """What pages and data say, but for reports and places."""
    texts = (_REPORT.sub("", _POSITIONS.sub("", entry.text)) for entry in each if not entry.name.endswith("viewer.js"))
    return html.unescape(re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), "\n".join(texts)))


def _own_words() -> set[str]:
    """All words of Radiary's messages in every language, of its pages, and its names of fields."""
    package = Path(viewer_page.__file__).parents[1]
    sources = [
        path for room in ("share", "viewer") for path in (package / room).iterdir() if path.suffix in (".j2", ".js", ".py")
    ]
    texts = [*(path.read_text() for path in sources), *(one for code in CODES for one in Language(code).messages())]
    return {token for text in texts for token in _TOKEN.findall(text)}


def _leading_back(each: list[Entry], library: Path, people: list[str], days: list[str]) -> Iterator[str]:
    marks = _marks(library) | {part for name in people for part in re.split(r"[\^ ]", name) if len(part) > 3}
    marks |= {form for day in days for form in _forms(day)}
    pattern = re.compile("(?<![0-9a-z])(" + "|".join(re.escape(mark.lower()) for mark in sorted(marks)) + ")(?![0-9a-z])")
    for entry in each:
        text = entry.data.decode("latin-1" if entry.name.endswith(("webp", "png")) else "utf-8").lower()
        found = pattern.search(text) or pattern.search(entry.name.lower())
        if found:
            yield f"{entry.name} has {found[1]} in it"


def _marks(library: Path) -> set[str]:
    """UIDs, digests and their beginnings, codes of people, of exams and of pictures, as records and names have them."""
    records = "".join(path.read_text() for path in library.rglob("study.json"))
    values = set(re.findall(r'"([12](?:\.\d+){2,}|[0-9a-f]{64}|P-[A-Z0-9]+)"', records))
    codes = {part for path in library.rglob("*") for part in re.findall(r"(?<=-)[a-z2-7]{8}", path.name)}
    return values | {value[:12] for value in values if len(value) == 64} | codes


def _forms(day: str) -> Iterator[str]:
    year, month, number = day.split("-")
    yield from (day, day.replace("-", ""), f"{number}.{month}.{year}", f"{number}/{month}/{year}", f"{month}/{number}/{year}")
    for language in map(Language, CODES):
        yield from (language.day(day), language.short_day(day), f"{language.month(day[:7])} {year}")


def _told_beside(each: list[Entry]) -> Iterator[str]:
    """Times, modes and whatever else stands beside files; and what stands in pictures beside pixels."""
    if len({entry.beside for entry in each}) > 1:
        yield "files differ in their times, their modes or what a zip says of them"
    yield from (f"{entry.name} holds more than pixels" for entry in each if not _is_plain(entry))


def _is_plain(entry: Entry) -> bool:
    data = entry.data
    if data.startswith(b"\x89PNG"):
        return {kind for kind, _ in _chunks(data, 8, "big", 4)} <= _PARTS
    if data.startswith(b"RIFF"):
        return {kind for kind, _ in _chunks(data, 12, "little", 0)} <= _CHUNKS
    return not entry.name.endswith((".png", ".webp"))


def _chunks(data: bytes, start: int, order: str, behind: int) -> Iterator[tuple[bytes, int]]:
    """Kind and size of every chunk of a PNG (size, kind, data, CRC) or a WebP (kind, size, data, padding)."""
    while start < len(data):
        first, second = data[start : start + 4], data[start + 4 : start + 8]
        size, kind = (first, second) if order == "big" else (second, first)
        length = int.from_bytes(size, "big" if order == "big" else "little")
        yield kind, length
        start += 8 + length + (behind or length % 2)


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--form", choices=("webp", "png"), default="webp")
    form = asked.parse_args().form
    with tempfile.TemporaryDirectory(prefix="share-check-") as folder:
        place = Path(folder)
        home, failed = Home(place / "home"), 0
        for days in ("relative", "true"):
            copies = [place / f"{days}-{number}.zip" for number in (1, 2)] + [place / f"{days}-{number}" for number in (3, 4)]
            for copy in copies:
                done = home.share(*EXAMS, "--days", days, "--pictures", form, to=copy)
                if done.returncode:
                    sys.stdout.write(done.stderr)
                    return 1
            for one, other in (copies[:2], copies[2:]):
                who = [exports.NAME, exports.PATIENT_ID, exports.BIRTH_DATE]
                found = findings(one, other, home.library, who, list(EXAMS), are_true=days == "true")
                failed += len(found)
                files = len(entries(one))
                sys.stdout.write(f"{one.name} and {other.name}: {files} files each, {len(found)} findings\n")
                sys.stdout.writelines(f"  {finding}\n" for finding in found)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
