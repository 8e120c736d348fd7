"""What `radiary doctor` says of what only the owner can do: backups, and what waits for her."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from radiary.commands.check import Check
from radiary.commands.summary import count
from radiary.model.events import Filed
from radiary.state.queue import Queue

_MANY_DAYS = 30


def backup(taken: Mapping[str, object], facts: int) -> Check:
    """Whether the newest backup that was taken here knows what is known; `taken` is empty where there is none."""
    how = "`radiary backup FILE` takes one: without the state folder nothing can be added to the library."
    if not taken:
        return Check("backup", "note" if facts else "well", f"none was taken yet; {how}")
    at, missing = str(taken.get("at", ""))[:10], facts - int(str(taken.get("facts", 0)))
    if missing > 0:
        return Check("backup", "note", f"the last one, of {at}, lacks {count(missing, 'fact')} of the ledger; {how}")
    return Check("backup", "well", f"the last one, of {at}, has the whole ledger")


def held(queue: Queue, now: datetime) -> Check:
    """How much is held, and since when."""
    studies = [study for study in queue.studies.values() if study.held]
    pictures = sum(series.pictures for study in studies for series in study.series)
    if not pictures:
        return Check("held pictures", "well", "none")
    since = min(_filed(queue, {study.uid for study in studies}), default=now)
    is_long = (now - since).days > _MANY_DAYS
    what = (
        f"{count(pictures, 'picture')} of {count(len(studies), 'exam')}, some since {since:%Y-%m-%d}; `radiary review` shows them"
    )
    return Check("held pictures", "note" if is_long else "well", what)


def _filed(queue: Queue, uids: set[str]) -> Iterable[datetime]:
    """When exports were filed that brought something of these studies to the private shelf."""
    lasts = (standing.last for standing in queue.exports.values())
    return (
        last.at for last in lasts if isinstance(last, Filed) and any(study.held and study.uid in uids for study in last.studies)
    )
