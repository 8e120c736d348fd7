"""Guards of parts of papers that are shown as pictures: searched first, and gone when they are taken back; see `guards.py`."""

from guard import Guard

_CUT, _NAMED = "commands/test_cut_papers.py::", "chronicle/test_named_on_cuttings.py::"
_OTHERS = "chronicle/test_others_on_cuttings.py::"

CUTTINGS = (
    Guard(
        "a part that names somebody known is not taken",
        "ingest/cuttings.py",
        "    if trouble := _trouble((*found.read, *found.lines), people, numbers, policy):\n        raise Mistaken(trouble)\n",
        "",
        (_CUT + "test_what_names_her_is_not_shown",),
    ),
    Guard(
        "a part of a scan is read before it is shown",
        "ingest/cuttings.py",
        "*blanking.texts(seen, place)",
        "",
        (_CUT + "test_what_names_her_is_not_shown",),
    ),
    Guard(
        "no date is shown where dates are not told",
        "ingest/cuttings.py",
        '_DATED if policy.dates != "keep" and dates.are_in(lines) else None',
        "None",
        (_CUT + "test_a_date_is_not_shown_where_dates_are_not_told",),
    ),
    Guard(
        "a part is searched again when somebody else is known",
        "ingest/cuttings.py",
        "if _trouble(fact.cutting.text.splitlines(), people, (), bench.policy):",
        "if not people:",
        (_CUT + "test_it_goes_as_soon_as_somebody_is_known_who_stands_in_it",),
    ),
    Guard(
        "a misread name is her name still",
        "chronicle/named_on_cuttings.py",
        "    return any(_differ_little(seen, word.translate(_ALIKE), most) for word in words)\n",
        "    return False\n",
        (_NAMED + "test_she_is_found_however_she_is_written_or_misread",),
    ),
    Guard(
        "a picture that was taken back goes from the chronicle",
        "chronicle/cut_files.py",
        "if _OURS.fullmatch(path.name) and path.name not in wanted:",
        "if False:",
        (_CUT + "test_a_part_is_shown_at_its_papers_day_as_pixels_alone_and_taken_back",),
    ),
    Guard(
        "pictures of her own beside ours stay",
        "chronicle/cut_files.py",
        "if _OURS.fullmatch(path.name) and path.name not in wanted:",
        "if path.name not in wanted:",
        (_CUT + "test_a_row_is_shown_and_stays_when_the_chronicle_is_made_again",),
    ),
    Guard(
        "a picture that is not the one which was searched is not shown",
        "chronicle/cut_files.py",
        "    is_whole = hashlib.sha256(png).hexdigest() == one.digest\n",
        "    is_whole = True\n",
        (_CUT + "test_a_picture_that_is_damaged_is_not_shown_and_all_else_is",),
    ),
    Guard(
        "names of others are blanked by the boxes of printed words",
        "ingest/blanking.py",
        "{at: line.places[at] for at in found if page_view.reaches(line.places[at], part)}",
        "{at: (0, 0, 0, 0) for at in found if page_view.reaches(line.places[at], part)}",
        (_CUT + "test_names_of_others_are_blanked_where_they_are_printed",),
    ),
    Guard(
        "names of others are blanked on scans",
        "ingest/blanking.py",
        "{at: _to_its_ends(line.places[at], picture) for at in found}",
        "{at: (0, 0, 0, 0) for at in found}",
        (_CUT + "test_others_names_are_blanked_in_the_picture_and_in_what_is_kept_of_it",),
    ),
    Guard(
        "a name below its label is blanked",
        "ingest/blanking.py",
        "found[below] |= _below(label, line.row, lines[below].row)",
        "pass",
        (_CUT + "test_others_names_are_blanked_in_the_picture_and_in_what_is_kept_of_it",),
    ),
    Guard(
        "a part on which others can be read still is not taken",
        "ingest/cuttings.py",
        "    if _names_others(found.lines, found.others):\n        raise Mistaken(_OTHERS)\n",
        "",
        (_CUT + "test_a_part_in_which_a_name_stands_that_could_not_be_blanked_is_not_taken",),
    ),
    Guard(
        "a part goes as soon as a header names who stands in it",
        "ingest/cuttings.py",
        "if _names_others(fact.cutting.text.splitlines(), others):",
        "if False:",
        (_CUT + "test_it_goes_as_soon_as_a_header_names_somebody_who_stands_in_it",),
    ),
    Guard(
        "a name behind a title is another's",
        "chronicle/others_on_cuttings.py",
        "{*_titled(cell), *_labelled(cell), ",
        "{*_labelled(cell), ",
        (_OTHERS + "test_others_are_found_as_papers_name_them",),
    ),
    Guard(
        "a name behind a label is another's",
        "chronicle/others_on_cuttings.py",
        "{*_titled(cell), *_labelled(cell), ",
        "{*_titled(cell), ",
        (_OTHERS + "test_others_are_found_as_papers_name_them",),
    ),
    Guard(
        "telephones and postcodes are blanked",
        "chronicle/others_on_cuttings.py",
        ", *reached_on_cuttings.in_cell(cell)}",
        "}",
        (_OTHERS + "test_others_are_found_as_papers_name_them",),
    ),
)
