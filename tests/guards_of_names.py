"""Guards of names that stand among the words of a description; see `guards.py`."""

from guard import Guard

_LONG = "dicom/wall/test_long_texts.py::test_a_text_that_is_four_times_as_long_takes_about_four_times_as_long"

NAMES = (
    Guard(
        "a part before a letter is looked for nearby",
        "dicom/wall/sides.py",
        "_BEFORE.search(text, max(0, place - _NEAR), place)",
        "_BEFORE.search(text[:place])",
        (_LONG + "[knie L ]",),
    ),
    Guard(
        "whether a side stands in a text in words is asked once",
        "dicom/wall/sides.py",
        "@lru_cache(8)\n",
        "",
        (_LONG + "[knie L ]",),
    ),
    Guard(
        "titles in a row are looked at up to a number",
        "dicom/wall/titles.py",
        "(?:{_TITLE}{_APART}){{1,6}})",
        "(?:{_TITLE}{_APART})+)",
        (_LONG + "[dr ]",),
    ),
)
