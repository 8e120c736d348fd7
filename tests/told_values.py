"""A series of values, and a chronicle that tells of it."""

from datetime import date
from decimal import Decimal
from typing import Any

from conftest import KEY
from radiary.chronicle import folder
from radiary.chronicle.released_values import Released
from radiary.chronicle.remembered import Remembered
from radiary.chronicle.site import Site
from radiary.chronicle.story import folded
from radiary.documents.series import Point, Series
from radiary.state.paper_facts import ConfirmedValue
from radiary.state.people import People
from radiary.workers.pool import Pool


def series(name: str = "CRP", code: str = "1a2b3c4d") -> Series:
    printed: dict[str, Any] = {"unit": "mg/L", "high": Decimal(5), "range": "<5,0"}
    values = [
        ConfirmedValue(name=name, number=Decimal("0.5"), comparator="<", day=date(2023, 9, 2), **printed),
        ConfirmedValue(name=name, number=Decimal("12.1"), flag="H", day=date(2024, 1, 12), **printed),
        ConfirmedValue(name=name, word="hemolytisch", day=date(2024, 3, 5)),
    ]
    return Series(code, "P-A", name, "", "mg/L", "", [Point(one, "2.25.7") for one in values])


def tell(site: Site, pool: Pool, *released: Released, people: People | None = None) -> str | None:
    people = people or People(site.folder.parent / "people", KEY)
    story = folded([], {}, site.language)
    library = site.folder.parent
    _, note = folder.tell(
        story, frozenset(), site=site, library=library, pool=pool, people=people, remembered=Remembered(), released=released
    )
    return note
