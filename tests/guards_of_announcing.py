"""Guards of what is told unasked: to the desktop, the service manager and programs; see `guards.py`."""

from guard import Guard

_NOTICES, _ANNOUNCER = "announcing/test_notices.py::", "announcing/test_announcer.py::"
_PUBLISHED = "announcing/test_published.py::"

OF_ANNOUNCING = (
    Guard(
        "nothing is told of what its owner sealed",
        "announcing/notices.py",
        "not {study.date, study.folder} & set(sealed or ())",
        "True",
        (_NOTICES + "test_nothing_is_said_of_what_its_owner_sealed",),
    ),
    Guard(
        "no day is told while it is not known what is sealed",
        "announcing/notices.py",
        '(study.date or "") if sealed is not None else ""',
        'study.date or ""',
        (_NOTICES + "test_while_it_is_not_known_what_is_sealed_no_day_is_said_and_nothing_of_an_exam_that_was_there",),
    ),
    Guard(
        "nothing is told of an exam that was there while it is not known what is sealed",
        "announcing/notices.py",
        " and (is_new or sealed is not None)",
        "",
        (_NOTICES + "test_while_it_is_not_known_what_is_sealed_no_day_is_said_and_nothing_of_an_exam_that_was_there",),
    ),
    Guard(
        "what comes together is told together",
        "announcing/announcer.py",
        "min(self._still, until - time.monotonic())",
        "0",
        (_ANNOUNCER + "test_what_comes_together_is_told_together_once_nothing_more_comes",),
    ),
    Guard(
        "what was heard is told when the service ends",
        "announcing/announcer.py",
        "self._thread.join(_STILL)",
        "pass",
        (_ANNOUNCER + "test_what_was_heard_is_told_when_the_service_ends",),
    ),
    Guard(
        "a desktop that takes nothing is named once",
        "announcing/announcer.py",
        "if not self._is_refused:",
        "if True:",
        (_ANNOUNCER + "test_a_desktop_that_takes_nothing_is_named_once_and_ends_nothing",),
    ),
    Guard(
        "the status file is its owner's alone",
        "announcing/published.py",
        "is_running=is_running), 0o600",
        "is_running=is_running), 0o644",
        (_PUBLISHED + "test_the_status_file_says_how_the_service_is",),
    ),
    Guard(
        "figures are counted anew after a fact",
        "announcing/published.py",
        "or self._counted[0] != facts",
        "",
        (_PUBLISHED + "test_what_was_filed_meanwhile_is_counted",),
    ),
    Guard(
        "the files say when nothing runs",
        "service/daemon.py",
        "        self._heartbeat.end()\n",
        "",
        ("service/test_daemon.py::test_the_status_file_follows_the_service_to_its_end",),
    ),
    Guard(
        "no notification is shown to who wants none",
        "service/wiring.py",
        "if not parts.settings.notifications or not desktop.is_installed():",
        "if not desktop.is_installed():",
        ("service/test_daemon.py::test_who_wants_no_notification_has_none_tried",),
    ),
    Guard(
        "a report says of texts and paths only that they are set",
        "commands/report.py",
        'yield name, value if is_closed else "(set)"',
        "yield name, str(value)",
        ("commands/test_report.py::test_it_names_nobody_and_no_place",),
    ),
    Guard(
        "a package that is too old is named",
        "commands/checks_of_computer.py",
        "if not requirement.specifier.contains(version, prereleases=True):",
        "if False:",
        ("commands/test_checks_of_computer.py::test_a_package_that_is_missing_or_too_old_is_named",),
    ),
    Guard(
        "a broken package is told from one that is not there",
        "commands/checks_of_computer.py",
        "        importlib.import_module(module)\n",
        "        pass\n",
        ("commands/test_checks_of_computer.py::test_an_optional_package_that_is_broken_is_told_from_one_that_is_not_there",),
    ),
    Guard(
        "a backup that lacks facts is told",
        "commands/checks_of_care.py",
        "if missing > 0:",
        "if missing > 99:",
        ("commands/test_checks_of_care.py::test_a_backup_that_lacks_facts_is_told",),
    ),
    Guard(
        "a backup is known afterwards",
        "commands/backup.py",
        "    State(settings.state).note_backup(contents.at, contents.facts)\n",
        "",
        ("commands/test_backup.py::test_doctor_knows_when_the_last_one_was_taken_and_what_it_lacks",),
    ),
)
