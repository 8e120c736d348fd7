import pytest

from benchmarks import profiling


@pytest.mark.parametrize(("stage", "owner", "name"), profiling.STAGES)
def test_every_stage_that_the_profile_times_is_there(stage: str, owner: object, name: str) -> None:
    assert callable(getattr(owner, name)), stage
