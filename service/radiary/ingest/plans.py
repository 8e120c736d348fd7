"""Medication plans: what their code says of medicines, where the extra `radiary[medication]` reads it. For workers only."""

from collections.abc import Sequence
from dataclasses import replace

from radiary.documents import kinds, medication, plan_codes
from radiary.documents.reading import Reading
from radiary.documents.rows import Row
from radiary.ingest import pages
from radiary.workers import time_limit

_RESOLUTION = 200
"""Pixels an inch at which a code is looked for: its modules are half a millimetre."""
_MOST = 5
"""Pages of a plan that are looked at."""


def read(data: bytes, passwords: Sequence[str], reading: Reading, *, printed: Sequence[Sequence[Row]]) -> Reading:
    """A reading with the medicines of its code; as it is where there is none. Only what may be a plan is looked at."""
    may_be = reading.kind == medication.KIND or (reading.is_scan and reading.kind == kinds.UNSURE)
    if not may_be or not plan_codes.is_possible():
        return reading
    codes: list[str] = []
    for number in range(min(reading.pages, _MOST)):
        time_limit.sign()
        codes += plan_codes.texts(pages.picture(data, number, passwords, _RESOLUTION))
    medicines = medication.medicines(codes)
    if not medicines:
        return reading
    named = medication.with_printed_names(medicines, printed)
    return replace(reading, kind=medication.KIND, day=medication.day(codes) or reading.day, medicines=named)
