"""Guards of odd situations in the service's life; see `guards.py`."""

from guard import Guard

_PEOPLE = "state/test_people.py::"
_STATUS, _INTAKE = "commands/test_conditions.py::", "ingest/test_intake.py::"

SITUATIONS = (
    Guard(
        "what is locked inside an archive is told with the command that takes its password",
        "model/errors.py",
        'locked (`radiary unlock`, or unpack it yourself and drop the folder)"',
        'locked (unpack it yourself and drop the folder)"',
        ("model/test_errors.py::test_what_is_locked_inside_is_told_with_the_command_that_takes_its_password",),
    ),
    Guard(
        "what is wrong with a folder is told with its name",
        "commands/summary.py",
        """yield f"{', '.join(places)}: {explain(reason).rstrip('.')}"\n""",
        """yield explain(reason).rstrip(".")\n""",
        ("commands/test_conditions.py::test_folders_with_one_fault_are_named_together",),
    ),
    Guard(
        "the first lines of status tell what keeps the service from its work",
        "commands/status.py",
        "    yield from summary.hindrances(pulse, {Paused.reason(), *(one.reason for one in known)})\n",
        "",
        (_STATUS + "test_the_first_lines_tell_what_hinders_the_service",),
    ),
    Guard(
        "the first lines of status tell of a mistake in her file",
        "commands/status.py",
        "    yield from (translated(sentence) for _, sentence in faults)\n",
        "",
        (_STATUS + "test_the_first_lines_tell_of_a_mistake_in_her_file",),
    ),
    Guard(
        "a renamed download is worked at where it lies",
        "ingest/intake.py",
        "        return next(there, None) or self._places.any(digest)\n",
        "        return self._places.any(digest)\n",
        (_INTAKE + "test_a_download_renamed_while_it_waits_is_worked_at_where_it_lies",),
    ),
    Guard(
        "what was refused since its exam was taken out is looked into once the exam is back",
        "service/work_loop.py",
        "            if isinstance(fact, Restored):\n                self._intake.scan_soon()\n",
        "",
        ("service/test_work_loop.py::test_once_an_exam_is_back_downloads_are_looked_into_once_more",),
    ),
    Guard(
        "a mark before a piped password is no part of it",
        "commands/console.py",
        'line.removeprefix("\\ufeff")',
        "line",
        ("commands/test_exports.py::test_a_password_that_comes_through_a_pipe_of_windows_opens",),
    ),
    Guard(
        "a state folder that cannot be written to is no export's fault",
        "state/people.py",
        "        with on_state_disk():\n            private.folder(self._path.parent)\n            descriptor",
        "        with contextlib.nullcontext():\n            private.folder(self._path.parent)\n            descriptor",
        (_PEOPLE + "test_a_folder_that_cannot_be_written_to_is_called_so_and_asked_before_work",),
    ),
    Guard(
        "a full state folder is no export's fault",
        "state/people.py",
        "                with on_state_disk():\n                    private.replace(self._path, ",
        "                with contextlib.nullcontext():\n                    private.replace(self._path, ",
        (_PEOPLE + "test_a_full_disk_is_no_fault_of_what_was_to_be_learned",),
    ),
    Guard(
        "no export is tried while the state folder cannot be written to",
        "ingest/bench.py",
        "        self.people.try_out()\n",
        "",
        ("ingest/test_bench.py::test_a_state_folder_that_cannot_be_written_to_is_asked_first",),
    ),
    Guard(
        "a user without a name has a doctor, too",
        "commands/service_place.py",
        "    except KeyError:\n        return str(os.geteuid())\n",
        "    except IndexError:\n        return str(os.geteuid())\n",
        ("commands/test_installed_service.py::test_a_user_who_is_a_number_alone_hears_of_no_service",),
    ),
    Guard(
        "the members of a split set are looked for where they lie",
        "archives/zip_repair.py",
        "(place.disks > 0 or file.read(4) == signatures.LOCAL)",
        "file.read(4) == signatures.LOCAL",
        ("archives/test_split_sets.py::test_of_a_set_of_many_members_every_one_is_where_its_own_file_begins",),
    ),
    Guard(
        "nobody waits for a pipe in the place of her file",
        "chronicle/owners_file.py",
        '    if is_odd(path):\n        return ""\n',
        "",
        ("service/test_daemon.py::test_what_stands_for_the_chronicles_file_and_is_none_keeps_no_export_waiting[folder]",),
    ),
    Guard(
        "what is no file in the place of hers is told",
        "chronicle/site.py",
        "        if owners_file.is_odd(self.data):\n",
        "        if False:\n",
        ("service/test_daemon.py::test_what_stands_for_the_chronicles_file_and_is_none_keeps_no_export_waiting[folder]",),
    ),
    Guard(
        "nobody waits for a pipe that was named by hand",
        "archives/source.py",
        "            raise NoFile\n",
        "            pass\n",
        ("service/test_daemon.py::test_a_pipe_that_is_named_by_hand_is_a_sentence",),
    ),
    Guard(
        "a clock that is set ahead empties no trash",
        "library/trash.py",
        " and not mark.exists():",
        " and False:",
        ("library/test_trash.py::test_a_clock_that_is_far_ahead_for_a_while_deletes_nothing",),
    ),
    Guard(
        "what a clock set ahead had noted counts no more",
        "library/trash.py",
        "days=days):\n                mark.unlink(missing_ok=True)\n",
        "days=days):\n                pass\n",
        ("library/test_trash.py::test_a_clock_that_is_far_ahead_for_a_while_deletes_nothing",),
    ),
    Guard(
        "where her file is a link to what is away, that is told",
        "chronicle/site.py",
        ', ("chronicle.yml", linked)',
        "",
        ("chronicle/test_site.py::test_a_link_for_her_file_that_leads_to_what_is_away_is_told",),
    ),
    Guard(
        "a computer that lacks memory refuses no download",
        "ingest/admission.py",
        "        raise OutOfMemory from None\n",
        "        return GaveUp()\n",
        ("ingest/test_admission.py::test_what_the_computer_lacks_just_now_refuses_no_download",),
    ),
    Guard(
        "an upgrade under way refuses no download",
        "ingest/admission.py",
        "        raise WorkersUnavailable from None\n",
        "        return GaveUp()\n",
        ("ingest/test_admission.py::test_what_the_computer_lacks_just_now_refuses_no_download",),
    ),
)
