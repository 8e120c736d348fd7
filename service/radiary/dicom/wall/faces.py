"""Slices of which a face can be computed: Recognizable Visual Features (0028,0302), by what they say and how they lie."""

import re
from functools import lru_cache

from pydicom.dataset import Dataset

from radiary.dicom.read import header
from radiary.dicom.wall import closed_lists
from radiary.dicom.wall.word_lists import folded

_VOLUMES = frozenset({"CT", "MR", "PT"})
_PARTS = frozenset(
    "BRAIN CAROTID CEREBELLUM CHEEK EAR EYE EYELID FACE HEAD HEADNECK JAW LARYNX MAXILLA MOUTH NECK NECKCHEST NOSE ORBIT PAROTID"
    " PHARYNX SCALP SINUS SKULL TONGUE WHOLEBODY".split()
)
"""Body parts with which a head is in the picture."""
_WORDS = re.compile(
    r"\b(?:head(?!er)|brain|skull|face\b|facial|crani|cranio|cerebr|cerveau|enceph|sinus|orbit|jaw|mandib|maxill|dental|mastoid|pituit|"
    r"hypophys|sella|iac\b|neck|carotid|stroke|willis|tete\b|crane\b|cou\b|visage|hals|kopf|schadel|schaedel|gesicht|gehirn|hirn|hoofd|"
    r"hersen|schedel|gezicht|aangezicht|nek\b|kaak|pharyn|laryn|parotis|whole\W?body|total\W?body|wholebody|wb\b|ganzkorper|"
    r"ganzkoerper|corps\W?entier|vertex|flair|mprage|felsenbein|rotsbeen|slaapbeen|temporal\W?bone|schlafenbein|schlaefenbein|cochlea|rocher|"
    r"oreille|gehoorgang|gehorgang|brughoek|fosse\W?post|hypofys|machoire|kiefer|tmj\b|nasenbein|nez\b|nnh\b|khbw|supra\W?aort|"
    r"neurocran|epilep|cephal|kopfschmerz|hoofdpijn|cva\b|avc\b|schlaganfall|multiple\W?scl|sclerose\W?en\W?plaques|hws\b|cervicale?s?\W(?:spine|disc|wervel)|rachis\W?cerv|"
    r"halswirbel|parkinson|alzheimer|dement|demenz|gamma\W?knife|polytrauma)"
)
"""What descriptions, accents gone, call a head, a neck, or a whole body, and sequences that are made of heads."""
_OTHERS = re.compile(
    r"\b(?:chest|thora|lung|heart|cardia|coronar|abdom|liver|pelvi|prostat|spine|lumba|knee|ankle|foot|hip\b|wrist|hand\b|elbow|should|leg\b|"
    r"femur|femoral|breast|mamm|kidney|renal|aort|genou|cheville|epaule|poumon|coeur|foie|bassin|knie|schouder|heup|pols|voet|hufte|becken|"
    r"schulter|leber|lunge|buik|bekken|long\b|longen|lever\b)"
)
"""What they call other parts of the body."""
_DESCRIPTIONS = (0x00081030, 0x0008103E, 0x00181030, 0x00541000)
"""Study and Series Description, Protocol Name, Series Type of a PET, which may be WHOLE BODY.

A protocol's body part stays in later series of other parts, which say so; a study's description is of all of them.
"""
_FIELD = (150.0, 320.0)
"""Millimetres of a field of view in which a head is scanned."""


def may_show(received: Dataset) -> bool:
    """Whether a volume may show a face: it says so, or says nothing else and lies like a head."""
    modality = str(header.value(received, 0x00080060) or "").strip().upper()
    if modality not in _VOLUMES:
        return False
    written = str(header.value(received, 0x00180015) or "")
    part = closed_lists.body_part(written)
    texts = tuple(str(header.value(received, tag) or "") for tag in _DESCRIPTIONS)
    if part and modality != "PT":
        return part.upper() in _PARTS or _named(texts[1:]) == (True, False)
    names_head, names_others = _named((*texts, *_regions(received), written))
    if names_head or names_others:
        return names_head
    return modality == "PT" or _lies_like_a_head(received)


@lru_cache(256)
def _named(texts: tuple[str, ...]) -> tuple[bool, bool]:
    """Whether texts name a head or a whole body, and whether they name another part of a body."""
    written = folded(" ".join(texts)).replace("_", " ")
    return _WORDS.search(written) is not None, _OTHERS.search(written) is not None


def _regions(received: Dataset) -> list[str]:
    """What codes call the part of the body: Anatomic Region, also of the frames of enhanced objects."""
    shared = [item for group in header.items(received, 0x52009229) for item in header.items(group, 0x00209071)]
    codes = [code for place in (received, *shared) for code in header.items(place, 0x00082218)]
    return [str(header.value(code, 0x00080104) or "") for code in codes]


def _lies_like_a_head(received: Dataset) -> bool:
    """Whether a slice of an unnamed part is as large as a head is scanned, and of somebody who lay head first."""
    if str(header.value(received, 0x00185100) or "").strip().upper().startswith("FF"):
        return False
    spacing, rows = header.value(received, 0x00280030), header.value(received, 0x00280010)
    try:
        field = float(spacing[0]) * int(rows)
    except (TypeError, ValueError, IndexError):
        return False
    return _FIELD[0] <= field <= _FIELD[1]
