"""The chronicle, and what is chosen for it and for copies to give away."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from radiary.commands.command_line import completion
from radiary.commands.command_line.command import Commands
from radiary.commands.command_line.settings_given import answers
from radiary.commands.command_line.words import Deed, Place, Word
from radiary.commands.grammar.options import exams_named

if TYPE_CHECKING:
    from radiary.settings import Settings

commands = Commands()


@commands.command_of(
    "chronicle",
    "Bring the chronicle up to date now.",
    "A service that runs does so by itself, after each download.",
    examples=("radiary chronicle", "radiary chronicle --dry-run", "radiary chronicle --jekyll ~/site"),
)
@click.option("--dry-run", is_flag=True, help="Only show what would be added to your file.")
@click.option("--jekyll", type=Place(), metavar="FOLDER", help="Give a Jekyll site a layout and an include that show it.")
@answers
def _chronicle(settings: "Settings", *, dry_run: bool, jekyll: Path | None) -> int:
    from radiary.commands import chronicle

    return chronicle.chronicle(settings, only_shows=dry_run, jekyll=jekyll)


@commands.command_of(
    "pick",
    "Which pictures stand for an exam; list, add or remove them.",
    "DOES is list [EXAM]..., add EXAM PICTURE..., or remove EXAM PICTURE.... A PICTURE is named as the contact sheet numbers it, "
    "SERIES/PICTURE, or by its file's name. What a radiologist selected comes first.",
    examples=(
        "radiary pick list 2024-03-11",
        "radiary pick add CT-yxemwnz6 3/21 4/7",
        "radiary pick --dicom ~/disc",
    ),
)
@click.option(
    "--dicom",
    type=Place(),
    metavar="FOLDER",
    help="Write the copies of picked exams, with a selection For Patient and a DICOMDIR.",
)
@click.argument("does", type=Deed(("list", "add", "remove")), default="list", metavar="[DOES]")
@click.argument("names", nargs=-1, metavar="[NAME]...", shell_complete=completion.exams)
@answers
def _pick(settings: "Settings", does: str, names: tuple[str, ...], *, dicom: Path | None) -> int:
    from radiary.commands import pick

    return pick.pick(settings, does, names, dicom=dicom)


@commands.command_of(
    "windows",
    "Show a CT in further windows: lung, bone, brain, soft tissue.",
    "They are made from the copies, and chosen on the exam's page. `windows` in the settings makes them of every CT.",
    examples=("radiary windows 2024-03-11", "radiary windows CT-yxemwnz6 --window lung --window bone"),
)
@click.option(
    "--window", "chosen", multiple=True, type=Word(("soft-tissue", "lung", "bone", "brain")), help="Which (default: all)."
)
@exams_named
@answers
def _windows(settings: "Settings", exams: tuple[str, ...], *, chosen: tuple[Any, ...]) -> int:
    from radiary.commands import windows

    return windows.windows(settings, exams, chosen)


@commands.command_of(
    "share",
    "Make a copy of chosen exams that you may give away.",
    "It has pages and a viewer of its own, and codes that lead nowhere; every text and picture is searched before it is closed. "
    "What you sealed and what is on the private shelf are never in it. An EXAM is named by its date, its folder or its code.",
    examples=(
        "radiary share 2024-03-11 --to ~/for-the-doctor.zip --days true",
        "radiary share CT-yxemwnz6 MG-qaa6aqsj --to ~/copy",
        "radiary share --thread 'left breast' --to ~/copy.zip",
    ),
)
@click.option("--to", "target", required=True, type=Place(), metavar="PLACE", help="A new folder, or a .zip.")
@click.option("--thread", metavar="THREAD", help="All exams of a thread of your file.")
@click.option("--days", type=Word(("relative", "true")), default="relative", help="Count days from the first exam, or say them.")
@click.option("--pictures", type=Word(("webp", "png")), default="webp", help="WebP of quality 90, or as filed.")
@exams_named
@answers
def _share(
    settings: "Settings",
    exams: tuple[str, ...],
    *,
    target: Path,
    thread: str | None,
    days: Literal["relative", "true"],
    pictures: str,
) -> int:
    from radiary.commands import share

    return share.share(settings, exams, target=target, thread=thread, days=days, pictures=pictures)
