"""The wall: Instance → Deidentified. The data set that leaves is built anew, of nothing but what a rule lets pass.

For every element, at every depth, the first rule that fits decides:

1. private elements pass only when they are numbers that the standard calls safe (`safe_private.py`); curve, overlay, command,
   directory and unregistered elements never pass;
2. every UI value outside the standard's own root becomes its pseudonym (PS3.15 E.3.9, internally consistent);
3. Table E.1-1 under the person's options (`profile.py`);
4. outside the table, by VR: numbers and sequences pass; dates as the policy says (`dates.py`); coded strings and free text by
   their safe words only (`descriptions.py`), codes by their scheme (`codes.py`); bulk data only for the few attributes of
   `bulk_data.py`; and nothing passes that holds one of the person's own words (`own_words.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset
from pydicom.uid import UID, ExplicitVRBigEndian, SecondaryCaptureImageStorage

from radiary.dicom.read import display_values, elements, header, storage_classes
from radiary.dicom.wall import burned_in, closed_lists, facts, labels, others, own_words
from radiary.dicom.wall.attributes import OF_REPORTS
from radiary.dicom.wall.dates import EPOCH, LATEST, day
from radiary.dicom.wall.element_rules import Passage
from radiary.dicom.wall.pseudonym import Pseudonyms
from radiary.model.errors import Reason
from radiary.model.nouns import (
    Apart,
    Content,
    Copied,
    Deidentified,
    Identity,
    Instance,
    Person,
    Policy,
    Skipped,
    Treatment,
    Unanchored,
)

_SOP_CLASS, _STUDY, _SERIES, _INSTANCE = 0x00080016, 0x0020000D, 0x0020000E, 0x00080018
_MODALITY = 0x00080060
_REPORTS = "1.2.840.10008.5.1.4.1.1.88."
"""How SOP Classes of reports begin."""
_NO_TREATMENT = Treatment()
_NAME, _PATIENT_ID, _ISSUER, _BIRTH_DATE = 0x00100010, 0x00100020, 0x00100021, 0x00100030


def identity(received: Dataset) -> Identity:
    """Whom an object is about, by its name, number, issuer and birth date."""
    identifying = (elements.get(received, tag) for tag in (_NAME, _PATIENT_ID, _ISSUER, _BIRTH_DATE))
    keys = elements.keys(identifying, elements.encoding(received, ""))
    if keys in _identities:
        return _identities[keys]
    stated = Identity(
        name=_text(received, _NAME),
        birth_date=_text(received, _BIRTH_DATE),
        identifier=_text(received, _PATIENT_ID),
        issuer=_text(received, _ISSUER),
    )
    return _identities.keep(keys, stated)


_identities: elements.Memory[Identity] = elements.Memory(64)
"""Identities by the elements that state them: the same bytes in every slice of an exam."""


@dataclass(frozen=True)
class Terms:
    """On what terms instances pass: the key, the options, and what is known of people, by the code of their identity.

    `searches_text` says whether this computer can search for text in pictures, `takes_copies` whether what a Radiary made passes
    again, `latest` (YYYYMMDD) after which day nothing was made yet, `apart` the UIDs of its own that an object gets.
    """

    pseudonyms: Pseudonyms
    policy: Policy = field(default_factory=Policy)
    people: Mapping[str, Person] = field(default_factory=dict, repr=False)
    searches_text: bool = False
    takes_copies: bool = False
    latest: str = LATEST
    apart: Apart = field(default_factory=Apart)


def copied(received: Dataset) -> Copied | None:
    """What an object that a Radiary made says of itself; None of any other one."""
    return Copied(_text(received, _STUDY), identity(received)) if labels.is_copy(received) else None


def deidentify(instance: Instance, terms: Terms, treatment: Treatment = _NO_TREATMENT) -> Deidentified | Skipped | Unanchored:
    """Build what may leave; Unanchored when relative dates need the person's first day and it is not known yet."""
    pseudonyms, policy = terms.pseudonyms, terms.policy
    received = instance.dataset
    stated = identity(received)
    code = pseudonyms.person(stated)
    person = terms.people.get(code) or Person(code)
    first_day = facts.day_of(received, terms.latest) if policy.dates == "relative" and person.first_day is None else None
    if first_day:
        return Unanchored(code, stated, first_day.replace("-", ""))
    try:
        clean = _cleaned(instance, person, pseudonyms, policy=policy)
    except RecursionError:
        return Skipped(Reason.NESTED_TOO_DEEPLY)
    except display_values.NotUnderstoodError:
        return Skipped(Reason.DISPLAY_VALUE_NOT_UNDERSTOOD, _study(received, pseudonyms))
    _complete_uids(clean, instance, pseudonyms, person=person.code)
    _tell_apart(clean, terms.apart)
    is_undecided = storage_classes.is_undecided(_text(received, _SOP_CLASS).strip())
    doubt = burned_in.hold(received, clean=clean, searches_text=terms.searches_text)
    hold = Reason.NEW_KIND if is_undecided else treatment.hold or doubt
    labels.put(clean, received, policy)
    labels.burned_in(clean, hold=hold, is_seen=burned_in.text_search(received) == "every", is_blanked=bool(treatment.blank))
    return Deidentified(
        clean,
        instance.transfer_syntax,
        facts=facts.facts_of(clean, received, person.code, latest=terms.latest),
        hold=hold,
        who=(code, stated),
        has_overlay=_has_overlay(received),
        colours=_icc_profile(received),
        named=others.in_object(received),
    )


def _cleaned(instance: Instance, person: Person, pseudonyms: Pseudonyms, *, policy: Policy) -> Dataset:
    """What passes of an object's elements. Raises RecursionError and NotUnderstoodError."""
    received = instance.dataset
    passage = _passage(
        pseudonyms=pseudonyms,
        policy=policy,
        person=person,
        days=_days_moved(person, pseudonyms, policy),
        words=own_words.in_object(received),
        is_big_endian=instance.transfer_syntax == ExplicitVRBigEndian and received.original_encoding[1] is not True,
    )
    clean = passage.cleaned(received, is_top=True)
    stated = _text(clean, _MODALITY)
    modality = closed_lists.modality(stated, _text(received, _SOP_CLASS))
    if modality not in ("OT", stated):
        clean.Modality = modality
    if not header.items(clean, OF_REPORTS) and not _text(received, _SOP_CLASS).startswith(_REPORTS):
        clean.pop(OF_REPORTS, None)
    return clean


def _study(received: Dataset, pseudonyms: Pseudonyms) -> str | None:
    """The pseudonymous Study Instance UID of an object that does not pass; None where it has none."""
    uid = _text(received, _STUDY).strip(" \0")
    return pseudonyms.uid(uid) if uid else None


def withheld(clean: Deidentified, reason: str) -> Deidentified:
    """The same, held for its owner's eyes because of `reason`."""
    labels.held(clean.dataset)
    return replace(clean, hold=reason)


def readmitted(data: Content, *, is_blanked: bool) -> Deidentified:
    """A copy that Radiary wrote, as its digest in the library proves: it passed already. Raises ValueError if unreadable."""
    instance = header.read(data)
    if isinstance(instance, Skipped):
        raise ValueError
    clean = instance.dataset
    labels.burned_in(clean, hold=None, is_seen=True, is_blanked=is_blanked)
    patient = str(header.value(clean, _PATIENT_ID) or "")
    clean_facts = facts.facts_of(clean, clean, patient)
    return Deidentified(
        clean,
        instance.transfer_syntax,
        facts=clean_facts,
        hold=None,
        who=(patient, identity(clean)),
        colours=_icc_profile(clean),
    )


@lru_cache(maxsize=8)
def _passage(**terms: Any) -> Passage:
    """The rules for one person's exam, used for all its slices, so that what they remember of elements serves them all."""
    return Passage(**terms)


def _days_moved(person: Person, pseudonyms: Pseudonyms, policy: Policy) -> int | None:
    """The days by which a person's dates are moved; None when it is not known, and no date can leave."""
    if policy.dates == "relative":
        first_day = day(person.first_day or "")
        return (EPOCH - first_day).days if first_day else None
    return pseudonyms.shift(person.root or person.code, keep_weekdays=policy.keep_weekdays) if policy.dates == "shift" else 0


def _complete_uids(clean: Dataset, instance: Instance, pseudonyms: Pseudonyms, *, person: str) -> None:
    """Give an instance that lacks UIDs, as converters write them, UIDs of its own: from its person, day, series and bytes."""
    if not header.value(clean, 0x00080016):
        clean.SOPClassUID = SecondaryCaptureImageStorage
    study = f"{person} {header.value(clean, 0x00080020) or ''}"
    series = f"{study} {header.value(clean, 0x00080060) or ''} {header.value(clean, 0x00200011) or ''}"
    if not header.value(clean, _STUDY):
        clean.StudyInstanceUID = UID(pseudonyms.uid(f"study of {study}"))
    if not header.value(clean, _SERIES):
        clean.SeriesInstanceUID = UID(pseudonyms.uid(f"series of {header.value(clean, _STUDY)} {series}"))
    if not header.value(clean, _INSTANCE):
        clean.SOPInstanceUID = UID(pseudonyms.uid(f"instance {instance.digest}"))


def _tell_apart(clean: Dataset, apart: Apart) -> None:
    """Give an object the UIDs of its own, and what it says of its own study, too."""
    if apart.study:
        came_with = header.value(clean, _STUDY)
        clean.walk(lambda item, element: _rename(item, element.tag, came_with, uid=apart.study) if element.VR == "UI" else None)
    if apart.instance:
        clean[_INSTANCE] = DataElement(_INSTANCE, "UI", UID(apart.instance))


def _rename(item: Dataset, tag: int, former: object, *, uid: str) -> None:
    if item[tag].value == former:
        item[tag] = DataElement(tag, "UI", UID(uid))


def _icc_profile(received: Dataset) -> bytes | None:
    """ICC Profile (0028,2000), of the object or of the first Optical Path (0048,0105) of a slide."""
    places = [received, *header.items(received, 0x00480105)[:1]]
    profiles = (header.value(place, 0x00282000) for place in places)
    return next((bytes(content) for content in profiles if isinstance(content, bytes)), None)


def _has_overlay(received: Dataset) -> bool:
    """Whether there is an overlay (PS3.3 C.9.2) with something in it, of its own or in the unused bits of the pixels."""
    for group in range(0x6000, 0x6020, 2):
        if elements.has(received, group << 16 | 0x0010):
            drawn = header.value(received, group << 16 | 0x3000)
            if drawn is None or any(drawn):
                return True
    return False


def _text(dataset: Dataset, tag: int) -> str:
    return str(header.value(dataset, tag) or "")
