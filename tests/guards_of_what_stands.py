"""Guards of what stands in the library: whose it is, what was taken out, and what is a copy of it; see `guards.py`."""

from guard import Guard

_COPIES = "ingest/test_own_copies.py::"

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
)
