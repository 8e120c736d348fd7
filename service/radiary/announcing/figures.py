"""What can be counted of a queue, for whoever watches over the service."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from radiary.model.events import AwaitingOwner, Filed, Rejected
from radiary.state.queue import Queue


@dataclass(frozen=True)
class Figures:
    """Numbers of downloads but for the last three: `held` counts pictures, `last_filed` is when that was, UTC."""

    filed: int = 0
    pending: int = 0
    locked: int = 0
    rejected: int = 0
    exams: int = 0
    held: int = 0
    last_filed: datetime | None = None


def figures(queue: Queue) -> Figures:
    """The figures of a queue; another thread may fold facts into it meanwhile."""
    standings = list(queue.exports.values())
    lasts = [standing.last for standing in standings]
    studies = list(queue.studies.values())
    return Figures(
        filed=sum(isinstance(last, Filed) for last in lasts),
        pending=sum(standing.conclusion is None for standing in standings),
        locked=sum(isinstance(last, AwaitingOwner) for last in lasts),
        rejected=sum(isinstance(last, Rejected) and last.is_failure for last in lasts),
        exams=sum(not study.held for study in studies),
        held=queue.held_pictures(),
        last_filed=max(_filed_at(lasts), default=None),
    )


def _filed_at(lasts: Sequence[object]) -> Iterator[datetime]:
    return (last.at for last in lasts if isinstance(last, Filed))
