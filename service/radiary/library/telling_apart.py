"""Which instances only share their UIDs: a picture is known by person, study, series and instance, and by what it shows.

Exports exist in which two people carry one Study Instance UID, or all slices one SOP Instance UID. What is told apart gets UIDs
of its own, derived from the one that it came with, so that the same export gives the same ones again.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from radiary.model.nouns import Apart, Placed

AreApart = Callable[[str, str], bool]
"""Whether two people, by their codes, are certainly two."""


@dataclass(frozen=True, order=True)
class Image:
    """What tells an image from another one of the same UID: series, number (-1 for none) and position, and its pixels."""

    series: str
    number: int
    position: float | None
    pixels: str

    @property
    def is_placed(self) -> bool:
        """Whether its header says which one it is."""
        return self.number >= 0 or self.position is not None

    def is_same(self, other: "Image") -> bool:
        """Whether two images of one UID are one: the same pixels, not at two positions, or other pixels at the same place.

        The latter are a version of it, blanked or compressed anew. Where nothing says the place, other pixels are another image.
        """
        if self.pixels == other.pixels:
            return None in (self.position, other.position) or self.position == other.position
        place, others = (self.series, self.number, self.position), (other.series, other.number, other.position)
        return place == others and self.is_placed


def image(placed: Placed) -> Image:
    """What tells an instance from others."""
    number = placed.record.number
    return Image(
        placed.facts.series, -1 if number is None else number, position=placed.record.position, pixels=placed.record.pixels
    )


def of_people(placed: Mapping[int, Placed], standing: Mapping[str, str], are_apart: AreApart) -> dict[int, Apart]:
    """The members of a study that belong to somebody else than the one who keeps its UID, and the UID of theirs.

    `standing` has the person of each study that is filed. Spellings of one person go on sharing a study.
    """
    apart: dict[int, Apart] = {}
    studies: dict[str, dict[int, Placed]] = defaultdict(dict)
    for index, member in placed.items():
        studies[member.facts.study][index] = member
    for uid, members in studies.items():
        groups = _groups({one.facts.patient for one in members.values()}, standing.get(uid), are_apart)
        if len(groups) > 1:
            uids = {code: _study_uid(uid, group, standing) for group in groups[1:] for code in group}
            apart |= {index: Apart(study=uids[one.facts.patient]) for index, one in members.items() if one.facts.patient in uids}
    return apart


def _groups(codes: Collection[str], keeper: str | None, are_apart: AreApart) -> list[list[str]]:
    """People by their codes, those that may be one together; the first group keeps the study's UID."""
    groups: list[list[str]] = [[keeper]] if keeper else []
    for code in sorted(codes):
        home = next((group for group in groups if not any(are_apart(code, other) for other in group)), None)
        if home is None:
            groups.append(home := [])
        home.append(code)
    return groups


def _study_uid(uid: str, codes: Iterable[str], standing: Mapping[str, str]) -> str:
    made = [derived("study", uid, code) for code in codes]
    return next((one for one in made if one in standing), made[0])


def of_images(placed: Mapping[int, Placed], standing: Mapping[tuple[str, str], Image]) -> dict[int, Apart]:
    """The members that are another image than the one which keeps their UID, and the UID of each.

    `standing` has what is filed, by study and instance, in the library and on the private shelf.
    """
    apart: dict[int, Apart] = {}
    shared: dict[tuple[str, str], list[tuple[Image, int]]] = defaultdict(list)
    for index, member in placed.items():
        shared[member.facts.study, member.record.uid].append((image(member), index))
    for (study, uid), members in shared.items():
        kept = standing.get((study, uid))
        if len(members) == 1 and (kept is None or _is_kept(members[0][0], kept)):
            continue
        distinct: list[Image] = []
        for shown, index in sorted(members, key=_in_order):
            same = next((other for other in distinct if other.is_same(shown)), None)
            if same is None:
                distinct.append(same := shown)
            keeper = kept or distinct[0]
            if not (_is_kept(same, keeper) if kept else same is keeper):
                apart[index] = Apart(instance=_instance_uid(uid, same))
    return apart


def _is_kept(image: Image, kept: Image) -> bool:
    """Whether an image is the one that is filed. One of which nothing says the place may have been blanked since."""
    return image.is_same(kept) or (not image.is_placed and not kept.is_placed and image.series == kept.series)


def _in_order(member: tuple[Image, int]) -> tuple[object, ...]:
    shown, index = member
    return shown.series, shown.number, shown.position is not None, shown.position or 0.0, shown.pixels, index


def _instance_uid(uid: str, shown: Image) -> str:
    place = f"{shown.series} {shown.number} {shown.position}"
    return derived("instance", uid, place if shown.is_placed else f"{place} {shown.pixels}")


def derived(what: str, uid: str, of: str) -> str:
    """A UID under 2.25 (PS3.5 B.2), of a pseudonymous one and what it is told apart by."""
    digest = hashlib.sha256("\0".join((what, uid, of)).encode()).digest()
    return f"2.25.{int.from_bytes(digest[:16])}"
