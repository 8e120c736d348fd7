"""Guards of what copies say about themselves, and of what is asked once; see `guards.py`."""

from guard import Guard

_LABELS = "dicom/wall/test_labels.py::"
_MAY_SHOW = _LABELS + "test_slices_that_may_show_a_face_by_what_they_say_and_how_they_lie"
_NOTHING = _LABELS + "test_other_pictures_say_nothing_of_faces"

LABELS = (
    Guard(
        "a held copy does not say that the identity is removed",
        "dicom/wall/labels.py",
        "    if hold:\n        held(clean)\n",
        "",
        (_LABELS + "test_only_of_pixels_that_are_clean_the_identity_is_said_to_be_removed",),
    ),
    Guard(
        "what is withheld does not say that the identity is removed",
        "dicom/wall/deidentify.py",
        "    labels.held(clean.dataset)\n",
        "",
        (_LABELS + "test_only_of_pixels_that_are_clean_the_identity_is_said_to_be_removed",),
    ),
    Guard(
        "a class that demands it says whether text is burned in",
        "dicom/wall/labels.py",
        " or is_demanded:",
        ":",
        (_LABELS + "test_a_class_that_demands_it_says_whether_text_is_burned_in",),
    ),
    Guard(
        "a head is known by descriptions",
        "dicom/wall/faces.py",
        "    if _WORDS.search(written):\n        return True\n",
        "",
        (_MAY_SHOW,),
    ),
    Guard("other parts are known by descriptions", "dicom/wall/faces.py", "if _OTHERS.search(written)", "if False", (_NOTHING,)),
    Guard(
        "a PET that says nothing may be of the whole body",
        "dicom/wall/faces.py",
        'modality == "PT" or _lies',
        "_lies",
        (_MAY_SHOW,),
    ),
    Guard("a slice that lies like a head is one", "dicom/wall/faces.py", " or _lies_like_a_head(received)", "", (_MAY_SHOW,)),
    Guard(
        "feet first, no head is scanned",
        "dicom/wall/faces.py",
        '.startswith("FF"):',
        '.startswith("??"):',
        (_NOTHING,),
    ),
    Guard("what is larger than a head is none", "dicom/wall/faces.py", " <= field <= _FIELD[1]", " <= field", (_NOTHING,)),
)
