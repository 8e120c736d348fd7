"""Options and arguments that several commands take."""

import click

from radiary.commands.command_line import completion
from radiary.commands.command_line.words import Place

as_json = click.option("--json", "as_json", is_flag=True, help="For programs.")
passphrase_file = click.option(
    "--passphrase-file", type=Place(), metavar="FILE", help="Of a backup: its passphrase is the first line."
)
exports_named = click.argument("exports", nargs=-1, metavar="[EXPORT]...", shell_complete=completion.exports)
exams_named = click.argument("exams", nargs=-1, metavar="[EXAM]...", shell_complete=completion.exams)
