"""Has an export's members developed by worker processes, some at a time; what takes its process with it is skipped."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from radiary.model.errors import Reason
from radiary.model.nouns import Findings, Outcome, Skipped, Task
from radiary.workers.pool import Crash, Pool

_TOGETHER, _MANY_TOGETHER, _SHARES = 8, 16, 24
"""Members handed over at once: few enough for even work, enough that handing over costs little, and that few slices stand at an
end, where those beside them went to another worker. Of many members so many shares are made, of 16 at most: a stop waits for one.
"""
_REASONS = {Crash.DIED: Reason.CODEC_CRASHED, Crash.OVERRAN: Reason.TOO_SLOW}


def developed(
    pool: Pool, task: Task, indices: Sequence[int], *, progress: Callable[[int], None] = lambda _done: None
) -> dict[int, Outcome]:
    """The outcome of each member, by its index; `progress` hears how many are done. Raises what concerns the whole export."""
    together = min(_MANY_TOGETHER, max(_TOGETHER, len(indices) // _SHARES))
    results = pool.run(partial(_develop, task), indices, together=together, seconds=task.patience, progress=progress)
    return _by_member(indices, results)


def developed_again(pool: Pool, task: Task, findings: Mapping[int, Findings]) -> dict[int, Outcome]:
    """The outcomes of members of which something is known by now. What is known of one travels with it, and not with all."""
    results = pool.run(partial(_develop_again, task), list(findings.items()), together=_TOGETHER, seconds=task.patience)
    return _by_member(findings, results)


def _by_member(indices: Iterable[int], results: Iterable[Outcome | Crash]) -> dict[int, Outcome]:
    return {index: Skipped(_REASONS[one]) if isinstance(one, Crash) else one for index, one in zip(indices, results, strict=True)}


def prepare(pool: Pool) -> None:
    """Make workers ready for members."""
    pool.prepare(_import)


def release(pool: Pool) -> None:
    """Have workers close the archive that they keep open for the next batch."""
    pool.release(_close)


# Imported in the workers only: pydicom and numpy weigh about 100 MB.


def _develop(task: Task, indices: Sequence[int]) -> list[Outcome]:
    from radiary.ingest import member

    return member.developed(task, indices)


def _develop_again(task: Task, members: Sequence[tuple[int, Findings]]) -> list[Outcome]:
    from radiary.ingest import member

    return member.developed_each([(_with(task, findings), index) for index, findings in members])


def _with(task: Task, findings: Findings) -> Task:
    people = {**task.people, **findings.people}
    return replace(
        task, scales=findings.scales, values=findings.values, people=people, treatment=findings.treatment, apart=findings.apart
    )


def _import() -> None:
    from radiary.ingest import member  # noqa: F401 - importing it takes a second, which is the point


def _close() -> None:
    from radiary.ingest import member

    member.kept_open.close()
