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


def modality(value: Any) -> str:
    """The Modality, or `OT` for a word that is none."""
    word = str(value or "").strip().upper()
    return word if word in MODALITIES else "OT"


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
