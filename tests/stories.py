"""Filed facts from literals, for the tests of the chronicle."""

from collections.abc import Iterable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from radiary.chronicle.folder import tell
from radiary.chronicle.site import Site
from radiary.chronicle.story import Day, Story, folded
from radiary.language import ENGLISH, Language
from radiary.model.events import Chronicled, Event, Filed, FiledSeries, FiledStudy
from radiary.state.people import People


def series(uid: str, number: int = 1, *, part: str | None = "chest", pictures: int = 3, modality: str = "CT") -> FiledSeries:
    return FiledSeries(
        uid=uid, number=number, label="x", modality=modality, body_part=part, pictures=pictures, representative=f"{uid}.png"
    )


def filed(
    uid: str, date: str | None, *ones: FiledSeries, held: bool = False, patient: str = "P-A", modality: str = "CT"
) -> Event:
    study = FiledStudy(
        uid=uid, folder=f"{date}/{uid}", date=date, patient=patient, modality=modality, held=held, series=ones, added=1
    )
    return Filed(export="a" * 64, studies=(study,), pictures=1, held={}, skipped={}, left=0)


def told(
    events: Iterable[Event], known: frozenset[str], *, folder: Path, people: People, language: Language = ENGLISH, **more: Any
) -> tuple[list[Chronicled], str | None]:
    """`chronicle.folder.tell` for a whole ledger, in a folder without a site of its owner's."""
    site = Site(folder, language=language)
    return tell(folded(events, people.codes(), language), known, site=site, people=people, **more)


def named(story: Story) -> Story:
    """The story with its pictures named as in an empty chronicle."""
    days = []
    for day in story.days:
        numbers = iter(range(1, 1000))
        exams = [
            replace(exam, pictures=[replace(one, name=f"scan{next(numbers)}.jpg") for one in exam.pictures]) for exam in day.exams
        ]
        days.append(Day(day.date, exams))
    return replace(story, days=tuple(days))


class Seen(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def every(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for one, attributes in self.tags if one == tag]


HERS = """- date: 2023-10-17
  events:
    - title: "first echography <script>alert(1)</script>"
      folder: "2023-10-17"
      description: |
        It began with a *lump*.

        <img src=x onerror=alert(1)> [press](javascript:alert(1)) {{ site.title }}
      notes: >
        ![far away](https://example.org/x.png)
      images: ["scan1.jpg", "lump, seen.jpg", "../../etc/passwd", "/etc/passwd"]
      captions: ["where it was", ~]
      alt: {"lump, seen.jpg": "A lump in my hand"}
      thread: left breast
    - title: ""
      description: ""
      images: []
- date: 2023-11-01
  events:
    - title: Chemotherapy
      until: 2023-11-14
    - title: not yet
      description: a secret
      sealed: true
- date: 2023-11-05
  events:
    - title: "Pills"
      images: [p1.jpg, p2.jpg, p3.jpg, p4.jpg, p5.jpg, p6.jpg, p7.jpg, p8.jpg]
"""
"""A file of an owner's with every key, and words that try to do something."""

STATES = {
    "a list": "- date: 2020-01-01\n  events: []\n",
    "newest first": "- date: 2025-01-01\n- date: 2023-01-01\n",
    "a mapping": "title: My story\ndays:\n  - date: 2020-01-01\n    events:\n      - title: mine\nafter: all\n",
    "a mapping at the margin": "days:\n- date: 2020-01-01\nafter: all\n",
    "an empty mapping": "title: My story\ndays: []\nafter: all\n",
    "a mapping of nothing": "days:\n",
    "front matter": "---\ntitle: My story\ndays:\n  - date: 2020-01-01\n---\n# A page\n\n- not: a day\n",
    "an empty front matter": "---\n---\n- date: 2020-01-01\n",
    "fences": "---\n- date: 2020-01-01\n...\n",
    "windows": "\ufeff- date: '2020-01-01'\r\n  events:\r\n    - title: mine\r\n",
    "windows, a mapping": "\ufeffdays:\r\n  - date: 2020-01-01\r\n    events:\r\n      - title: mine",
    "the same day twice": "- date: 2024-01-01\n  events: none\n- date: 2024-01-01\n  events:\n    - title: mine\n",
    "a wrong folder": '- date: 2020-01-01\n  events:\n    - title: mine\n      folder: "2024-01-01"\n      images: [scan1.jpg]\n',
    "nulls": '- date: 2024-01-01\n  events:\n    - title: ""\n      description:\n      notes: >\n         \n      images: []\n',
    "nothing on a day": "- date: 2023-01-01\n  events:\n    - title: mine\n- date: 2024-03-03\n",
    "no newline": "- date: 2020-01-01\n  events:\n    - title: mine\n      notes: >\n        folded",
    "a directive": "%YAML 1.1\n---\n- date: 2020-01-01\n",
}
"""Files of owners' as they are found, each a list of days in its own way."""
