"""Pictures beside DICOM are those of a disc's viewer, or copies of its images, and no letters."""

from radiary.model.errors import Reason
from radiary.model.nouns import NotDicom, Outcome, Placed

ENDINGS = (".jpg", ".png")
"""How names of photographs on the private shelf end."""


def set_aside(outcomes: dict[int, Outcome]) -> dict[int, Outcome]:
    """The outcomes of an export; where there is more in it than papers, photographs are none of them."""
    if all(isinstance(one, NotDicom) or _is_paper(one) for one in outcomes.values()):
        return outcomes
    return {index: NotDicom() if _is_photograph(one) else one for index, one in outcomes.items()}


def _is_paper(outcome: Outcome) -> bool:
    return isinstance(outcome, Placed) and outcome.hold == Reason.PAPER


def _is_photograph(outcome: Outcome) -> bool:
    if not isinstance(outcome, Placed) or outcome.hold != Reason.PAPER:
        return False
    return any(file.path.endswith(ENDINGS) for file in outcome.record.copies)
