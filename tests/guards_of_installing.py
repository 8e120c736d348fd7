"""Guards of services and backups; see `guards.py`."""

from guard import Guard

_UNITS, _PLAN, _SERVICE = "installing/test_systemd_units.py::", "installing/test_plan.py::", "commands/test_service.py::"

INSTALLING = (
    Guard(
        "downloads are written to only where they are moved or deleted",
        "installing/plan.py",
        '    changes_downloads = settings.after != "keep"\n',
        "    changes_downloads = True\n",
        (_PLAN + "test_downloads_are_only_read_while_nothing_is_moved_or_deleted",),
    ),
    Guard(
        "the site's data file can be replaced",
        "installing/plan.py",
        "settings.site_data and settings.site_data.parent, ",
        "",
        (_PLAN + "test_everything_that_is_made_can_be_written_to",),
    ),
    Guard(
        "a watched folder around another service's is met",
        "installing/plan.py",
        "lies_in(one, other) or lies_in(other, one)",
        "lies_in(one, other)",
        (_PLAN + "test_two_services_meet_in_a_state_folder_or_a_watched_one",),
    ),
    Guard(
        "no line break brings a directive into a unit",
        "installing/systemd_units.py",
        "    if any(ord(character) < 32 for character in str(text)):\n",
        "    if False:\n",
        (_UNITS + "test_a_line_break_in_a_name_is_refused",),
    ),
    Guard(
        "a percent sign in a name is none of systemd's",
        "installing/systemd_units.py",
        '.replace("%", "%%")',
        "",
        (_UNITS + "test_odd_names_are_written_as_systemd_reads_them",),
    ),
    Guard(
        "a dollar sign in a name is none of systemd's",
        "installing/systemd_units.py",
        'part.replace("$", "$$")',
        "part",
        (_UNITS + "test_odd_names_are_written_as_systemd_reads_them",),
    ),
    Guard(
        "what a private /tmp hides is bound into it",
        "installing/systemd_units.py",
        "    bound = [path for path in plan.folders.written if _is_temporary(path)]\n",
        "    bound: list[Path] = []\n",
        (_UNITS + "test_a_folder_below_tmp_is_bound_into_the_private_one",),
    ),
    Guard(
        "a second service for the same folders is refused",
        "commands/service_install.py",
        "    refuse_others(plan, others)\n",
        "",
        (_SERVICE + "test_a_second_service_for_the_same_folders_is_refused",),
    ),
    Guard(
        "a service is not started beside one that runs by hand",
        "commands/service_install.py",
        "        raise AlreadyRunning\n",
        "        pass\n",
        (_SERVICE + "test_what_runs_by_hand_is_not_met_by_a_service",),
    ),
    Guard(
        "a disk that is away is not made anew by an installation",
        "commands/service_install.py",
        "if is_new else [settings.state]",
        "",
        (_SERVICE + "test_a_disk_that_is_away_is_not_made_anew",),
    ),
    Guard(
        "what root makes below a person's home is hers",
        "commands/service_install.py",
        "                _give(missing, place.person)\n",
        "                pass\n",
        (_SERVICE + "test_a_service_of_the_system_is_for_a_person_and_her_settings",),
    ),
    Guard(
        "a service is not run as root",
        "commands/service_place.py",
        "    if entry.pw_uid == 0:\n",
        "    if False:\n",
        (_SERVICE + "test_names_and_people_that_cannot_be_are_refused",),
    ),
    Guard(
        "settings that others may write are not read",
        "settings.py",
        "        if who := strangers.who_may_write(place):\n",
        '        if who := "":\n',
        (_SERVICE + "test_settings_that_others_may_write_make_no_service",),
    ),
    Guard(
        "a group of several is somebody else",
        "files/strangers.py",
        "    if status.st_mode & stat.S_IWGRP and not _is_private(status.st_gid, status.st_uid):\n",
        "    if False:\n",
        ("files/test_strangers.py::test_a_group_of_several_is_told_and_one_of_ones_own_is_not",),
    ),
    Guard(
        "a program in a cache is not installed as a service",
        "installing/this_program.py",
        "    if _IN_A_CACHE.search(str(python)):\n",
        "    if False:\n",
        ("installing/test_this_program.py::test_a_program_in_a_cache_is_not_installed_as_a_service",),
    ),
    Guard(
        "a log file is its owner's alone",
        "service/log_file.py",
        "        os.close(os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))\n",
        "",
        ("service/test_log_file.py::test_a_log_file_is_kept_small_and_private",),
    ),
    Guard(
        "a log file is kept small",
        "service/log_file.py",
        "maxBytes=most, ",
        "",
        ("service/test_log_file.py::test_a_log_file_is_kept_small_and_private",),
    ),
    Guard(
        "a service for other folders than the settings' is told",
        "commands/installed_service.py",
        "    elif outdated(folders_of(settings, config), settings.watched, work):\n",
        "    elif False:\n",
        ("commands/test_installed_service.py::test_a_service_for_other_folders_is_made_anew",),
    ),
)
