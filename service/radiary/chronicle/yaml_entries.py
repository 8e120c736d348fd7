"""An exam as an entry of her file: in lines, or in brackets where she writes so."""

import json
from collections.abc import Sequence

from radiary.chronicle.story import Exam


def day(indent: int, date: str, exams: Sequence[Exam]) -> list[str]:
    """The lines of a day."""
    space = " " * indent
    return [f"{space}- date: {date}\n", f"{space}  events:\n", *events(indent + 4, date, exams)]


def events(column: int, date: str, exams: Sequence[Exam]) -> list[str]:
    """The lines of a day's events."""
    space, lines = " " * column, []
    for exam in exams:
        title, folder, images = _values(date, exam)
        lines += [f"{space}- title: {title}\n", f"{space}  folder: {folder}\n", f"{space}  images: {images}\n"]
    return lines


def day_in_brackets(date: str, exams: Sequence[Exam], *, is_json: bool) -> str:
    """A day; in JSON its keys stand in quotation marks, and so does its date."""
    said = f"{events_key(is_json=is_json)}: [{', '.join(events_in_brackets(date, exams, is_json=is_json))}]"
    return f'{{"date": "{date}", {said}}}' if is_json else f"{{date: {date}, {said}}}"


def events_in_brackets(date: str, exams: Sequence[Exam], *, is_json: bool) -> list[str]:
    """A day's events, one by one."""
    keys = [_quoted(key) if is_json else key for key in ("title", "folder", "images")]
    pairs = (zip(keys, _values(date, exam), strict=True) for exam in exams)
    return [f"{{{', '.join(f'{key}: {value}' for key, value in one)}}}" for one in pairs]


def events_key(*, is_json: bool) -> str:
    """The word before a day's events."""
    return '"events"' if is_json else "events"


def _values(date: str, exam: Exam) -> tuple[str, str, str]:
    images = ", ".join(_quoted(picture.name) for picture in exam.pictures)
    return _quoted(exam.title), _quoted(date), f"[{images}]"


def _quoted(text: str) -> str:
    """Text in quotation marks: what JSON writes, YAML reads (YAML 1.2.2, section 1.3)."""
    return json.dumps(text, ensure_ascii=False)
