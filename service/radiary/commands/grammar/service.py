"""The service: run it, have it run, see what it is at."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from radiary.commands.command_line.command import Commands
from radiary.commands.command_line.settings_given import answers, given
from radiary.commands.command_line.words import Place, Word
from radiary.commands.grammar.options import as_json

if TYPE_CHECKING:
    from radiary.settings import Settings

commands = Commands()


@commands.command_of(
    "run",
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


@commands.command_of(
    "service",
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


@commands.command_of(
    "status",
    "What runs, what waits for you, and what was filed last.",
    "The exit status is 3 when the service is not running.",
    examples=("radiary status", "radiary status --all", "radiary status --json"),
)
@click.option("--all", "shows_all", is_flag=True, help="Folders, every download that is not filed, the newest that are.")
@as_json
def _status(settings: "Settings", *, shows_all: bool, as_json: bool) -> int:
    from radiary.commands import status

    return status.status(settings, shows_all=shows_all, as_json=as_json)


@commands.command_of(
    "pause",
    "Begin no download until `radiary resume`.",
    "What is under way goes on to its end. It stays so when the service starts anew.",
    examples=("radiary pause",),
)
@answers
def _pause(settings: "Settings") -> int:
    from radiary.commands import pause

    return pause.pause(settings)


@commands.command_of("resume", "Go on after `radiary pause`.", examples=("radiary resume",))
@answers
def _resume(settings: "Settings") -> int:
    from radiary.commands import pause

    return pause.resume(settings)


@commands.command_of(
    "log",
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
