"""Copies that Radiary made, found in a download: those of this library are not filed once more, somebody else's are.

A copy says that a Radiary made it, and names its study by a pseudonym: when that is one of ours, or when it is about somebody
by a code of ours, this key made it.
"""

from collections.abc import Collection, Mapping

from radiary.model.errors import OnlyOwnCopies, Reason
from radiary.model.nouns import Copied, NotDicom, Outcome, Skipped

_NOTHING_NEW = frozenset({Reason.OWN_COPY, Reason.DIRECTORY})


def set_aside(outcomes: Mapping[int, Outcome], studies: Collection[str], codes: Collection[str]) -> dict[int, Outcome]:
    """The outcomes, copies of ours as skipped; `studies` and `codes` are all that this library ever knew.

    Raises OnlyOwnCopies where nothing else is left.
    """
    judged = {
        index: Skipped(Reason.OWN_COPY)
        if isinstance(one, Copied) and (one.study in studies or one.who.identifier in codes)
        else one
        for index, one in outcomes.items()
    }
    rest = [one for one in judged.values() if not isinstance(one, NotDicom)]
    reasons = {one.reason if isinstance(one, Skipped) else "" for one in rest}
    if Reason.OWN_COPY in reasons and reasons <= _NOTHING_NEW:
        raise OnlyOwnCopies
    return judged


def of_others(outcomes: Mapping[int, Outcome]) -> list[int]:
    """The members that another Radiary made."""
    return [index for index, one in sorted(outcomes.items()) if isinstance(one, Copied)]
