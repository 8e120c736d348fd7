"""The grammar: every command, its words and its examples. What a command does is loaded when it is run."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from radiary import __version__
from radiary.commands import completion, spoken
from radiary.commands.command import Deed, Group, Place, Word, answers, given, loaded
from radiary.language import marked

if TYPE_CHECKING:
    from radiary.settings import Settings

SERVICE, EXPORTS = marked("The service"), marked("Downloads")
LIBRARY, CARE = marked("The library"), marked("Settings and care")
PAPERS = (
    "list",
    "show",
    "confirm",
    "withdraw",
    "set",
    "not-mine",
    "discard",
    "series",
    "join",
    "release",
    "keep",
    "kinds",
    "cut",
    "cuttings",
    "uncut",
)
"""What `radiary papers` can be asked to do."""

root = Group(
    "radiary",
    groups=(SERVICE, EXPORTS, LIBRARY, CARE),
    help=marked("Files your scans, anonymized and dated. `radiary COMMAND --help` has more."),
    invoke_without_command=False,
)
root = click.version_option(
    __version__, "-V", "--version", message="radiary %(version)s", help=marked("Show the version and do nothing else.")
)(root)
as_json = click.option("--json", "as_json", is_flag=True, help="For programs.")
passphrase_file = click.option(
    "--passphrase-file", type=Place(), metavar="FILE", help="Of a backup: its passphrase is the first line."
)
exports_named = click.argument("exports", nargs=-1, metavar="[EXPORT]...", shell_complete=completion.exports)
exams_named = click.argument("exams", nargs=-1, metavar="[EXAM]...", shell_complete=completion.exams)


@root.command_of(
    "run",
    SERVICE,
    "Watch the downloads folder and file what comes, until Ctrl-C.",
    "A service manager runs this; `radiary service install` has one do so. SIGHUP reads changed settings.",
    examples=("radiary run", "radiary run --set watch=~/Downloads --set after=sort"),
    loads=False,
)
@click.option("--log-file", type=Place(), metavar="FILE", help="Write the log there, and keep it small.")
@click.pass_context
def _run(context: click.Context, *, log_file: Path | None) -> int:
    from radiary.commands import running

    said = given(context)
    return running.run(said.config, said.settings, log_file)


@root.command_of(
    "service",
    SERVICE,
    "Have systemd or launchd keep it running, or no longer.",
    "DOES is install, which makes the service from your settings and starts it, also anew after a change or an upgrade; "
    "uninstall, which leaves everything that was filed; status, which ends with 3 when it does not run; or logs.",
    examples=("radiary service install", "sudo $(which radiary) service install --system", "radiary service logs -f"),
    loads=False,
)
@click.option("--system", "is_system", is_flag=True, help="Shut in further, by the system's systemd; takes root.")
@click.option("--for", "person", metavar="NAME", help="With --system: whose it is (default: who called sudo).")
@click.option("--name", metavar="NAME", help="A further one, for other folders.")
@click.option("-f", "--follow", is_flag=True, help="Of logs: go on as lines come.")
@as_json
@click.argument("does", type=Word(("install", "uninstall", "status", "logs")), metavar="DOES")
@click.pass_context
def _service(
    context: click.Context,
    does: str,
    *,
    is_system: bool,
    person: str | None,
    name: str | None,
    follow: bool,
    as_json: bool,
) -> int:
    from radiary.commands import service, service_place

    said = given(context)
    which = service_place.ServiceArguments(
        said.config, said.settings, is_system=is_system, person=person, name=name, follows=follow, as_json=as_json
    )
    return service.service(which, does)


@root.command_of(
    "status",
    SERVICE,
    "What runs, what waits for you, and what was filed last.",
    "The exit status is 3 when the service is not running.",
    examples=("radiary status", "radiary status --all", "radiary status --json"),
)
@click.option("--all", "shows_all", is_flag=True, help="Folders, every download that is not filed, the newest that are.")
@as_json
def _status(settings: "Settings", *, shows_all: bool, as_json: bool) -> int:
    from radiary.commands import status

    return status.status(settings, shows_all=shows_all, as_json=as_json)


@root.command_of(
    "pause",
    SERVICE,
    "Begin no download until `radiary resume`.",
    "What is under way goes on to its end. It stays so when the service starts anew.",
    examples=("radiary pause",),
)
@answers
def _pause(settings: "Settings") -> int:
    from radiary.commands import pause

    return pause.pause(settings)


@root.command_of("resume", SERVICE, "Go on after `radiary pause`.", examples=("radiary resume",))
@answers
def _resume(settings: "Settings") -> int:
    from radiary.commands import pause

    return pause.resume(settings)


@root.command_of(
    "log",
    SERVICE,
    "Every fact of the ledger, oldest first.",
    "On your own terminal, what a download is called stands beside its digits.",
    examples=("radiary log", "radiary log -f", "radiary log --json | tail -n 1"),
)
@click.option("-f", "--follow", is_flag=True, help="Go on as facts come.")
@click.option("--schema", is_flag=True, help="The JSON Schema of a line.")
@as_json
def _log(settings: "Settings", *, follow: bool, schema: bool, as_json: bool) -> int:
    from radiary.commands import log

    return log.log(settings, follow=follow, schema=schema, as_json=as_json)


@root.command_of(
    "once",
    EXPORTS,
    "File a zip, a folder or a DICOM file now.",
    "A service that runs does it; this command then waits for it and tells the result.",
    examples=("radiary once ~/Downloads/scans.zip", "radiary once --again /media/cdrom"),
)
@click.option("--again", is_flag=True, help="File what you took out, too.")
@as_json
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=Place())
def _once(settings: "Settings", paths: tuple[Path, ...], *, again: bool, as_json: bool) -> int:
    from radiary.commands import once

    return once.file(settings, paths, again=again, as_json=as_json)


@root.command_of(
    "unlock",
    EXPORTS,
    "Give the password of a locked download, at the prompt.",
    "It is never an argument, since others could read it there. What waited for it goes on.",
    examples=("radiary unlock", "radiary unlock 86675a1013ce", "radiary unlock --forget"),
)
@click.option("--forget", is_flag=True, help="Forget all passwords that were given.")
@click.option("--keyring", is_flag=True, help="Take it from the system's keyring (service and user: radiary).")
@exports_named
@answers
def _unlock(settings: "Settings", exports: tuple[str, ...], *, forget: bool, keyring: bool) -> int:
    from radiary.commands import exports as of_exports

    return of_exports.unlock(settings, exports, forgets=forget, asks_keyring=keyring)


@root.command_of(
    "retry",
    EXPORTS,
    "Try again what was not filed, or waits for you.",
    "Without EXPORT, all that were not filed. An EXPORT is named by the digits that `radiary status` shows.",
    examples=("radiary retry", "radiary retry 86675a1013ce"),
)
@exports_named
@answers
def _retry(settings: "Settings", exports: tuple[str, ...]) -> int:
    from radiary.commands import exports as of_exports

    return of_exports.retry(settings, exports)


@root.command_of(
    "forget",
    EXPORTS,
    "Hear no more of downloads that were not filed.",
    "An EXPORT is named by the digits that `radiary status` shows.",
    examples=("radiary forget 86675a1013ce",),
)
@click.argument("exports", nargs=-1, required=True, metavar="EXPORT...", shell_complete=completion.exports)
@answers
def _forget(settings: "Settings", exports: tuple[str, ...]) -> int:
    from radiary.commands import exports as of_exports

    return of_exports.forget(settings, exports)


@root.command_of(
    "explain",
    EXPORTS,
    "What was taken from a download and why, for your eyes.",
    "EXPORT is its file, or the digits or the name that `radiary status` shows. Nothing of it is stored.",
    examples=("radiary explain 86675a1013ce", "radiary explain ~/Downloads/scans.zip --values"),
)
@click.option("--values", is_flag=True, help="Show what stood there, too.")
@as_json
@click.argument("export", shell_complete=completion.exports_and_files)
def _explain(settings: "Settings", export: str, *, values: bool, as_json: bool) -> int:
    from radiary.commands import explain

    return explain.explain(settings, export, shows_values=values, as_json=as_json)


@root.command_of(
    "remove",
    LIBRARY,
    "Take exams out of the library, or one series or picture.",
    "An EXAM is named by its folder, its code or its date. `radiary restore` brings it back, for a while.",
    examples=("radiary remove CT-yxemwnz6", "radiary remove 2024-03-11 --series 3", "radiary remove --gone"),
)
@click.option("--series", metavar="SERIES", help="Only this series: its number or folder.")
@click.option("--picture", metavar="NAME", help="Only this picture: its file's name.")
@click.option("--gone", is_flag=True, help="All exams that you deleted by hand.")
@as_json
@exams_named
def _remove(
    settings: "Settings", exams: tuple[str, ...], *, series: str | None, picture: str | None, gone: bool, as_json: bool
) -> int:
    from radiary.commands import taking_out

    return taking_out.remove(settings, exams, series=series, picture=picture, all_gone=gone, as_json=as_json)


@root.command_of(
    "restore",
    LIBRARY,
    "Bring back what was taken out of the library, or a backup.",
    "Without EXAM, show what there is to bring back. The FILE of a backup becomes the state folder, where there is none, and the "
    "settings.",
    examples=("radiary restore", "radiary restore CT-yxemwnz6", "radiary restore /media/disk/me.radiary"),
    loads=False,
)
@click.option("--into", type=Place(), metavar="FOLDER", help="Of a backup: another state folder.")
@click.option("--replace", is_flag=True, help="Of a backup: put the state folder aside that is there.")
@passphrase_file
@as_json
@click.argument("exams", nargs=-1, metavar="[EXAM|FILE]...", shell_complete=completion.taken_out)
@click.pass_context
def _restore(
    context: click.Context,
    exams: tuple[str, ...],
    *,
    into: Path | None,
    replace: bool,
    passphrase_file: Path | None,
    as_json: bool,
) -> int:
    from radiary.commands import backup, taking_out

    if len(exams) == 1 and backup.is_backup(exams[0]):
        said = given(context)
        return backup.restore(
            backup.BackupArguments(said.config, said.settings, into=into, replaces=replace, passphrase_file=passphrase_file),
            Path(exams[0]),
        )
    return taking_out.restore(loaded(context), exams, as_json=as_json)


@root.command_of(
    "review",
    LIBRARY,
    "Release, blank or keep held pictures, on a private page.",
    "The page is for this computer alone, and there until Ctrl-C.",
    examples=("radiary review", "radiary review --no-browser --port 8080", "radiary review --again"),
)
@click.option("--again", is_flag=True, help="Look at what could not be searched for text before.")
@click.option("--no-browser", is_flag=True, help="Only print the page's address.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="PORT", help="On this computer (default: a free one).")
@answers
def _review(settings: "Settings", *, again: bool, no_browser: bool, port: int) -> int:
    from radiary.commands import review_again, review_server

    if again:
        return review_again.search(settings)
    return review_server.serve(settings, opens=not no_browser, port=port)


@root.command_of(
    "people",
    LIBRARY,
    "Who is who, by code; merge, split or rename codes.",
    "DOES is list, merge ONE INTO, split ONE, or rename ONE NEW.",
    examples=("radiary people", "radiary people merge P-QX3V P-7LMA", "radiary people rename P-QX3V ME"),
)
@as_json
@click.argument("does", type=Word(("list", "merge", "split", "rename")), default="list", metavar="[DOES]")
@click.argument("codes", nargs=-1, metavar="[CODE]...")
def _people(settings: "Settings", does: str, codes: tuple[str, ...], *, as_json: bool) -> int:
    from radiary.commands import people

    return people.people(settings, does, codes, as_json=as_json)


@root.command_of(
    "papers",
    LIBRARY,
    "What papers (PDF) on the private shelf say, to be confirmed.",
    "DOES is list, show, confirm, withdraw, set, not-mine or discard, of a PAPER as the list names it; series, join, release or "
    "keep, of a SERIES of its values; cut, which shows a row, or a part of a page, of a PAPER as a picture in the chronicle, "
    "cuttings, which lists such pictures, or uncut, which takes one back; or kinds, which are all that a paper can be.",
    examples=(
        "radiary papers",
        "radiary papers show 7f3a",
        "radiary papers confirm 7f3a --without 4",
        "radiary papers set 7f3a --kind letter --date 2024-03-05",
        "radiary papers release --all",
        "radiary papers cut 7f3a --page 2 --part 10,20,90,35",
    ),
)
@click.option("--all", "every", is_flag=True, help="confirm: every paper that is not yet; release, keep: every series.")
@click.option("--row", "rows", type=int, multiple=True, metavar="ROW", help="confirm: only this row; cut: this row.")
@click.option("--without", type=int, multiple=True, metavar="ROW", help="confirm: all rows but this one.")
@click.option("--page", type=int, metavar="PAGE", help="cut: the page, 1 if none is named.")
@click.option("--part", metavar="SIDES", help="cut: left, top, right and bottom of the part in percent of the page.")
@click.option("--kind", metavar="KIND", help="set: what it is, of `radiary papers kinds`.")
@click.option("--date", metavar="DAY", help="set: its day, as 2024-03-05.")
@click.option("--person", metavar="CODE", help="set: whom it is about, as `radiary people` calls her.")
@as_json
@click.argument("does", type=Word(PAPERS), default="list", metavar="[DOES]")
@click.argument("names", nargs=-1, metavar="[PAPER|SERIES]...")
def _papers(settings: "Settings", **asked: Any) -> int:
    from radiary.commands import papers
    from radiary.commands.paper_arguments import PaperArguments

    return papers.papers(settings, PaperArguments(**asked))


@root.command_of(
    "release",
    LIBRARY,
    "Values of a test into your chronicle, and out of it again.",
    "A chart, a table and a CSV file, and each value at its day. Without SERIES, all series with what is released. SERIES is the "
    "name of the test, or the digits that stand before it.",
    examples=("radiary release", "radiary release CRP --site", "radiary release CRP --back"),
)
@click.option("--all", "every", is_flag=True, help="Every series.")
@click.option("--site", "for_site", is_flag=True, help="Into your site's data, too.")
@click.option("--back", "takes_back", is_flag=True, help="Keep them private again.")
@click.argument("names", nargs=-1, metavar="[SERIES]...")
@answers
def _release(settings: "Settings", names: tuple[str, ...], *, every: bool, for_site: bool, takes_back: bool) -> int:
    from radiary.commands import release

    return release.release(settings, names, every=every, for_site=for_site, takes_back=takes_back)


@root.command_of(
    "export",
    LIBRARY,
    "Write what you released of papers, for other programs.",
    "FORM is csv, a table of the series that you released, or fhir, with exams and papers by date, a FHIR R4 Bundle. FILE may "
    "be -, for the terminal.",
    examples=("radiary export csv values.csv", "radiary export fhir bundle.json", "radiary export csv -"),
)
@click.argument("form", type=Word(("csv", "fhir")), metavar="FORM")
@click.argument("path", type=Place(), metavar="FILE")
@answers
def _export(settings: "Settings", form: str, path: Path) -> int:
    from radiary.commands import export

    return export.export(settings, form, path)


@root.command_of(
    "pick",
    LIBRARY,
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


@root.command_of(
    "windows",
    LIBRARY,
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


@root.command_of(
    "share",
    LIBRARY,
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


@root.command_of(
    "chronicle",
    LIBRARY,
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


@root.command_of(
    "verify",
    LIBRARY,
    "Check the ledger's chain and every file's digest.",
    "Nothing is changed. The exit status is 1 when something is missing, damaged or not as it was filed.",
    examples=("radiary verify", "radiary verify --json"),
)
@as_json
def _verify(settings: "Settings", *, as_json: bool) -> int:
    from radiary.commands import verify

    return verify.verify(settings, as_json=as_json)


@root.command_of(
    "rebuild",
    LIBRARY,
    "Make a lost or older ledger anew from the library.",
    "The key in the state folder has to be the library's; put it back from a backup first.",
    examples=("radiary rebuild",),
)
@answers
def _rebuild(settings: "Settings") -> int:
    from radiary.commands import rebuild

    return rebuild.rebuild(settings)


@root.command_of(
    "backup",
    CARE,
    "Keep state folder and settings in one file, sealed.",
    "A passphrase is asked for, which nobody can find again. The service may run. `radiary restore FILE` brings it back. Library "
    "and private shelf are not in it: they are folders to be copied.",
    examples=("radiary backup /media/disk/me.radiary", "radiary backup --passphrase-file ~/secret me.radiary"),
)
@passphrase_file
@click.argument("path", metavar="FILE", type=Place())
@click.pass_context
@answers
def _backup(context: click.Context, settings: "Settings", path: Path, *, passphrase_file: Path | None) -> int:
    from radiary import settings as sources
    from radiary.commands import backup

    return backup.keep(settings, sources.file_of(given(context).config), path, passphrase_file=passphrase_file)


@root.command_of(
    "doctor",
    CARE,
    "Whether everything is in place and can be read.",
    "The exit status is 1 when something keeps Radiary from working.",
    examples=("radiary doctor", "radiary doctor --json"),
    loads=False,
)
@as_json
@click.pass_context
def _doctor(context: click.Context, *, as_json: bool) -> int:
    from radiary.commands import doctor

    return doctor.doctor(given(context), as_json=as_json)


@root.command_of(
    "report",
    CARE,
    "What helps to find a mistake in Radiary, naming nobody.",
    "Versions, settings without texts and paths, what `radiary doctor` found, and facts counted by kind and reason, as JSON. "
    "Read it, and put it beside your words when you report a mistake.",
    examples=("radiary report", "radiary report radiary-report.json"),
    loads=False,
)
@click.argument("path", metavar="[FILE]", required=False, type=Place())
@click.pass_context
def _report(context: click.Context, path: Path | None) -> int:
    from radiary.commands import report

    said = given(context)
    return report.report(said.config, said.settings, path)


@root.command_of(
    "config",
    CARE,
    "Every setting as it counts now, and where it was said.",
    "The command line wins over the environment (RADIARY_NAME), and that over the settings file.",
    examples=("radiary config", "radiary config watch", "radiary config --write"),
    loads=False,
)
@click.option("--example", is_flag=True, help="The settings file with every default, explained.")
@click.option("--write", "writes", is_flag=True, help="Put that file in its place, if there is none.")
@as_json
@click.argument("names", nargs=-1, metavar="[NAME]...", shell_complete=completion.settings)
@click.pass_context
def _config(context: click.Context, names: tuple[str, ...], *, example: bool, writes: bool, as_json: bool) -> int:
    from radiary.commands import config

    if names and (writes or example):
        raise click.UsageError(spoken.say("The file has every setting: leave out %(names)s.", names=" ".join(names)), context)
    if writes:
        return config.write_example(given(context))
    return config.show_example() if example else config.config(given(context), names, as_json=as_json)


@root.command_of(
    "completion",
    CARE,
    "What has your shell complete commands, exports and exams.",
    "SHELL is bash (from 4.4 on), zsh or fish. The folder of the file has to be there (`mkdir -p`); zsh looks into it once a "
    "line `fpath+=~/.zfunc` stands before `compinit` in `~/.zshrc`.",
    examples=(
        "radiary completion bash > ~/.local/share/bash-completion/completions/radiary",
        "radiary completion zsh > ~/.zfunc/_radiary",
        "radiary completion fish > ~/.config/fish/completions/radiary.fish",
    ),
    loads=False,
    takes_settings=False,
)
@click.argument("shell", type=Word(("bash", "zsh", "fish")), metavar="SHELL")
def _completion(shell: str) -> int:
    from radiary.commands import shell as of_shell

    return of_shell.completion(root, shell)


@root.command_of(
    "demo",
    CARE,
    "See it work on a sample it makes, in a folder of its own.",
    examples=("radiary demo", "radiary demo --folder /tmp/radiary-demo"),
    loads=False,
    takes_settings=False,
)
@click.option(
    "--folder",
    type=Place(),
    metavar="FOLDER",
    default=Path("radiary-demo"),
    help="Where (default: radiary-demo).",
)
def _demo(*, folder: Path) -> int:
    from radiary.commands import demo

    return demo.show(folder)
