"""Guards of names that stand among the words of a description; see `guards.py`."""

from guard import Guard

_LONG = "dicom/wall/test_long_texts.py::test_a_text_that_is_four_times_as_long_takes_about_four_times_as_long"
_AMONG = "dicom/wall/test_names_among_words.py::"

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
    Guard(
        "what stands behind a role is a name",
        "dicom/wall/descriptions.py",
        "roles.without_names(text[:LONGEST].translate(_DASHES), _UNSAFE)",
        "text[:LONGEST].translate(_DASHES)",
        (_AMONG + "test_what_stands_behind_a_role_is_a_name_up_to_the_end_of_the_phrase",),
    ),
    Guard(
        "a role that is an everyday word, too, takes no word of an examination",
        "dicom/wall/roles.py",
        '(match["doing"] or match["colon"] or _is_plainly_name(text, match))',
        "True",
        (_AMONG + "test_a_role_with_no_name_behind_it_takes_nothing",),
    ),
    Guard(
        "behind a role no more than a name is lost",
        "dicom/wall/roles.py",
        "(None if _is_listed(name[0]) else _APART.match(text, place))",
        "_APART.match(text, place)",
        (_AMONG + "test_what_stands_behind_a_role_is_a_name_up_to_the_end_of_the_phrase",),
    ),
    Guard(
        "a part of the body beside a first name is a family name",
        "dicom/wall/descriptions.py",
        "    yield from everyday_parts.spans(text, is_listed)\n",
        "",
        (_AMONG + "test_a_part_of_the_body_beside_a_first_name_is_a_family_name",),
    ),
    Guard(
        "a part of the body before somebody's whole name stays",
        "dicom/wall/everyday_parts.py",
        " and not is_anothers\n",
        "\n",
        (_AMONG + "test_a_part_of_the_body_beside_a_first_name_is_a_family_name",),
    ),
    Guard(
        "what is done by way of a part of the body is done by nobody of that name",
        "dicom/wall/everyday_parts.py",
        "(?-i:by|par)(?=\\s+[A-ZÀ-Þ][a-zß-ÿ])",
        "by|par",
        (_AMONG + "test_a_part_of_the_body_among_words_of_an_examination_stays",),
    ),
    Guard(
        "a part of the body beside initials is a family name",
        "dicom/wall/descriptions.py",
        "    yield from initials.spans(text)\n",
        "",
        (_AMONG + "test_an_initial_goes_with_its_name",),
    ),
    Guard(
        "a letter before a name is no side",
        "dicom/wall/description_words.py",
        'return "" if is_initial else "side"',
        'return "side"',
        (_AMONG + "test_an_initial_goes_with_its_name",),
    ),
    Guard(
        "a long German word behind a side is no name",
        "dicom/wall/initials.py",
        'len(behind["name"]) <= _LONGEST and ',
        "",
        (_AMONG + "test_a_side_before_a_word_that_is_too_long_for_a_name_stays",),
    ),
    Guard(
        "a side before an unknown finding stays",
        "dicom/wall/initials.py",
        ' or nobodys_words.are_findings(behind["name"])',
        "",
        (_AMONG + "test_a_side_before_an_unknown_finding_stays",),
    ),
    Guard(
        "a part of the body before an unknown finding stays",
        "dicom/wall/everyday_parts.py",
        " and not nobodys_words.are_findings(word)",
        "",
        (_AMONG + "test_a_part_of_the_body_among_words_of_an_examination_stays",),
    ),
    Guard(
        "a part of the body behind any role with a colon is a name",
        "dicom/wall/everyday_parts.py",
        "    for match in _LABELLED.finditer(text):",
        "    for match in ():",
        (_AMONG + "test_what_stands_behind_a_role_is_a_name_up_to_the_end_of_the_phrase",),
    ),
    Guard(
        "a part of the body behind the name of a kind of parts stays",
        "dicom/wall/everyday_parts.py",
        " and label not in _LABELS",
        "",
        (_AMONG + "test_a_part_of_the_body_among_words_of_an_examination_stays",),
    ),
    Guard(
        "a small word before a name goes with it",
        "dicom/wall/descriptions.py",
        "    sure = _without_lost_ends(sure)\n",
        "",
        (_AMONG + "test_the_same_letters_and_words_in_a_name_go",),
    ),
    Guard(
        "P is a view in the names of radiographs alone",
        "dicom/wall/abbreviations.py",
        " and _RADIOGRAPH.match(text) is not None",
        "",
        (_AMONG + "test_the_same_letters_and_words_in_a_name_go",),
    ),
    Guard(
        "DR beside another modality is a doctor",
        "dicom/wall/titles.py",
        " or _is_among_others(text, match):",
        ":",
        (_AMONG + "test_what_stands_behind_a_role_is_a_name_up_to_the_end_of_the_phrase",),
    ),
    Guard(
        "a doctor may be called in small letters behind a title that begins with a capital one",
        "dicom/wall/titles.py",
        "(?-i:[Dd]r|",
        "(?-i:dr|",
        (_AMONG + "test_what_stands_behind_a_role_is_a_name_up_to_the_end_of_the_phrase",),
    ),
)
