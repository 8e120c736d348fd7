"""Her file, and what the next run would add to it: for `radiary chronicle`, `status` and `doctor`."""

from radiary.chronicle.site import site_of
from radiary.model.errors import NotNow
from radiary.settings import Settings
from radiary.state import ledger
from radiary.state.folder import State
from radiary.state.people import People
from radiary.state.queue import Queue


def addition(settings: Settings, queue: Queue) -> tuple[str, str, str | None]:
    """Her file's text, what the next run would make of it, and why something cannot be added. Raises Unusable."""
    from radiary.chronicle import draft, preview  # here: all of the chronicle, and `status` mostly needs none of it
    from radiary.chronicle.story import folded

    state, site = State(settings.state), site_of(settings)
    key = state.known_key(queue.key)
    codes = People(state.folder / "people", key).codes() if key else {}
    story, _ = draft.in_place(folded(ledger.read(state.ledger), codes, site.language), settings.library)
    return preview.addition(story, frozenset(queue.chronicled), site, settings.library)


def left_out(settings: Settings, queue: Queue) -> str | None:
    """Why exams that are filed have no place in her file; nothing where each has one, or the library is away. Raises OSError."""
    filed = (study for (uid, held), study in queue.studies.items() if not held and study.date and uid not in queue.chronicled)
    waits = any(series.representative for study in filed for series in study.series)
    try:
        return addition(settings, queue)[2] if waits else None
    except NotNow:
        return None
