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
        "a report says no value of settings that are refused",
        "commands/report.py",
        '    if message in Language("nl", "commands").catalogue or message in Settings.model_fields:',
        "    if message:",
        ("commands/test_report.py::test_it_is_written_with_settings_that_are_refused_and_names_none_of_their_values",),
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
    Guard(
        "a share that hangs stops no heartbeat",
        "announcing/published.py",
        "        self._signs.put(pulse)\n",
        "        self.write(pulse)\n",
        (_PUBLISHED + "test_a_place_that_hangs_keeps_nobody_waiting",),
    ),
    Guard(
        "while the disk of her site is away it is not known what is sealed",
        "chronicle/sealed.py",
        "if obstacle or site.away() else",
        "if obstacle else",
        ("chronicle/test_sealed.py::test_while_her_file_cannot_be_read_or_its_disk_is_away_it_is_not_known",),
    ),
    Guard(
        "what is sealed is in no selection for other programs",
        "commands/pick.py",
        "if study.uid in known.sealed and names:",
        "if False:",
        ("commands/test_pick.py::test_what_she_sealed_is_in_no_selection",),
    ),
    Guard(
        "what was taken back goes whatever else is in the way",
        "chronicle/folder.py",
        "    unwritten = value_files.write(released, site)",
        "    unwritten = None if drafted.obstacle else value_files.write(released, site)",
        (
            "chronicle/test_released_values.py::test_what_is_taken_back_goes_though_her_file_has_a_mistake_and_her_own_tables_stay",
        ),
    ),
    Guard(
        "what is handed over and goes wrong inside keeps nothing waiting",
        "service/handed_over.py",
        "        except Exception as error:  # noqa: BLE001 - what was handed over must not keep the queue waiting\n",
        "        except EOFError as error:\n",
        (
            "commands/test_hand_over.py::test_what_cannot_be_read_and_what_goes_wrong_inside_is_answered_and_keeps_nothing_waiting",
        ),
    ),
    Guard(
        "a unit that was written by hand is kept",
        "commands/service_install.py",
        "    path.replace(aside)\n",
        "",
        ("commands/test_service.py::test_a_unit_written_by_hand_is_put_aside_and_never_taken_away",),
    ),
    Guard(
        "a backup takes the place of none that was written meanwhile",
        "state/backup.py",
        "        _appear(draft, path)\n",
        "        draft.replace(path)\n",
        ("commands/test_backup.py::test_a_backup_that_another_one_wrote_meanwhile_stays",),
    ),
)
