"""Guards of what descriptions, coded strings and names of machines say when they leave; see `guards.py`."""

from guard import Guard

_NEGATIONS, _MEANT = "dicom/wall/test_negations.py::", "dicom/wall/test_what_is_meant.py::"

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
        "raised figures and fractions of a name read in another character set are no numbers",
        "dicom/wall/descriptions.py",
        "is_garbled or ",
        "",
        ("dicom/wall/test_descriptions.py::test_nothing_stays_of_a_name_in_utf_8_that_is_read_in_another_character_set",),
    ),
    Guard(
        "an abbreviation that denies is one word",
        "dicom/wall/descriptions.py",
        "{negations.SIGNS}|",
        "",
        (_NEGATIONS + "test_a_denial_of_safe_words_stays_as_it_is",),
    ),
    Guard(
        "by mouth is not without",
        "dicom/wall/descriptions.py",
        "|p\\.\\s?o\\.?(?=\\s?{negations.CONTRAST})",
        "",
        (_NEGATIONS + "test_a_denial_keeps_what_it_denies_when_other_words_are_dropped",),
    ),
    Guard(
        "an N behind a colon is a denial",
        "dicom/wall/negations.py",
        'r":\\s?n(?!\\w)|" + ',
        "",
        (_NEGATIONS + "test_what_would_lose_a_denial_or_deny_something_else_is_dropped_whole",),
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
    Guard(
        "a term stays where it is one",
        "dicom/wall/defined_terms.py",
        "_table().get(tag)",
        "frozenset().union(*_table().values())",
        (_MEANT + "test_a_term_of_another_attribute_is_no_term",),
    ),
    Guard(
        "a makers name stands only where makers do",
        "dicom/wall/word_lists.py",
        '    return _listed("safe_words.txt")\n',
        '    return _listed("safe_words.txt") | _listed("makers.txt")\n',
        (_MEANT + "test_a_makers_name_that_is_a_persons_stands_only_where_makers_do",),
    ),
    Guard(
        "a machine's name holds no long number",
        "dicom/wall/descriptions.py",
        "max(runs, default=0) < _DIGITS",
        "runs",
        (_MEANT + "test_what_is_no_machine_goes",),
    ),
    Guard(
        "words are no measured fractions",
        "dicom/wall/bulk_data.py",
        " or _LETTERS.search(content)",
        "",
        (_MEANT + "test_words_are_no_measured_fractions",),
    ),
    Guard(
        "own words are no measured fractions",
        "dicom/wall/bulk_data.py",
        " and not any(len(word) > _SHORTEST and word.encode() in lower for word in own.words)",
        "",
        (_MEANT + "test_words_are_no_measured_fractions",),
    ),
    Guard(
        "a measured fraction is plausible",
        "dicom/wall/bulk_data.py",
        "return is_plausible and ",
        "return ",
        (_MEANT + "test_words_are_no_measured_fractions",),
    ),
    Guard(
        "size and weight are rounded",
        "dicom/wall/element_rules.py",
        "            return _rounded(element)\n",
        "            return element\n",
        (_MEANT + "test_size_and_weight_stay_alone_and_rounded_where_their_owner_wants_them",),
    ),
    Guard(
        "no name is spelt by the letters of a term",
        "dicom/wall/descriptions.py",
        " and sum(len(word) == 1 for word in words) <= _SINGLE",
        "",
        ("dicom/wall/test_spelt_names.py",),
    ),
)
