"""Guards of papers on the review page, and of values that go out: nothing but what she released; see `guards.py`."""

from guard import Guard

_VALUES, _PAGE = "chronicle/test_released_values.py::", "commands/review/test_papers.py::"
_ROWS, _VIEW = "commands/held/test_confirmed_papers.py::", "documents/test_page_view.py::"
_RELEASED, _CHART = "ingest/test_released.py::", "chronicle/test_chart.py::"

RELEASING = (
    Guard(
        "a series that she keeps is in no chronicle",
        "ingest/released.py",
        " for one in known if one.code in let_out)",
        " for one in known)",
        (_RELEASED + "test_nothing_goes_out_before_she_releases_it",),
    ),
    Guard(
        "values of a paper that is somebody else's go nowhere",
        "ingest/released.py",
        " or described[study].is_hers}",
        " or described[study]}",
        (_RELEASED + "test_values_of_what_is_somebody_elses_go_nowhere",),
    ),
    Guard(
        "values are told at days as exams are",
        "ingest/released.py",
        'if day is None or policy.dates == "keep":',
        "if True:",
        (_RELEASED + "test_days_are_told_as_exams_are",),
    ),
    Guard(
        "a laboratory's letterhead goes nowhere",
        "ingest/released.py",
        'laboratory="", points=points',
        "laboratory=series.laboratory, points=points",
        (_RELEASED + "test_days_are_told_as_exams_are",),
    ),
    Guard(
        "a series that names somebody is not shown",
        "chronicle/released_values.py",
        'if may_show(f"{one.name}\\n{one.table}")]',
        "]",
        (_VALUES + "test_a_series_that_names_somebody_is_not_shown_and_keeps_no_other_one_away",),
    ),
    Guard(
        "one byte is no sign of anybody",
        "chronicle/identity_gate.py",
        "        if len(form) > 1:\n",
        "        if form:\n",
        ("chronicle/test_identity_gate.py::test_a_name_of_one_letter_is_not_found_within_other_letters",),
    ),
    Guard(
        "only what is meant for her site goes there",
        "chronicle/released_values.py",
        "        if one.for_site\n",
        "",
        (_VALUES + "test_only_what_is_meant_for_it_goes_into_her_site_and_out_of_it_again",),
    ),
    Guard(
        "a table that was taken back is deleted",
        "chronicle/value_files.py",
        "if _OURS.fullmatch(path.name) and path.name not in tables:",
        "if False:",
        (_VALUES + "test_what_is_taken_back_is_nowhere",),
    ),
    Guard(
        "what was taken back is taken out of her site",
        "chronicle/value_files.py",
        "        path.unlink()\n    return None",
        "        pass\n    return None",
        (_VALUES + "test_only_what_is_meant_for_it_goes_into_her_site_and_out_of_it_again",),
    ),
    Guard(
        "a file of hers is never written over",
        "chronicle/value_files.py",
        "    if path.exists() and not _is_ours(path):\n",
        "    if False:\n",
        (_VALUES + "test_a_file_of_hers_of_the_same_name_is_left_alone",),
    ),
    Guard(
        "a band stands only where one range is printed",
        "chronicle/released_values.py",
        "if len(known) == 1 and known",
        "if known and known",
        (_VALUES + "test_ranges_that_differ_are_no_band",),
    ),
    Guard(
        "words of a paper are no markup in a chart",
        "chronicle/chart.py",
        '-t">{escape(name)}</title>',
        '-t">{name}</title>',
        (_CHART + "test_it_is_named_and_told_to_who_cannot_see_it_and_holds_nothing_that_runs",),
    ),
    Guard(
        "a bound is drawn as one",
        "chronicle/chart.py",
        "if point.is_bound else",
        "if False else",
        (_CHART + "test_what_is_less_than_its_number_is_an_open_ring",),
    ),
    Guard(
        "a paper that is somebody else's is told nowhere",
        "chronicle/told_papers.py",
        " if said is None or said.is_hers)",
        ")",
        ("chronicle/test_story.py::test_a_paper_that_is_somebody_elses_is_told_nowhere",),
    ),
    Guard(
        "a scan needs a date that she looked at",
        "commands/review/paper_wishes.py",
        "    if reading.is_scan and wish.rows and not wish.has_looked:\n",
        "    if False:\n",
        (_PAGE + "test_a_scan_is_taken_only_with_a_date_that_she_looked_at",),
    ),
    Guard(
        "an undecided row is not ticked by itself",
        "commands/review/papers.py",
        "not _TO_TICK.intersection(value.doubts)",
        "True",
        (_PAGE + "test_a_scan_is_taken_only_with_a_date_that_she_looked_at",),
    ),
    Guard(
        "the chronicle follows what is withdrawn",
        "commands/review/paper_wishes.py",
        "    if series.released(papers.held.facts.all()):\n",
        "    if False:\n",
        (_PAGE + "test_what_is_confirmed_and_released_stands_in_the_chronicle_until_it_is_kept_again",),
    ),
    Guard(
        "a row that is not there is not kept",
        "commands/held/confirmed_papers.py",
        "    if missing := [row.row for row in rows if row.row not in known]:\n",
        "    if missing := []:\n",
        (_ROWS + "test_what_is_no_value_is_refused_in_a_sentence",),
    ),
    Guard(
        "boxes follow a page that is turned",
        "documents/page_view.py",
        "page_words.as_printed(box, turn)",
        "box",
        (_VIEW + "test_a_box_holds_the_letters_of_its_row_and_no_more",),
    ),
    Guard(
        "a series that names somebody is in no export",
        "commands/export.py",
        "        released = _naming_nobody(let_out, held)\n",
        "        released = let_out\n",
        ("commands/test_release.py::test_a_series_that_names_somebody_is_in_no_export",),
    ),
)
