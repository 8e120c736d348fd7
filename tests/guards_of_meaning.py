"""Guards of what descriptions, coded strings and names of machines say when they leave; see `guards.py`."""

from guard import Guard

_NEGATIONS = "dicom/wall/test_negations.py::"

MEANING = (
    Guard(
        "no description loses a denial or what it denies",
        "dicom/wall/descriptions.py",
        "None if is_turned else ",
        "",
        (_NEGATIONS + "test_what_would_lose_a_denial_or_deny_something_else_is_dropped_whole",),
    ),
    Guard(
        "a denial has to keep its next word",
        "dicom/wall/negations.py",
        "[place, *behind, *(",
        "[place, *(",
        (_NEGATIONS + "test_what_would_lose_a_denial_or_deny_something_else_is_dropped_whole",),
    ),
    Guard(
        "a denial behind a word has to keep that word",
        "dicom/wall/negations.py",
        "if is_after or not behind else",
        "if not behind else",
        (_NEGATIONS + "test_what_would_lose_a_denial_or_deny_something_else_is_dropped_whole",),
    ),
    Guard(
        "an abbreviation that denies is one word",
        "dicom/wall/descriptions.py",
        "{negations.SIGNS}|",
        "",
        (_NEGATIONS + "test_a_denial_of_safe_words_stays_as_it_is",),
    ),
    Guard(
        "a long dash before a word is a minus",
        "dicom/wall/descriptions.py",
        ".translate(_DASHES)",
        "",
        (_NEGATIONS + "test_a_denial_keeps_what_it_denies_when_other_words_are_dropped",),
    ),
    Guard(
        "a number that is dropped may be what was denied",
        "dicom/wall/descriptions.py",
        'r"\\S*\\d\\S*", _UNSAFE, written',
        'r"\\S*\\d\\S*", "", written',
        (_NEGATIONS + "test_what_is_denied_may_be_an_own_number_in_parts",),
    ),
    Guard(
        "a denial that is glued to a word is one",
        "dicom/wall/negations.py",
        "is_sign(token) or _is_glued(token)",
        "is_sign(token)",
        (_NEGATIONS + "test_what_would_lose_a_denial_or_deny_something_else_is_dropped_whole",),
    ),
)
