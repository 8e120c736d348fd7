"""Which of the entries that are gone from her file an old text was saved over, and which she took out herself. A pure fold.

An editor that holds an old text has none of what was written since: whatever it saves lacks the newest additions, whole and
without a gap. What once stood in a text that she saved she has seen; it is hers, and gone for good when it is gone.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import takewhile

_MOST = 3
"""Times that an entry is offered again."""
_DAY = "- date:"


class Reading(IntEnum):
    """Who opened her file since it was written; of several times, the greatest counts."""

    NOBODY = 0
    UNKNOWN = 1
    SOMEBODY = 2
    """At once, as a program does that follows the file, or an editor that shows it anew."""
    PERSON = 3
    """Later than any such program."""


@dataclass(frozen=True)
class Batch:
    """Entries that were written at once, by study with their day."""

    studies: Mapping[str, str]
    before: str
    """What tells the text before from all others."""
    lines: Sequence[str] = ()
    """Lines, and keys below a line, that were written and stood nowhere before: who has one in her text has seen the new one."""
    offered: Mapping[str, int] = field(default_factory=dict)
    """How often each of those that were written before was written again."""
    reading: Reading = Reading.NOBODY
    """Who opened the file from then until something was written the next time."""


@dataclass(frozen=True)
class Text:
    """What of her file decides: which exams that stand have no entry, its lines, and what tells it from other texts."""

    standing: Collection[str]
    missing: Collection[str]
    lines: Collection[str]
    told_by: str
    reading: Reading


def lost(batches: Sequence[Batch], text: Text) -> dict[str, str]:
    """The entries that an old text was saved over, with their day. `batches` are those that she did not see for sure."""
    gone = list(_newest_gone(batches, text))
    is_former = text.told_by in {batch.before for batch in gone}
    readings = Counter(_reading(batch, text) for batch in gone)
    return {
        study: day
        for batch in gone
        if not _is_taken_out(_reading(batch, text), readings, is_former=is_former)
        for study, day in batch.studies.items()
        if study in text.missing and batch.offered.get(study, 0) < _MOST
    }


def _newest_gone(batches: Sequence[Batch], text: Text) -> Iterator[Batch]:
    """The batches of which nothing is left, from the newest one back to the first of which something is."""
    return takewhile(lambda batch: not _is_there(batch, text), reversed(batches))


def _is_there(batch: Batch, text: Text) -> bool:
    """Whether something of it is in her text: an exam that stands no more is no sign, nor a day in a file that nobody opened."""
    here = batch.studies.keys() & set(text.standing)
    is_untouched = _reading(batch, text) is Reading.NOBODY
    traces = {line for line in batch.lines if not (is_untouched and line.lstrip().startswith(_DAY))}
    return not here.issubset(text.missing) or not traces.isdisjoint(text.lines)


def _reading(batch: Batch, text: Text) -> Reading:
    """Who opened the file since the batch was written."""
    return max(batch.reading, text.reading)


def _is_taken_out(reading: Reading, readings: Counter[Reading], *, is_former: bool) -> bool:
    """Whether she took out a batch, by who opened the file since it and since the others that are gone were written.

    Her file as it was before says that nothing but entries went: an old text is mostly saved for a word more. Several additions
    that she may have seen, gone together with another edit, are what an old text lacks. Where nobody opened the file since the
    newest one, the text is an old one: of what is older, she took out what she surely had opened.
    """
    if reading is Reading.PERSON:
        return is_former or readings[reading] == 1
    if reading is Reading.SOMEBODY:
        return is_former and Reading.NOBODY not in readings
    return reading is Reading.UNKNOWN and is_former and readings.total() == 1
