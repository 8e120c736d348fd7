"""What an exam is called, in plain words: from its kind, the part of the body, its side and view. Never a diagnosis.

Where the header names no part or side, the words that the wall kept of the descriptions may: only those in the lists here.
"""

import re
from collections.abc import Iterable, Sequence

from radiary.language import Language, marked
from radiary.model.events import FiledSeries, FiledStudy

KINDS = {
    "BMD": marked("Bone density"),
    "CR": marked("X-ray"),
    "CT": marked("CT"),
    "DX": marked("X-ray"),
    "ECG": marked("ECG"),
    "EEG": marked("EEG"),
    "ES": marked("Endoscopy"),
    "IVUS": marked("Intravascular ultrasound"),
    "KO": marked("Selected pictures"),
    "MG": marked("Mammography"),
    "MR": marked("MRI"),
    "NM": marked("Nuclear medicine"),
    "OP": marked("Eye photograph"),
    "OPT": marked("Eye scan"),
    "PT": marked("PET"),
    "PX": marked("Dental X-ray"),
    "RF": marked("Fluoroscopy"),
    "RG": marked("X-ray"),
    "RTDOSE": marked("Radiotherapy plan"),
    "RTPLAN": marked("Radiotherapy plan"),
    "OT": marked("Other picture"),
    "SEG": marked("Segmentation"),
    "SM": marked("Microscopy"),
    "SR": marked("Report"),
    "US": marked("Ultrasound"),
    "XA": marked("Angiography"),
    "XC": marked("Photograph"),
}
"""Modality (0008,0060) → what people call it."""

PARTS = {
    "abdomen": marked("abdomen"),
    "abdomenpelvis": marked("abdomen and pelvis"),
    "adrenal": marked("adrenal gland"),
    "ankle": marked("ankle"),
    "aorta": marked("aorta"),
    "arm": marked("arm"),
    "axilla": marked("armpit"),
    "back": marked("back"),
    "bladder": marked("bladder"),
    "brain": marked("brain"),
    "breast": marked("breast"),
    "bronchus": marked("airways"),
    "buttock": marked("buttock"),
    "calcaneus": marked("heel bone"),
    "calf": marked("calf"),
    "carotid": marked("carotid artery"),
    "cerebellum": marked("cerebellum"),
    "cervix": marked("cervix"),
    "cheek": marked("cheek"),
    "chest": marked("chest"),
    "chestabdomen": marked("chest and abdomen"),
    "chestabdpelvis": marked("chest, abdomen and pelvis"),
    "chestabdomenpelvis": marked("chest, abdomen and pelvis"),
    "clavicle": marked("collarbone"),
    "coccyx": marked("tailbone"),
    "colon": marked("bowel"),
    "cornea": marked("cornea"),
    "coronaryartery": marked("coronary arteries"),
    "cspine": marked("neck spine"),
    "ctspine": marked("neck and chest spine"),
    "duodenum": marked("duodenum"),
    "ear": marked("ear"),
    "elbow": marked("elbow"),
    "esophagus": marked("gullet"),
    "extremity": marked("limb"),
    "eye": marked("eye"),
    "eyelid": marked("eyelid"),
    "face": marked("face"),
    "femur": marked("thigh bone"),
    "finger": marked("finger"),
    "foot": marked("foot"),
    "gallbladder": marked("gallbladder"),
    "hand": marked("hand"),
    "head": marked("head"),
    "headneck": marked("head and neck"),
    "heart": marked("heart"),
    "hip": marked("hip"),
    "humerus": marked("upper arm"),
    "ileum": marked("small bowel"),
    "ilium": marked("pelvic bone"),
    "jaw": marked("jaw"),
    "jejunum": marked("small bowel"),
    "kidney": marked("kidney"),
    "knee": marked("knee"),
    "larynx": marked("larynx"),
    "leg": marked("leg"),
    "liver": marked("liver"),
    "lleg": marked("lower leg"),
    "lowerleg": marked("lower leg"),
    "lspine": marked("lower spine"),
    "lsspine": marked("lower spine"),
    "lumbar": marked("lower spine"),
    "lung": marked("lung"),
    "maxilla": marked("upper jaw"),
    "mediastinum": marked("middle of the chest"),
    "mouth": marked("mouth"),
    "neck": marked("neck"),
    "neckchest": marked("neck and chest"),
    "nose": marked("nose"),
    "orbit": marked("eye socket"),
    "ovary": marked("ovary"),
    "pancreas": marked("pancreas"),
    "parotid": marked("salivary gland"),
    "patella": marked("kneecap"),
    "pelvis": marked("pelvis"),
    "penis": marked("penis"),
    "pharynx": marked("throat"),
    "prostate": marked("prostate"),
    "radius": marked("forearm"),
    "rectum": marked("rectum"),
    "rib": marked("ribs"),
    "scalp": marked("scalp"),
    "scapula": marked("shoulder blade"),
    "sclera": marked("eye"),
    "scrotum": marked("scrotum"),
    "shoulder": marked("shoulder"),
    "sinus": marked("sinuses"),
    "skull": marked("skull"),
    "spine": marked("spine"),
    "spleen": marked("spleen"),
    "sspine": marked("lower spine"),
    "sternum": marked("breastbone"),
    "stomach": marked("stomach"),
    "testis": marked("testicle"),
    "thigh": marked("thigh"),
    "thorax": marked("chest"),
    "thumb": marked("thumb"),
    "thymus": marked("thymus"),
    "thyroid": marked("thyroid"),
    "tibia": marked("shin"),
    "tibiafibula": marked("lower leg"),
    "tlspine": marked("chest and lower spine"),
    "toe": marked("toe"),
    "tongue": marked("tongue"),
    "trachea": marked("windpipe"),
    "tspine": marked("chest spine"),
    "ulna": marked("forearm"),
    "ureter": marked("ureter"),
    "urethra": marked("urethra"),
    "uterus": marked("womb"),
    "vagina": marked("vagina"),
    "vulva": marked("vulva"),
    "wholebody": marked("whole body"),
    "wrist": marked("wrist"),
}
"""Body Part Examined (0018,0015), as the closed list of the wall has it, → what people call it."""

_SIDES = {"L": marked("left %(part)s"), "R": marked("right %(part)s"), "B": marked("%(part)s, both sides")}
_VIEWS = {
    "AP": marked("from the front"),
    "PA": marked("from the back"),
    "LAT": marked("from the side"),
    "LATERAL": marked("from the side"),
    "LL": marked("from the side"),
    "RL": marked("from the side"),
    "CC": marked("from above"),
    "ML": marked("from the side"),
    "LM": marked("from the side"),
    "MLO": marked("at a slant"),
}
_SAID = {
    "abdomen": "abdomen buik abdominal abdominale bauch ventre",
    "axilla": "axilla axillary oksel aisselle achsel axillaire",
    "brain": "brain hersenen hirn gehirn cerveau cerebral",
    "breast": "breast breasts mamma mammae mammo borst borsten brust brüste sein seins mammaire",
    "chest": "chest thorax thoracic borstkas brustkorb",
    "heart": "heart cardiac hart herz coeur cardiaque echocardiography echocardiografie echokardiographie",
    "kidney": "kidney kidneys nier nieren niere rein reins renal",
    "knee": "knee knie genou",
    "liver": "liver lever leber foie hepatic",
    "pelvis": "pelvis pelvic bekken becken bassin pelvien",
    "thyroid": "thyroid schildklier schilddrüse thyroïde thyroide",
}
_WORDS = {word: part for part, words in _SAID.items() for word in words.split()}
"""Words of descriptions, in the wall's four languages → the part of the body that they name."""
_SIDE_WORDS = {
    "L": "left links linker linke linkes gauche li",
    "R": "right rechts rechter rechte rechtes droit droite re",
    "B": "bilateral bilaterale bilatéral beiderseits beidseits beidseitig bds",
}
_SIDE_OF = {word: side for side, words in _SIDE_WORDS.items() for word in words.split()}


def kind(modality: str, language: Language) -> str:
    """What a modality is called; its own code where it has no name."""
    return language.say(KINDS[modality]) if modality in KINDS else modality


def parts(series: FiledSeries) -> list[str]:
    """The parts of the body that a series shows, by the closed list: its header's, else those its descriptions name."""
    if series.body_part:
        return [series.body_part]
    return list(dict.fromkeys(_WORDS[word] for word in _said(series) if word in _WORDS))


def side(series: FiledSeries) -> str | None:
    """Which side it shows: `L`, `R` or `B`."""
    named = {_SIDE_OF[word] for word in _said(series) if word in _SIDE_OF}
    return series.side or ("B" if len(named) > 1 else next(iter(named), None))


def part(name: str, side: str | None, language: Language) -> str:
    """A part of the body with its side."""
    said = language.say(PARTS[name]) if name in PARTS else name
    return language.say(_SIDES[side], part=said) if side in _SIDES else said


def title(study: FiledStudy, language: Language) -> str:
    """The exam in words: "Ultrasound, right breast"."""
    series = [one for one in study.series if one.modality == study.modality] or list(study.series)
    sides: dict[str, set[str]] = {}
    for one in series:
        for name in parts(one):
            sides.setdefault(name, set()).update({side(one) or ""} - {""})
    shown = [part(name, _both(found), language) for name, found in sorted(sides.items())]
    views = {one.view for one in series}
    view = _VIEWS.get(next(iter(views)) or "") if len(views) == 1 else None
    named = [kind(study.modality, language), *([_listed(shown, language)] if shown else [])]
    return ", ".join([*named, *([language.say(view)] if view else [])])


def _both(sides: set[str]) -> str | None:
    return "B" if len(sides) > 1 else next(iter(sides), None)


def _listed(names: Sequence[str], language: Language) -> str:
    """Names as they are said one after another: chest, neck and abdomen."""
    if len(names) == 1:
        return names[0]
    return language.say("%(some)s and %(last)s", some=", ".join(names[:-1]), last=names[-1])


def series_words(series: FiledSeries, language: Language) -> str:
    """What a series shows: "MRI, left breast"."""
    shown = [part(name, side(series), language) for name in parts(series)]
    return ", ".join([kind(series.modality, language), *([_listed(shown, language)] if shown else [])])


def caption(series: FiledSeries, language: Language) -> str:
    """What is written under a series' picture."""
    count = language.count("%(number)s picture", "%(number)s pictures", series.pictures)
    view = f", {language.say(_VIEWS[series.view])}" if series.view in _VIEWS else ""
    titled = language.say("%(series)s: %(title)s", series=_number(series, language), title=series_words(series, language))
    return f"{titled}{view} · {count}"


def alt(series: FiledSeries, date: str | None, language: Language) -> str:
    """A series' picture in words, for who cannot see it."""
    of = language.count("one picture", "one of %(number)s pictures", series.pictures)
    when = [language.short_day(date)] if date else []
    return ", ".join([series_words(series, language), *when, _number(series, language), of])


def _number(series: FiledSeries, language: Language) -> str:
    return language.say("Series") if series.number is None else language.say("Series %(number)s", number=series.number)


_SMALL = frozenset(
    "a an and at by de den der des du et for from für in la le les met mit of on op the to und van von with".split()
)


_GENERIC = frozenset(
    "series serie serien série séries study studie étude exam examen image images bild bilder beelden scan scans".split()
)
"""Words that say nothing of an exam where they are all that is left."""


def descriptions(series: Iterable[FiledSeries]) -> tuple[str, ...]:
    """What the wall kept of descriptions, each once; small words at an end belonged to what it dropped."""
    said: dict[str, None] = {}
    for described in (part for each in series for part in each.words.split(" · ")):
        words = described.split()
        while words and words[-1].casefold() in _SMALL:
            words.pop()
        while words and words[0].casefold() in _SMALL:
            words.pop(0)
        if any(word.casefold().strip(".:#") not in _GENERIC and not word.isdigit() for word in words):
            said.setdefault(" ".join(words))
    return tuple(said)


def _said(series: FiledSeries) -> Iterable[str]:
    return re.findall(r"[^\W\d_]+", series.words.casefold())
