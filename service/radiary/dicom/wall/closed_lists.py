"""Closed lists: a word from a header reaches a path, a page or the ledger only when it stands here."""

from typing import Any

MODALITIES = frozenset(
    "ANN AR ASMT AU BDUS BI BMD CFM CR CT CTPROTOCOL DG DMS DOC DX ECG EEG EMG EOG EPS ES FA FID GM HC HD IO IOL IVOCT IVUS"
    " KER KO LEN LS M3D MG MR NM OAM OCT OP OPM OPT OPTBSV OPTENF OPV OSS OT PA PLAN POS PR PT PX REG RESP RF RG RTDOSE"
    " RTIMAGE RTINTENT RTPLAN RTRAD RTRECORD RTSEGANN RTSTRUCT RWV SEG SM SMR SR SRF STAIN TEXTUREMAP TG US VA VIDD XA"
    " XC XAPROTOCOL".split()
)
"""Defined terms of Modality (0008,0060), PS3.3 C.7.3.1.1.1, retired ones of real archives left out."""

BODY_PARTS = frozenset(
    "ABDOMEN ABDOMENPELVIS ADRENAL ANKLE AORTA ARM AXILLA BACK BLADDER BRAIN BREAST BRONCHUS BUTTOCK CALCANEUS CALF CAROTID"
    " CEREBELLUM CERVIX CHEEK CHEST CHESTABDOMEN CHESTABDPELVIS CHESTABDOMENPELVIS CLAVICLE COCCYX COLON CORNEA CORONARYARTERY"
    " CSPINE CTSPINE DUODENUM EAR ELBOW ESOPHAGUS EXTREMITY EYE EYELID FACE FEMUR FINGER FOOT GALLBLADDER HAND HEAD HEADNECK"
    " HEART HIP HUMERUS ILEUM ILIUM JAW JEJUNUM KIDNEY KNEE LARYNX LEG LIVER LLEG LOWERLEG LSPINE LSSPINE LUMBAR LUNG MAXILLA"
    " MEDIASTINUM MOUTH NECK NECKCHEST NOSE ORBIT OVARY PANCREAS PAROTID PATELLA PELVIS PENIS PHARYNX PROSTATE RADIUS RECTUM"
    " RIB SCALP SCAPULA SCLERA SCROTUM SHOULDER SINUS SKULL SPINE SPLEEN SSPINE STERNUM STOMACH TESTIS THIGH THORAX THUMB THYMUS"
    " THYROID TIBIA TIBIAFIBULA TLSPINE TOE TONGUE TRACHEA TSPINE ULNA URETER URETHRA UTERUS VAGINA VULVA WHOLEBODY WRIST".split()
)
"""Defined terms of Body Part Examined (0018,0015), PS3.16 Annex L, with the joined forms that scanners write."""


_STORAGE = "1.2.840.10008.5.1.4.1.1."
_OF_CLASSES = {
    "CR": ("1",),
    "CT": ("2", "2.1", "2.2"),
    "DX": ("1.1", "1.1.1"),
    "ES": ("77.1.1", "77.1.1.1"),
    "GM": ("77.1.2", "77.1.2.1"),
    "IO": ("1.3", "1.3.1"),
    "MG": ("1.2", "1.2.1", "13.1.3"),
    "MR": ("4", "4.1", "4.3", "4.4"),
    "NM": ("5", "20"),
    "OP": ("77.1.5.1", "77.1.5.2"),
    "OPT": ("77.1.5.4",),
    "PT": ("128", "128.1", "130"),
    "RF": ("12.2", "12.2.1"),
    "RTIMAGE": ("481.1",),
    "SM": ("77.1.3", "77.1.6"),
    "US": ("3", "3.1", "6", "6.1", "6.2"),
    "XA": ("12.1", "12.1.1", "13.1.1"),
    "XC": ("77.1.4", "77.1.4.1"),
}
"""Modality → the ends of SOP Class UIDs that no other modality writes (PS3.4 B.5)."""
_BY_CLASS = {_STORAGE + end: word for word, ends in _OF_CLASSES.items() for end in ends}


def modality(value: Any, sop_class: str = "") -> str:
    """The Modality; where that is absent or no word of the standard, what its SOP Class is for, else `OT`."""
    word = str(value or "").strip().upper()
    return word if word in MODALITIES else _BY_CLASS.get(sop_class, "OT")


def body_part(value: Any) -> str | None:
    """The body part in lower case, or None for a word that is none."""
    word = "".join(character for character in str(value or "").upper() if character.isalnum())
    return word.lower() if word in BODY_PARTS else None


SIDES = frozenset("BLR")
"""Laterality (0020,0060) and Image Laterality (0020,0062) of paired parts; `U`, unpaired, says nothing."""

VIEWS = frozenset("AP CC LAT LATERAL LL LLD LLO LM LMO ML MLO PA RL RLD RLO RM XCC XCCL XCCM".split())
"""Defined terms of View Position (0018,5101), and those that mammographs write."""


def side(value: Any) -> str | None:
    """Which side a value names, or None."""
    word = str(value or "").strip().upper()
    return word if word in SIDES else None


def view(value: Any) -> str | None:
    """The view, or None for a word that is none."""
    word = str(value or "").strip().upper()
    return word if word in VIEWS else None
