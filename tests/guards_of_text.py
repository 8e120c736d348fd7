"""Guards of the search for text in pictures: in any direction, any frame, any slice, any window; see `guards.py`."""

from guard import Guard

_READER, _SEARCH = "dicom/text/test_reader.py::", "ingest/test_text_search.py::"

TEXT = (
    Guard(
        "faint letters are looked at with their contrast raised",
        "dicom/text/enhancing.py",
        "_GAIN = 3\n",
        "_GAIN = 0\n",
        (_READER + "test_a_name_in_any_direction_is_blanked_or_leaves_a_doubt",),
    ),
    Guard(
        "what looks like text and cannot be read leaves a doubt",
        "dicom/text/judging.py",
        "return Verdict.UNREADABLE if is_shaped else Verdict.NOTHING",
        "return Verdict.NOTHING",
        (_READER + "test_letters_that_cannot_be_read_are_blanked_on_an_even_ground_and_else_leave_a_doubt",),
    ),
    Guard(
        "two round organs are no text",
        "dicom/text/judging.py",
        " or (0 < len(words) < _READ and length < _PAIR * high)",
        "",
        (_READER + "test_two_round_letters_are_no_text",),
    ),
    Guard(
        "a marker in one view is no text in another",
        "dicom/text/judging.py",
        "and not any(_is_same(box, marker) for marker in markers)",
        "",
        (_READER + "test_sides_and_views_may_stay",),
    ),
    Guard(
        "letters one below another are a word",
        "dicom/text/shapes.py",
        "            if len(row) >= _NEIGHBOURS:\n",
        "            if len(row) >= 99:\n",
        ("dicom/text/test_shapes.py::test_letters_in_a_row_or_a_column_are_a_word",),
    ),
    Guard(
        "letters in grain are found by their exact grey",
        "dicom/text/reader.py",
        "    for layer in inks.layers(frame):\n",
        "    for layer in inks.layers(frame)[:0]:\n",
        (_READER + "test_letters_in_grain_of_their_own_strength_are_found_by_their_exact_grey",),
    ),
    Guard(
        "a surface is no ink",
        "dicom/text/inks.py",
        " & (counts <= _LARGEST * counts.sum())",
        "",
        ("dicom/text/test_inks.py::test_a_surface_is_no_ink",),
    ),
    Guard(
        "a slice with something new in it is read",
        "ingest/text_search.py",
        "[index for index in ordered if placed[index].suspects]",
        "[index for index in ordered if False]",
        (_SEARCH + "test_a_name_in_any_slice_of_a_series_is_found_in_the_window_or_outside_of_it",),
    ),
    Guard(
        "what is new in a slice is one word",
        "ingest/text_search.py",
        "replace(sighting, boxes=tuple(parts)) if sighting.boxes else sighting",
        "sighting",
        (_SEARCH + "test_all_that_is_new_in_a_slice_is_blanked_where_a_part_of_it_is_read",),
    ),
    Guard(
        "slices of a series are compared with each other",
        "ingest/member.py",
        "            if boxes:\n",
        "            if False:\n",
        (_SEARCH + "test_a_name_in_any_slice_of_a_series_is_found_in_the_window_or_outside_of_it",),
    ),
    Guard(
        "anatomy that moves from slice to slice is nothing new",
        "dicom/text/slices.py",
        "        for shift in (1, 2):\n",
        "        for shift in ():\n",
        ("dicom/text/test_slices.py::test_slices_that_go_on_from_one_to_the_next_are_not_suspected",),
    ),
    Guard(
        "a frame with strokes of its own is searched",
        "dicom/text/clips.py",
        "if most[place] >= _MORE:",
        "if False:",
        ("dicom/text/test_clips.py::test_a_frame_with_a_word_of_its_own_is_searched",),
    ),
    Guard(
        "a copy's values beyond the window are looked at",
        "ingest/text_search.py",
        "    if copy is not None and len(groups[0]) == 1:\n",
        "    if copy is not None and len(groups[0]) == 0:\n",
        (_SEARCH + "test_a_name_in_what_an_x_rays_window_shows_white_is_blanked_in_the_copy",),
    ),
    Guard(
        "grain is no reason to enlarge a picture",
        "dicom/text/strokes.py",
        "letters.grain * slopes.grain(across)",
        "0 * slopes.grain(across)",
        ("dicom/text/test_strokes.py::test_grain_has_no_strokes_of_small_letters_but_a_word_in_it_has",),
    ),
    Guard(
        "small letters are looked at with room around them",
        "dicom/text/strokes.py",
        "down=28, grain=4, around=6)",
        "down=28, grain=4, around=1)",
        ("dicom/text/test_strokes.py::test_grain_has_no_strokes_of_small_letters_but_a_word_in_it_has",),
    ),
    Guard(
        "edges beside each other are no small letters",
        "dicom/text/strokes.py",
        " if letters.down else dense",
        " if False else dense",
        ("dicom/text/test_strokes.py::test_straight_edges_beside_each_other_are_no_strokes_of_small_letters",),
    ),
    Guard(
        "large letters in one exact grey leave a doubt, though they read as two others",
        "dicom/text/judging.py",
        "_looks(picture, line) >= _PLAIN:",
        "_looks(picture, line) >= 9:",
        ("dicom/text/test_judging.py::test_two_tall_letters_of_one_exact_grey_leave_a_doubt_and_two_round_organs_do_not",),
    ),
)
