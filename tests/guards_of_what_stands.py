"""Guards of what stands in the library: whose it is, what was taken out, and what is a copy of it; see `guards.py`."""

from guard import Guard

_COPIES, _CHRONICLE = "ingest/test_own_copies.py::", "chronicle/test_folder.py::"

WHAT_STANDS = (
    Guard(
        "a copy that Radiary made is told from an original",
        "dicom/develop.py",
        "    copy = None if terms.takes_copies else copied(instance.dataset)\n",
        "    copy = None\n",
        (_COPIES + "test_a_copy_of_a_study_in_any_form_is_told_and_nobody_new_is_met",),
    ),
    Guard(
        "a copy is known by its study",
        "ingest/own_copies.py",
        "one.study in studies or ",
        "",
        (_COPIES + "test_a_copy_is_known_by_its_study_though_the_record_of_people_is_lost",),
    ),
    Guard(
        "a copy is known by whom it is about",
        "ingest/own_copies.py",
        " or one.who.identifier in codes",
        "",
        (_COPIES + "test_a_copy_whose_study_the_ledger_lost_is_known_by_whom_it_is_about",),
    ),
    Guard(
        "a new exam beside copies is filed",
        "ingest/own_copies.py",
        " and reasons <= _NOTHING_NEW:",
        ":",
        (_COPIES + "test_a_new_exam_beside_copies_is_filed_and_the_copies_are_counted",),
    ),
    Guard(
        "what somebody else's Radiary made is filed",
        "ingest/pipeline.py",
        "    task = replace(task, takes_copies=True)\n",
        "",
        (_COPIES + "test_what_somebody_elses_radiary_made_is_filed",),
    ),
    Guard(
        "what other programs leave in a study is no fault",
        "library/faults.py",
        " if not is_stranger(path)):",
        "):",
        ("library/test_strangers.py::test_what_other_programs_leave_is_no_fault",),
    ),
    Guard(
        "what other programs leave in a study's folder does not keep it from coming back",
        "library/shelf.py",
        'any(not is_stranger(str(one.relative_to(path))) for one in path.rglob("*") if one.is_file())',
        "any(path.iterdir())",
        ("library/test_strangers.py::test_what_is_left_in_the_folder_of_a_deleted_study_does_not_keep_it_from_coming_back",),
    ),
    Guard(
        "a study is not looked for in another program's folder",
        "library/shelf.py",
        " and not is_apart(one)]",
        "]",
        ("library/test_strangers.py::test_no_study_is_looked_for_in_another_programs_folder",),
    ),
    Guard(
        "more of a study goes where its owner moved it",
        "ingest/filing.py",
        "    folder = (whereabouts.place(home, record.uid, known) if known else None) or filed_at\n",
        "    folder = filed_at\n",
        ("library/test_whereabouts.py",),
    ),
    Guard(
        "a library that is away takes nothing out of the story",
        "chronicle/standing.py",
        "    if not library.is_marked:\n",
        "    if False:\n",
        (_CHRONICLE + "test_an_exam_that_its_owner_moved_is_told_from_its_new_place_and_one_that_she_deleted_is_told_no_more",),
    ),
    Guard(
        "a line of a newer version is called so and no damage",
        "state/ledger.py",
        "        if _is_newer(line, error):\n",
        "        if False:\n",
        ("state/test_ledger.py::test_a_line_of_a_newer_version_is_called_so_and_no_damage",),
    ),
    Guard(
        "a line that is no event is not called one of a newer version",
        "state/ledger.py",
        "    return is_stamped and all(",
        "    return all(",
        ("state/test_ledger.py::test_a_line_that_is_no_event_is_a_sentence",),
    ),
    Guard(
        "a held study that is gone keeps no other one waiting",
        "ingest/decisions.py",
        "        if study.uid in places\n",
        "",
        ("ingest/test_decisions.py::test_a_held_study_that_was_deleted_by_hand_keeps_no_other_one_waiting",),
    ),
)
