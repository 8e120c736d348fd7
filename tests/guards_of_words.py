"""Guards of the language in which commands speak; see `guards.py`."""

from guard import Guard

_SPOKEN, _LANGUAGE = "commands/speaking/test_spoken.py::", "test_language.py::"

OF_WORDS = (
    Guard(
        "programs read English",
        "commands/command_line/settings_given.py",
        '    return context.params.get("as_json", False) or given(context).is_for_programs',
        "    return given(context).is_for_programs",
        (_SPOKEN + "test_what_a_program_is_told_of_a_mistake_is_english",),
    ),
    Guard(
        "the setting says which language is spoken",
        "commands/command_line/settings_given.py",
        "        spoken.use(made.spoken)",
        "        pass",
        (_SPOKEN + "test_the_setting_wins_over_the_locale",),
    ),
    Guard(
        "the locale counts before settings are read",
        "cli.py",
        "    spoken.use_locale()\n",
        "",
        (_SPOKEN + "test_mistakes_are_told_in_the_language_of_the_locale_before_any_settings_are_read",),
    ),
    Guard(
        "a line of the log stays English above the bar",
        "commands/running.py",
        "_print(self.format(record))",
        "_print(spoken.translated(self.format(record)))",
        (_SPOKEN + "test_a_line_of_the_log_above_the_bar_stays_english",),
    ),
    Guard(
        "a sentence inside a sentence is said anew, too",
        "language.py",
        "self.translated(value) if isinstance(value, Sentence) else value",
        "value",
        (_LANGUAGE + "test_a_sentence_is_english_for_programs_and_said_anew_for_people",),
    ),
    Guard(
        "what commands say is no word of the pages",
        "language.py",
        '_FILES: dict[Domain, tuple[str, ...]] = {"pages": ("{}.po",)',
        '_FILES: dict[Domain, tuple[str, ...]] = {"pages": ("{}.po", "commands.{}.po")',
        (_LANGUAGE + "test_what_commands_say_is_no_word_of_the_pages",),
    ),
    Guard(
        "a reader that has enough of a table is no failure",
        "commands/speaking/console.py",
        "    def on_broken_pipe(self) -> None:\n        raise BrokenPipeError\n",
        "",
        ("test_cli.py::test_a_reader_that_has_enough_is_no_failure[people]",),
    ),
    Guard(
        "doctor speaks the language of whoever reads it",
        "commands/doctor.py",
        "spoken.translated(check.sentence))",
        "check.sentence)",
        (_SPOKEN + "test_no_command_leaves_a_sentence_in_english[nl]",),
    ),
    Guard(
        "an old terminal shows a curly apostrophe as a straight one",
        "commands/speaking/terminal.py",
        '"’": "\'"',
        '"’": "?"',
        (_SPOKEN + "test_an_old_terminal_shows_it_too",),
    ),
    Guard(
        "the page of review is in the language that is spoken",
        "commands/review/words.py",
        "spoken.say(found[1]), quote=False",
        "found[1], quote=False",
        (_SPOKEN + "test_the_page_of_review_is_written_in_the_language_that_is_spoken",),
    ),
    Guard(
        "a help is in the language of the terminal",
        "commands/command_line/command.py",
        '"\\n\\n".join(spoken.translated(text) for text in (self.summary, self.more) if text)',
        'self.help or ""',
        ("test_cli.py::test_helps_are_in_the_language_of_the_terminal_and_fit_its_screen[nl_BE-Gebruik: radiary]",),
    ),
)
