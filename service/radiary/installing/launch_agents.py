"""Agents for launchd, as property lists."""

import plistlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from radiary.installing.plan import Plan, Work

_LABEL = "org.radiary."


def label(name: str) -> str:
    """How launchd calls an agent."""
    return _LABEL + name


def runs_this(environment: Mapping[str, str]) -> bool:
    """Whether launchd started this process, as an agent of Radiary's."""
    return environment.get("XPC_SERVICE_NAME", "").startswith(_LABEL)


def file_name(name: str) -> str:
    """How an agent's file is called."""
    return f"{label(name)}.plist"


def log_of(plan: Plan) -> Path:
    """The service's log. It rotates by itself, since launchd rotates nothing."""
    return plan.home / "Library/Logs" / f"{plan.name}.log"


def agent(plan: Plan) -> bytes:
    """The agent: started at login, kept, ended by a stop that was asked for. Umask 63 is 0077: files for her eyes only."""
    log = log_of(plan)
    crashes = str(log.with_name(f"{plan.name}-start.log"))
    entries: dict[str, Any] = {
        "Label": label(plan.name),
        "ProgramArguments": [*plan.program.command, "--log-file", str(log)],
        "EnvironmentVariables": dict(plan.environment),
        "RunAtLoad": True,
        "KeepAlive": {"SuccessfulExit": False},
        "ThrottleInterval": 30,
        "ProcessType": "Background",
        "ExitTimeOut": round(max(30, plan.stop_seconds + 20)),
        "Umask": 0o077,
        "StandardOutPath": crashes,
        "StandardErrorPath": crashes,
        "RadiaryState": plan.work.state,
        "RadiaryWatch": list(plan.work.watched),
        "RadiaryWrite": list(plan.work.written),
    }
    return plistlib.dumps({key: value for key, value in entries.items() if value not in ({}, [])}, sort_keys=False)


def work_of(data: bytes) -> Work | None:
    """What an agent that was made here works on; None for another one."""
    try:
        entries = plistlib.loads(data)
    except (ValueError, plistlib.InvalidFileException):
        return None
    if not isinstance(entries, dict) or "RadiaryState" not in entries:
        return None
    watched, written = (tuple(map(str, entries.get(name, ()))) for name in ("RadiaryWatch", "RadiaryWrite"))
    return Work(str(entries["RadiaryState"]), watched, written=written, program=str(entries.get("ProgramArguments", [""])[0]))
