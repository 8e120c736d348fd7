"""Guards of parts of papers that are shown as pictures: searched first, and gone when they are taken back; see `guards.py`."""

from guard import Guard

_CUT, _NAMED = "commands/test_cut_papers.py::", "chronicle/test_named_on_cuttings.py::"

CUTTINGS = (
    Guard(
        "a part that names somebody known is not taken",
        "ingest/cuttings.py",
        "    if trouble := _trouble(found.lines, people, numbers, policy):\n        raise Mistaken(trouble)\n",
        "",
        (_CUT + "test_what_names_her_is_not_shown",),
    ),
    Guard(
        "a part of a scan is read before it is shown",
        "ingest/cuttings.py",
        "dict.fromkeys((*printed, *read))",
        "dict.fromkeys(printed)",
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
)
