"""What the ledger says of papers on the private shelf → their days and kinds: no more of them is told."""

from dataclasses import dataclass, field

from radiary.language import marked
from radiary.model.events import Described, Event, FiledStudy, Removed

_KINDS = {
    "appointment": marked("Appointment"),
    "blood-analysis": marked("Blood analysis"),
    "certificate": marked("Certificate"),
    "discharge-letter": marked("Discharge letter"),
    "document": marked("Document"),
    "imaging-report": marked("Imaging report"),
    "imaging-request": marked("Imaging request"),
    "invoice": marked("Invoice"),
    "letter": marked("Letter"),
    "medication-plan": marked("Medication plan"),
    "operation-report": marked("Operation report"),
    "pathology-report": marked("Pathology report"),
    "prescription": marked("Prescription"),
    "referral": marked("Referral"),
    "vaccination": marked("Vaccination"),
}
"""Kinds of papers as titles."""
MODALITY = "DOC"
"""The modality of held studies that are papers."""


@dataclass
class Papers:
    """A fold over events, beside the exams'."""

    _standing: dict[str, tuple[str, str]] = field(default_factory=dict)
    _described: dict[str, Described] = field(default_factory=dict)

    def take(self, event: Event) -> None:
        """Take in what was taken out, or described."""
        if isinstance(event, Removed) and event.held and not event.studies:
            self._standing.pop(event.study, None)
        elif isinstance(event, Described):
            self._described[event.study] = event

    def stand(self, study: FiledStudy) -> bool:
        """Take in how a study stands; whether it is one of papers."""
        if not study.held or study.modality != MODALITY:
            return False
        self._standing[study.uid] = study.date or "", ", ".join(sorted({named(one.label) for one in study.series}))
        return True

    def told(self) -> tuple[tuple[str, str], ...]:
        """The day (empty without one) and the kind of each, as its owner described it last."""
        described = ((self._described.get(uid), told) for uid, told in self._standing.items())
        hers = ((said, told) for said, told in described if said is None or said.is_hers)
        return tuple((said.date or "", named(said.kind)) if said else told for said, told in hers)


def named(kind: str) -> str:
    """A kind of paper as a title; of what is called otherwise, nothing is told but that it is a document."""
    return _KINDS.get(kind, _KINDS["document"])
