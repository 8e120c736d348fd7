"""Guards of the commands: their grammar, what they hand over, what they show; see `guards.py`."""

from guard import Guard

_CLI, _ONCE, _NAMES = "test_cli.py::", "commands/test_hand_over.py::", "commands/test_names.py::"

OF_COMMANDS = (
    Guard(
        "an ordinary mistake is misuse, not settings that a service must not start with",
        "cli.py",
        "        return _said(spoken.error(error), Exit.MISUSED)",
        "        return _said(spoken.error(error), Exit.UNUSABLE)",
        ("commands/test_exports.py::test_what_cannot_be_done_is_said",),
    ),
    Guard(
        "the options that scripts use are in no help",
        "commands/command.py",
        "multiple=True, hidden=True",
        "multiple=True, hidden=False",
        (_CLI + "test_every_command_explains_itself_on_one_screen",),
    ),
    Guard(
        "several values of a list come together",
        "commands/command.py",
        "said[name] = [*said.get(name, ()), *values]",
        "said[name] = [*values]",
        ("commands/test_config.py::test_programs_get_values_and_origins",),
    ),
    Guard(
        "what was perhaps meant is asked",
        "commands/command.py",
        '    return sentence(" Did you mean %(name)r?", name=like[0]) if like else ""',
        '    return ""',
        (_CLI + "test_a_misspelt_word_is_misuse_and_what_was_meant_is_asked",),
    ),
    Guard(
        "a setting of the environment wins over the file",
        "settings.py",
        "if name not in environment and name not in overrides}",
        "if name not in overrides}",
        ("test_settings.py::test_the_command_line_wins_over_environment_over_file",),
    ),
    Guard(
        "a status tells a program that no service runs",
        "commands/status.py",
        "Exit.NOT_RUNNING if alive is Life.NONE else Exit.DONE",
        "Exit.DONE",
        (_CLI + "test_status_tells_people_and_programs",),
    ),
    Guard(
        "an export that is handed over stays until it is filed",
        "state/folder.py",
        '_STAYING = ("review", "once")',
        '_STAYING = ("review",)',
        (_ONCE + "test_a_running_service_files_what_is_handed_over_and_its_answer_is_told",),
    ),
    Guard(
        "nobody waits for a service that has ended",
        "commands/once.py",
        "letter.exists() and state.is_locked()",
        "letter.exists()",
        (_ONCE + "test_a_service_that_ends_before_it_answers_keeps_nobody_waiting",),
    ),
    Guard(
        "what is not waited for is not filed later",
        "commands/once.py",
        "        letter.unlink(missing_ok=True)\n",
        "        pass\n",
        (_ONCE + "test_a_service_that_ends_before_it_answers_keeps_nobody_waiting",),
    ),
    Guard(
        "a paused service begins nothing",
        "service/work_loop.py",
        "        if self._is_paused():\n",
        "        if False:\n",
        ("commands/test_pause.py::test_a_paused_service_begins_nothing_until_it_is_resumed_and_status_says_so",),
    ),
    Guard(
        "a download's name is shown on a terminal alone",
        "commands/console.py",
        "state.names.all() if out.is_terminal else {}",
        "state.names.all()",
        (_NAMES + "test_the_name_is_shown_on_a_terminal_alone_and_written_down_for_its_owner_only",),
    ),
    Guard(
        "what is forgotten leaves no name",
        "state/names.py",
        "if digest not in gone}",
        "}",
        (_NAMES + "test_what_is_forgotten_leaves_no_name",),
    ),
    Guard(
        "what was filed again is not offered from the trash",
        "commands/absent.py",
        "event.part in queue.removed.get((event.study, event.held), ()) and ",
        "",
        ("commands/test_taking_out.py::test_what_was_filed_again_is_offered_no_more",),
    ),
    Guard(
        "an exam is found by its folder's new name",
        "commands/exams.py",
        " or _moved(settings, queue, name)",
        "",
        ("commands/test_taking_out.py::test_an_exam_is_named_by_the_folder_it_was_moved_to",),
    ),
    Guard(
        "a file without DICOM is not told to have lost nothing",
        "commands/explain.py",
        "    if not holds_dicom:\n",
        "    if False:\n",
        ("commands/test_explain.py::test_of_what_is_no_dicom_that_is_said",),
    ),
    Guard(
        "settings that others may write are told",
        "commands/doctor.py",
        "status.st_mode & 0o022",
        "status.st_mode & 0",
        ("commands/test_doctor.py::test_a_settings_file_that_others_may_write_is_told",),
    ),
)
