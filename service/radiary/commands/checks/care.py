"""What `radiary doctor` says of what only the owner can do: backups, and what waits for her."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from radiary.commands.checks.check import Check
from radiary.language import counted, sentence
from radiary.model.events import Filed
from radiary.state.queue import Queue

_MANY_DAYS = 30


def backup(taken: Mapping[str, object], facts: int) -> Check:
    """Whether the newest backup that was taken here knows what is known; `taken` is empty where there is none."""
    how = sentence("`radiary backup FILE` takes one: without the state folder nothing can be added to the library.")
    what = sentence("backup")
    if not taken:
        return Check(what, "note" if facts else "well", sentence("none was taken yet; %(how)s", how=how))
    at, missing = str(taken.get("at", ""))[:10], facts - int(str(taken.get("facts", 0)))
    if missing > 0:
        lacking = counted(
            "the last one, of %(day)s, lacks %(number)s fact of the ledger; %(how)s",
            "the last one, of %(day)s, lacks %(number)s facts of the ledger; %(how)s",
            missing,
            day=at,
            how=how,
        )
        return Check(what, "note", lacking)
    return Check(what, "well", sentence("the last one, of %(day)s, has the whole ledger", day=at))


def held(queue: Queue, now: datetime) -> Check:
    """How much is held, and since when."""
    studies = queue.undecided()
    if not studies:
        return Check(sentence("held pictures"), "well", sentence("none"))
    since = min(_filed(queue, {*studies}), default=now)
    is_long = (now - since).days > _MANY_DAYS
    what = sentence(
        "%(pictures)s of %(exams)s, some since %(day)s; `radiary review` shows them",
        pictures=counted("%(number)s picture", "%(number)s pictures", queue.held_pictures()),
        exams=counted("%(number)s exam", "%(number)s exams", len(studies)),
        day=f"{since:%Y-%m-%d}",
    )
    return Check(sentence("held pictures"), "note" if is_long else "well", what)


def _filed(queue: Queue, uids: set[str]) -> Iterable[datetime]:
    """When exports were filed that brought something of these studies to the private shelf."""
    lasts = (standing.last for standing in queue.exports.values())
    return (
        last.at for last in lasts if isinstance(last, Filed) and any(study.held and study.uid in uids for study in last.studies)
    )
