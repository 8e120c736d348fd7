"""What can be checked of an agent without a Mac: that it is a property list, and what stands in it."""

import plistlib
from dataclasses import replace
from pathlib import Path

from deploy import examples
from radiary.installing import launch_agents

HOME = Path("/Users/anna")


def test_an_agent_starts_at_login_is_kept_and_writes_for_its_owner_alone() -> None:
    plan = replace(examples.plan(HOME), environment={"RADIARY_CONFIG": "/Users/anna/a & b.toml"})
    agent = plistlib.loads(launch_agents.agent(plan))
    assert agent["Label"] == "org.radiary.radiary"
    assert agent["RunAtLoad"] is True
    assert agent["KeepAlive"] == {"SuccessfulExit": False}
    assert agent["ProcessType"] == "Background"
    assert agent["Umask"] == 0o077
    assert agent["EnvironmentVariables"] == {"RADIARY_CONFIG": "/Users/anna/a & b.toml"}


def test_its_log_is_kept_small_by_the_service_itself() -> None:
    agent = plistlib.loads(launch_agents.agent(examples.plan(HOME)))
    assert agent["ProgramArguments"][1:] == ["run", "--log-file", "/Users/anna/Library/Logs/radiary.log"]
    assert agent["StandardErrorPath"] != "/Users/anna/Library/Logs/radiary.log"


def test_an_agent_says_what_it_works_on_and_another_one_does_not() -> None:
    plan = examples.plan(HOME, after="sort")
    assert launch_agents.work_of(launch_agents.agent(plan)) == plan.work
    assert launch_agents.work_of(plistlib.dumps({"Label": "org.radiary.mine"})) is None
    assert launch_agents.work_of(b"no property list") is None
