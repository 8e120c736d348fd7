"""Which days the owner sealed, for whoever is to say nothing of them."""

from collections.abc import Collection

from radiary.chronicle import owners_file
from radiary.chronicle.own_days import OwnDay
from radiary.chronicle.remembered import Remembered
from radiary.chronicle.site import Site
from radiary.chronicle.yaml_passages import understood


def sealed_days(own: Collection[OwnDay]) -> set[str]:
    """Days on which something is sealed, by date and by folder."""
    sealed = [(day.date, event.folder) for day in own for event in day.events if event.is_sealed]
    return {one for pair in sealed for one in pair}


def sealed_at(site: Site) -> set[str] | None:
    """The same of the file as it stands; None while it cannot be read."""
    remembered = Remembered()
    data, obstacle = understood(owners_file.read(site.data), remembered.passages)
    return None if obstacle or site.away() else sealed_days(remembered.own_days(data))
