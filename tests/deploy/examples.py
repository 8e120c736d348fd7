"""The service files in `deploy`: what `radiary service install` makes for Anna, whose settings are the default ones.

`cd tests && python -m deploy.examples` writes them anew; a test holds them to be the same.
"""

from importlib import resources
from pathlib import Path

from radiary.installing import launch_agents, systemd_units
from radiary.installing.plan import Plan, Program, folders_of
from radiary.settings import Settings

DEPLOY = Path(__file__).parents[2] / "deploy"


def plan(home: Path = Path("/home/anna"), name: str = "radiary", venv: Path = Path("/opt/radiary"), **settings: object) -> Plan:
    own = {part: home / "Pictures/Radiary" / part for part in ("library", "private", "chronicle")}
    said = {"watch": (home / "Downloads",), "state": home / ".local/state/radiary"} | own | settings
    known = Settings(**said)  # type: ignore[arg-type]
    return Plan(
        name=name,
        person="anna",
        home=home,
        program=Program((str(venv / "bin/radiary"), "run"), (venv,)),
        folders=folders_of(known, home / ".config/radiary/config.toml"),
        config=home / ".config/radiary/config.toml",
        state=known.state,
        watched=known.watched,
        has_network=known.engine == "dask",
        stop_seconds=known.stop_seconds,
    )


def template(kind: str) -> str:
    return resources.files("radiary.installing").joinpath("templates", f"{kind}.service").read_text()


def user(made: Plan) -> str:
    return systemd_units.user_unit(made, template("user"))


def system(made: Plan) -> str:
    return systemd_units.system_unit(made, template("system"))


def made() -> dict[Path, bytes]:
    """Every example by its place."""
    mac = plan(Path("/Users/anna"), venv=Path("/Users/anna/.local/pipx/venvs/radiary"))
    own = plan(venv=Path("/home/anna/.local/share/pipx/venvs/radiary"))
    return {
        DEPLOY / "systemd/radiary.service": user(own).encode(),
        DEPLOY / "systemd/radiary-anna.service": system(plan(name="radiary-anna")).encode(),
        DEPLOY / "launchd/org.radiary.radiary.plist": launch_agents.agent(mac),
    }


if __name__ == "__main__":
    for path, content in made().items():
        path.write_bytes(content)
