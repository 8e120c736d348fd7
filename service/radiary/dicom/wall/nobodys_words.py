"""Words that are nobody's name: listed ones stay where a name may stand, such as behind a physician's."""

from radiary.dicom.wall import word_lists
from radiary.dicom.wall.word_lists import folded

_LONG = 9
"""Letters from on which a listed word is hardly anybody's name, but for `_NAMES_TOO`: of 4,300 such words, and 108,000 family
names of all the world, no other one is both."""
_NAMES_TOO = frozenset("ellenbogen gallenstein sartorius shoulders".split())
_SHORTER = frozenset(
    "ct cct cta cbct hrct angioct mr mri mrt mra mrcp irm rm tdm rx xr cr dx dr mg us pet spect nm xa rf dsa dexa ecg ekg echo"
    " kub opg hws bws lws abdomen thorax chest pelvis cranium femur tibia fibula humerus ulna clavicle scapula sternum sacrum"
    " aorta carotid carotis pancreas prostate prostaat prostata thyroid uterus cerebral thoracic cervical lumbar axial coronal"
    " sagittal contrast elbow wrist ankle spine rontgen"
    " hersenen bovenarm onderarm bovenbeen elleboog schouder longen wervels nieren"
    " rachis genou hanche epaule coude poumons lombaire scanner face profil"
    " unterarm oberarm gehirn".split()
)


_ENDINGS = tuple(
    "itis arthrose artrose nekrose necrose sklerose sclerose stenose thrombose trombose arthrite graphie grafie gramm gram skopie"
    " scopie tomie tomy plastie plastik plasty pathie pathy algie logie odem oedem oedeem angiom angiome angioom karzinom"
    " carcinom carcinome carcinoom sarkom sarcome sarcoom lymphom lymphome lymfoom metastase metastasen fraktur fractuur".split()
)
"""What findings and procedures end in, and no first name does."""


def are_findings(word: str) -> bool:
    """Whether a word ends as those of findings and procedures do, listed or not."""
    return folded(word).endswith(_ENDINGS)


def are_one_of(word: str) -> bool:
    """Whether a word is one of them, in any case and with or without accents."""
    token = folded(word)
    is_long = len(token) >= _LONG and token in word_lists.safe() and token not in _NAMES_TOO
    return is_long or token in _SHORTER
