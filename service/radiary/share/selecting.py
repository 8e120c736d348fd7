"""What may be shared just now, by ledger, library and her file; what her file seals is not known while it cannot be read."""

from collections.abc import Collection
from dataclasses import replace
from functools import partial

from radiary.chronicle import draft, made_of, owners_file
from radiary.chronicle.joined_story import joined
from radiary.chronicle.remembered import Remembered
from radiary.chronicle.sealed import sealed_days
from radiary.chronicle.site import Site
from radiary.chronicle.story import Story
from radiary.chronicle.yaml_passages import understood
from radiary.language import sentence
from radiary.library.shelf import Library
from radiary.model.errors import LibraryOffline, NotShared
from radiary.share import choosing
from radiary.share.choosing import Shareable


def shareable(story: Story, known: Collection[str], site: Site, *, library: Library) -> Shareable:
    """What of a story may be shared; `known` are the exams that were written into her file once. Raises NotShared and NotNow."""
    if story.days and not library.is_marked:
        raise LibraryOffline
    story, _ = draft.in_place(story, library.root)
    remembered = Remembered()
    data, obstacle = understood(owners_file.read(site.data), remembered.passages)
    obstacle = obstacle or site.away()
    if obstacle:
        raise NotShared(sentence("Nothing was shared, for it is not known what you sealed: %(why)s", why=obstacle))
    own = remembered.own_days(data)
    hers = frozenset() if data.is_empty else frozenset(known)
    told = joined(story, own, hers)
    gone = [one for one in told.unlinked if one[1].study in hers]
    made = partial(made_of.studies, story=story, images=site.images, library=library.root, remembered=remembered.made_of)
    studies = made(gone, own)
    told = joined(story, own, hers, made_of=studies) if studies else told
    sealed = [replace(day, events=tuple(event for event in day.events if event.is_sealed)) for day in own]
    every = [(day.date, exam) for day in story.days for exam in day.exams]
    closed = choosing.closed_by_a_picture(story, sealed) | {*made(every, sealed).values()}
    return choosing.shareable(story, told, sealed_days(own), closed=closed)
