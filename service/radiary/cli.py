"""The commands; the only place where an error becomes a sentence on a terminal."""

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from radiary import __version__
from radiary.commands import chronicle as chronicle_command
from radiary.commands import console, doctor, explain, export, log, papers, rebuild, status, taking_out, terminal, verify
from radiary.commands import exports as export_commands
from radiary.commands import people as people_commands
from radiary.model.errors import RadiaryError, Unusable
from radiary.settings import Settings, load

UNUSABLE = 78
"""EX_CONFIG of sysexits(3): starting again would not help."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    terminal.prepare()
    parser = _parser()
    asked = parser.parse_args(arguments)
    if asked.command is None:
        parser.print_help()
        return 2
    try:
        status = int(asked.command(asked, _settings(asked)))
        sys.stdout.flush()  # not when Python ends, which would complain of a reader that has gone
    except Unusable as error:
        console.err.print(f"radiary: {error}", markup=False)
        return UNUSABLE
    except RadiaryError as error:
        console.err.print(f"radiary: {error}", markup=False)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        console.err.print(f"radiary: The computer refused something: {error.strerror}.", markup=False)
        return 1
    return status


def _settings(asked: argparse.Namespace) -> Settings:
    overrides = {name: found for name in Settings.model_fields if (found := getattr(asked, name, None)) is not None}
    return load(asked.config, overrides)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="radiary", description="Files your scans, anonymized and dated.")
    parser.add_argument("--version", action="version", version=f"radiary {__version__}")
    parser.set_defaults(command=None)
    commands = parser.add_subparsers(metavar="COMMAND")
    _command(commands, "run", _run, "the service: watch, file, tell the story")
    once = _command(commands, "once", _once, "file exports now, in the foreground")
    once.add_argument("--again", action="store_true", help="file what you took out, too")
    once.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a zip, a folder or a DICOM file")
    shown_status = _command(commands, "status", status.status, "what the service is doing, and how the exports ended")
    shown_log = _command(commands, "log", log.log, "the ledger: every fact, oldest first")
    shown_log.add_argument("-f", "--follow", action="store_true", help="go on as facts come")
    shown_log.add_argument("--schema", action="store_true", help="the JSON Schema of a line")
    for shown in (shown_status, shown_log):
        shown.add_argument("--json", action="store_true", help="for programs")
    checked = _command(commands, "verify", verify.verify, "check the ledger's chain and every file's digest")
    checked.add_argument("--json", action="store_true", help="for programs")
    for name, run, summary in (
        ("retry", export_commands.retry, "try exports again that were rejected or wait for you"),
        ("forget", export_commands.forget, "hear no more of exports"),
        ("unlock", export_commands.unlock, "give the password of a locked archive, at the prompt"),
    ):
        command = _command(commands, name, run, summary)
        command.add_argument(
            "exports", nargs="*" if name != "forget" else "+", metavar="EXPORT", help="the digits that status shows"
        )
        if name == "unlock":
            command.add_argument("--forget", action="store_true", help="forget all passwords that were given")
            command.add_argument(
                "--keyring", action="store_true", help="take it from the system's keyring (service and user: radiary)"
            )
    told = _command(commands, "chronicle", chronicle_command.chronicle, "bring the chronicle up to date now")
    told.add_argument("--dry-run", action="store_true", help="only show what would be added to your file")
    told.add_argument("--jekyll", type=Path, metavar="FOLDER", help="give a Jekyll site a layout and an include that show it")
    _of_taking_out(commands)
    _of_the_wall(commands)
    _of_sharing(commands)
    _command(commands, "rebuild", rebuild.rebuild, "make a lost ledger anew from the library")
    demo = _command(commands, "demo", _demo, "see it work on a sample it makes, in a folder of its own")
    demo.add_argument("--folder", type=Path, default=Path("radiary-demo"), help="where (default: %(default)s)")
    return parser


def _of_taking_out(commands: Any) -> None:
    """What takes exams out of the library, and brings them back."""
    removed = _command(commands, "remove", taking_out.remove, "take exams out of the library, or one series or picture")
    removed.add_argument("exams", nargs="*", metavar="EXAM", help="its folder, code or date, as status and log show them")
    removed.add_argument("--series", metavar="SERIES", help="only this series: its number or folder")
    removed.add_argument("--picture", metavar="NAME", help="only this picture: its file's name")
    removed.add_argument("--gone", action="store_true", help="all exams that you deleted by hand")
    restored = _command(commands, "restore", taking_out.restore, "bring back what was taken out; alone: show what was")
    restored.add_argument("exams", nargs="*", metavar="EXAM", help="its folder, code or date")


def _of_the_wall(commands: Any) -> None:
    """What concerns people, held pictures, and what was taken away."""
    people = _command(commands, "people", people_commands.people, "who is who: list, merge, split or rename codes")
    people.add_argument("does", nargs="?", choices=("list", "merge", "split", "rename"), default="list", help="(default: list)")
    people.add_argument("codes", nargs="*", metavar="CODE", help="merge ONE INTO; split ONE; rename ONE NEW")
    people.add_argument("--json", action="store_true", help="for programs")
    reviewed = _command(commands, "review", _review, "look at held pictures on a private page: release, blank or keep them")
    reviewed.add_argument("--no-browser", action="store_true", help="only print the page's address")
    reviewed.add_argument("--again", action="store_true", help="look at what could not be searched for text before")
    reviewed.add_argument("--port", type=int, default=0, help="on this computer (default: a free one)")
    _of_papers(commands)
    _of_going_out(commands)
    explained = _command(commands, "explain", explain.explain, "what was taken from an export and why, for your eyes")
    explained.add_argument("export", metavar="EXPORT", help="its file, or the digits that status shows")
    explained.add_argument("--values", action="store_true", help="show what stood there, too")
    explained.add_argument("--json", action="store_true", help="for programs")
    examined = _command(commands, "doctor", doctor.doctor, "whether everything is in place, and what can be read")
    examined.add_argument("--json", action="store_true", help="for programs")


def _of_papers(commands: Any) -> None:
    """What concerns papers on the private shelf."""
    shown = _command(commands, "papers", papers.papers, "papers (PDF) on the private shelf: what they say, for you to confirm")
    shown.add_argument("does", nargs="?", choices=papers.DOES, default="list", help="(default: list)")
    shown.add_argument("names", nargs="*", metavar="PAPER", help="as the list shows it; of `join`, two series")
    shown.add_argument("--all", action="store_true", help="confirm: every paper that is not yet")
    shown.add_argument("--without", type=int, action="append", default=[], metavar="ROW", help="confirm: all rows but this one")
    shown.add_argument("--row", type=int, action="append", default=[], metavar="ROW", help="confirm: only this row")
    shown.add_argument("--kind", metavar="KIND", help="set: what it is, of `radiary papers kinds`")
    shown.add_argument("--date", metavar="DAY", help="set: its day, YYYY-MM-DD")
    shown.add_argument("--person", metavar="CODE", help="set: whom it is about, as `radiary people` calls her")
    shown.add_argument("--json", action="store_true", help="for programs")


def _of_going_out(commands: Any) -> None:
    """What goes out to other programs, by its owner's choice."""
    exported = _command(commands, "export", export.export, "what you released, for other programs")
    exported.add_argument("form", choices=export.FORMS, help="csv: a table; fhir: a FHIR R4 Bundle")
    exported.add_argument("path", type=Path, metavar="FILE", help="where to write it; - for the terminal")


def _of_sharing(commands: Any) -> None:
    shared = _command(commands, "share", _share, "a copy of chosen exams that you may give away")
    shared.add_argument("exams", nargs="*", metavar="EXAM", help="its date, folder or code")
    shared.add_argument("--thread", metavar="THREAD", help="all exams of a thread of your file")
    shared.add_argument("--to", type=Path, required=True, metavar="PLACE", help="a new folder, or a file that ends in .zip")
    shared.add_argument("--days", choices=("relative", "true"), default="relative", help="(default: relative)")
    shared.add_argument("--pictures", choices=("webp", "png"), default="webp", help="(default: webp)")

    picked = _command(commands, "pick", _pick, "which pictures stand for an exam: list, add or remove")
    picked.add_argument("does", nargs="?", choices=("list", "add", "remove"), default="list", help="(default: list)")
    picked.add_argument("names", nargs="*", metavar="NAME", help="an exam, and pictures as its sheet numbers them, such as 3/21")
    picked.add_argument("--dicom", type=Path, metavar="FOLDER", help="write copies with a selection For Patient and a DICOMDIR")


def _pick(asked: argparse.Namespace, settings: Settings) -> int:
    from radiary.commands import pick

    return pick.pick(settings, asked.does, asked.names, dicom=asked.dicom)


def _share(asked: argparse.Namespace, settings: Settings) -> int:
    from radiary.commands import share

    return share.share(settings, asked.exams, thread=asked.thread, target=asked.to, days=asked.days, pictures=asked.pictures)


def _command(
    commands: Any, name: str, run: Callable[[argparse.Namespace, Settings], int], summary: str
) -> argparse.ArgumentParser:
    """A command, with an option for every setting."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=summary, description=summary.capitalize() + ".")
    parser.set_defaults(command=run)
    settings = parser.add_argument_group("settings", "each is explained in config.example.toml")
    settings.add_argument("--config", type=Path, metavar="FILE", help="the settings file")
    for field, info in Settings.model_fields.items():
        option = "--" + field.replace("_", "-")
        kind = info.annotation
        choices = get_args(kind) if get_origin(kind) is Literal else ("true", "false") if kind is bool else ()
        action = "append" if field in ("watch", "documents", "ignore", "words", "windows") else "store"
        settings.add_argument(option, dest=field, metavar="|".join(choices) or "VALUE", help=info.description, action=action)
    return parser


def _run(asked: argparse.Namespace, settings: Settings) -> int:
    from radiary.service import daemon

    logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(message)s", stream=sys.stderr)
    for noisy in ("apscheduler", "watchdog"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    return daemon.run(settings, lambda: _settings(asked))


def _once(asked: argparse.Namespace, settings: Settings) -> int:
    from radiary.commands import once

    return once.file(settings, asked.paths, again=asked.again)


def _review(asked: argparse.Namespace, settings: Settings) -> int:
    from radiary.commands import review_again, review_server

    if asked.again:
        return review_again.look(settings)
    return review_server.serve(settings, opens=not asked.no_browser, port=asked.port)


def _demo(asked: argparse.Namespace, _settings: Settings) -> int:
    from radiary.commands import demo

    return demo.show(asked.folder)
