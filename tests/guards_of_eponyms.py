"""Guards of terms that are called after somebody, and of what points to people; see `guards.py`."""

from guard import Guard

_EPONYMS = "dicom/wall/test_eponyms.py::"
_AMONG = "dicom/wall/test_names_among_words.py::"

EPONYMS = (
    Guard(
        "what is called after somebody is one word of a description",
        "dicom/wall/description_words.py",
        "{eponyms.FORMS}|",
        "",
        (_EPONYMS + "test_what_is_called_after_somebody_keeps_its_name",),
    ),
    Guard(
        "M. is Morbus before few names alone",
        "dicom/wall/eponyms.py",
        '_MORBUS = "bechterew|',
        '_MORBUS = "turner|bechterew|',
        (_EPONYMS + "test_a_name_without_what_makes_a_term_of_it_goes",),
    ),
    Guard(
        "behind Mr stands no disease",
        "dicom/wall/eponyms.py",
        r"(?<!Mr\s)",
        "",
        (_EPONYMS + "test_a_name_without_what_makes_a_term_of_it_goes",),
    ),
    Guard(
        "a term of two names is no double name",
        "dicom/wall/written_names.py",
        " and not eponyms.are_at(text, match.start())",
        "",
        (_EPONYMS + "test_what_is_called_after_somebody_keeps_its_name",),
    ),
    Guard(
        "a part of the body behind a side is a name where it is written as one",
        "dicom/wall/initials.py",
        "    for match in _BEHIND_SIDE.finditer(text):",
        "    for match in ():",
        (_AMONG + "test_an_initial_goes_with_its_name",),
    ),
    Guard(
        "a part of the body before another side stays",
        "dicom/wall/initials.py",
        r"(?![^\W_]|\s+[LRDG](?![^\W_]))",
        r"(?![^\W_])",
        (_AMONG + "test_a_letter_that_is_nobodys_stays",),
    ),
    Guard(
        "a description that begins with a part and an initial begins with a name",
        "dicom/wall/initials.py",
        "    if first and everyday_parts",
        "    if False and everyday_parts",
        (_AMONG + "test_an_initial_goes_with_its_name",),
    ),
    Guard(
        "a title is no name behind a side",
        "dicom/wall/initials.py",
        r"(?!(?:Dr|Prof|Mevr|Mw|Dhr|Mme|Frau|Herr)(?![^\W_]))",
        "",
        (_AMONG + "test_the_same_letters_and_words_in_a_name_go",),
    ),
    Guard(
        "in square brackets behind an examination stands a name",
        "dicom/wall/everyday_parts.py",
        "(*_BY.finditer(text), *_BRACKETED.finditer(text, examination.end() - 1 if examination else len(text)))",
        "_BY.finditer(text)",
        (_AMONG + "test_what_stands_behind_a_role_is_a_name_up_to_the_end_of_the_phrase",),
    ),
    Guard(
        "a patient in small letters is called so at the end of a phrase",
        "dicom/wall/roles.py",
        "_SMALL.match(text, role.start()) is not None or ",
        "",
        (_AMONG + "test_what_stands_behind_a_role_is_a_name_up_to_the_end_of_the_phrase",),
    ),
    Guard(
        "words that point to somebody go with the name",
        "dicom/wall/descriptions.py",
        "word[0] in _POINTING",
        "False",
        (_AMONG + "test_the_same_letters_and_words_in_a_name_go",),
    ),
    Guard(
        "cc behind a number is a measure",
        "dicom/wall/descriptions.py",
        ' and before[1] != "number"',
        "",
        (_AMONG + "test_the_same_letters_and_words_in_a_name_go",),
    ),
    Guard(
        "a day of birth with a short year and no naughts goes",
        "dicom/wall/telling_numbers.py",
        "    for match in _SHORT_DATE.finditer(text):",
        "    for match in ():",
        ("dicom/wall/test_telling_numbers.py::test_a_telling_number_goes",),
    ),
    Guard(
        "a great age before or behind a sex and a stroke goes",
        "dicom/wall/telling_numbers.py",
        r"(?:[fmv]/{_OLD}|{_OLD}/[fmv])",
        r"(?:[fmv]/{_OLD}x)",
        ("dicom/wall/test_telling_numbers.py::test_a_telling_number_goes",),
    ),
    Guard(
        "an own number goes where four bytes have rounded it, too",
        "dicom/wall/element_rules.py",
        ' or (vr == "FL" and self.words.are_rounded(number))',
        "",
        ("dicom/wall/test_element_rules.py::test_an_own_number_that_four_bytes_have_rounded_goes",),
    ),
    Guard(
        "a rate is no volume",
        "dicom/wall/description_words.py",
        "{_RATES}|",
        "",
        ("dicom/wall/test_what_is_meant.py::test_agents_and_their_strengths_stay",),
    ),
    Guard(
        "a b-value stays with the number of its direction",
        "dicom/wall/telling_numbers.py",
        "(_TIMES, _STRENGTH, _ENCODED)",
        "(_TIMES, _STRENGTH)",
        ("dicom/wall/test_telling_numbers.py::test_any_other_number_stays",),
    ),
    Guard(
        "a sign for a fracture stays where one is denied",
        "dicom/wall/terms.py",
        r"|\#|",
        "|",
        (_AMONG + "test_the_same_letters_and_words_in_a_name_go",),
    ),
    Guard(
        "a denial of signs goes with what they are of",
        "dicom/wall/negations.py",
        '        rf"{_NO_SIGN}(?!\\w)",\n',
        "",
        ("dicom/wall/test_negations.py::test_what_would_lose_a_denial_or_deny_something_else_is_dropped_whole",),
    ),
)
