"""Her entries with the exams that they tell of, found by what lies in her folder as well; and what an old text was saved over."""

from collections.abc import Collection
from pathlib import Path

from radiary.chronicle import copied_pictures, insertions, made_of
from radiary.chronicle.insertions import Insertions
from radiary.chronicle.joined_story import Joined
from radiary.chronicle.remembered import Remembered
from radiary.chronicle.site import Site
from radiary.chronicle.story import Story
from radiary.chronicle.yaml_passages import SiteData


def joined(story: Story, data: SiteData, known: Collection[str], *, site: Site, library: Path, remembered: Remembered) -> Joined:
    """One story. Only where an entry is not found by its pictures' names, pictures themselves are looked into."""
    own, join = remembered.own_days(data), remembered.joined.joined
    told = join(story, own, known)
    gone = [one for one in told.unlinked if one[1].study in known]
    studies = made_of.studies(gone, own, story=story, images=site.images, library=library, remembered=remembered.made_of)
    told = join(story, own, known, made_of=studies) if studies else told
    return copied_pictures.shown_once(told, own, site.images)


def lost(
    story: Story,
    data: SiteData,
    known: Collection[str],
    *,
    inserted: Insertions,
    site: Site,
    library: Path,
    remembered: Remembered,
) -> dict[str, str]:
    """Exams whose entry an old text was saved over, with their day: they are to be written once more."""
    if data.is_empty or inserted.is_unchanged(data.file):
        return {}
    told = joined(story, data, known, site=site, library=library, remembered=remembered)
    standing = {exam.study for day in story.days for exam in day.exams}
    missing = {exam.study for _, exam in told.unlinked}
    reading = insertions.reading(site.data, inserted)
    return inserted.lost(data.file, standing=standing, missing=missing, reading=reading)
