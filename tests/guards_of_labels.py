"""Guards of what copies say about themselves, and of what is asked once; see `guards.py`."""

from guard import Guard

_LABELS = "dicom/wall/test_labels.py::"
_MAY_SHOW = _LABELS + "test_slices_that_may_show_a_face_by_what_they_say_and_how_they_lie"
_GATE = "chronicle/test_identity_gate.py::"
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
        "an item that lost all it said does not stay",
        "dicom/wall/element_rules.py",
        "        if tag in attributes.SAYING:\n",
        "        if False:\n",
        ("dicom/wall/test_element_rules.py::test_what_is_left_of_an_item_says_a_whole_thing_or_nothing",),
    ),
    Guard(
        "a kind of what is gone goes, too",
        "dicom/wall/element_rules.py",
        "            if kind in clean and said not in clean:\n",
        "            if False:\n",
        ("dicom/wall/test_element_rules.py::test_what_is_left_of_an_item_says_a_whole_thing_or_nothing",),
    ),
    Guard(
        "what some object must have may be empty",
        "dicom/wall/element_rules.py",
        "if safe or tag in attributes.EMPTIED else None",
        "if safe else None",
        ("dicom/wall/test_element_rules.py::test_what_some_objects_must_have_stays_with_nothing_or_a_dummy_in_it",),
    ),
    Guard(
        "a parametric map of which nothing is said may show features",
        "dicom/wall/labels.py",
        '"NO" if header.value(received, 0x00280302) == "NO" else "YES"',
        '"NO"',
        ("dicom/wall/test_labels.py::test_a_parametric_map_says_whether_features_can_be_recognized",),
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
        "_WORDS.search(written) is not None",
        "False",
        (_MAY_SHOW,),
    ),
    Guard(
        "other parts are known by descriptions",
        "dicom/wall/faces.py",
        "_OTHERS.search(written) is not None",
        "False",
        (_NOTHING,),
    ),
    Guard(
        "a series names a head whatever its protocol's part is",
        "dicom/wall/faces.py",
        " or _named(texts[1:]) == (True, False)",
        "",
        (_MAY_SHOW,),
    ),
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
    Guard(
        "physicians are searched for",
        "chronicle/identity_gate.py",
        "    said |= {word for word in named if word.encode() not in lower}\n",
        "",
        (_GATE + "test_a_physicians_name_stops_the_page_where_it_stands_as_one",),
    ),
    Guard(
        "even ground in a picture is nobody's name",
        "chronicle/identity_gate.py",
        " and len(set(form) - {0}) >= _VARIED}",
        "}",
        (_GATE + "test_a_name_of_one_letter_over_and_over_is_looked_for_in_words_and_not_in_even_ground",),
    ),
    Guard(
        "an ordinary word that is a physician's name stops nothing",
        "chronicle/identity_gate.py",
        " if word not in usual}\n    said",
        "}\n    said",
        (_GATE + "test_ordinary_words_that_are_physicians_names_stop_nothing",),
    ),
    Guard(
        "short names are searched for where they stand as names",
        "chronicle/identity_gate.py",
        " or self._names_somebody(rest)",
        "",
        (_GATE + "test_a_short_name_of_the_patient_stops_the_page_where_it_stands_as_one",),
    ),
    Guard(
        "two ordinary words are no name",
        "chronicle/identity_gate.py",
        "if not usual.issuperset(pair) and pair[0] not in _TITLES",
        "if pair[0] not in _TITLES",
        (_GATE + "test_ordinary_words_that_are_physicians_names_stop_nothing",),
    ),
    Guard(
        "the gate hears of physicians",
        "chronicle/folder.py",
        "dates.encode(), others, spoken",
        "dates.encode(), (), spoken",
        ("chronicle/test_folder.py::test_a_physician_of_a_received_header_is_not_shown",),
    ),
    Guard(
        "physicians of received headers are remembered",
        "ingest/pipeline.py",
        "    bench.people.hear_of(name for",
        "    list(name for",
        ("ingest/test_pipeline.py::test_physicians_are_remembered_for_the_gate",),
    ),
)
