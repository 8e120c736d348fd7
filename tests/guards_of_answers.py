"""Guards of what commands answer to programs; see `guards.py`."""

from guard import Guard

_ANSWERS = "commands/speaking/test_answers.py::"

OF_ANSWERS = (
    Guard(
        "an answer is no sentence",
        "commands/speaking/console.py",
        "    out.quiet = True\n    return",
        "    return",
        (_ANSWERS + "test_after_an_answer_sentences_are_said_again",),
    ),
    Guard(
        "a table on the terminal is not mixed with an answer",
        "commands/export.py",
        'if str(path) == "-" and console.is_answering():',
        "if False:",
        (_ANSWERS + "test_papers_and_values_answer",),
    ),
)
