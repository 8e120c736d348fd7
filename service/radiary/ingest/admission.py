"""Whether a download is queued: looked into, in a worker that may die of it, for the first DICOM file."""

from pathlib import Path

from radiary.archives import unpack
from radiary.ingest import error_facts
from radiary.ingest.bench import Bench
from radiary.model.errors import (
    GaveUp,
    NoDicom,
    OthersPaper,
    OutOfMemory,
    RadiaryError,
    SourceUnreadable,
    Unacceptable,
    Waiting,
    WorkersUnavailable,
)  # fmt: skip
from radiary.model.events import Event, Queued
from radiary.model.nouns import Acquaintance, Export, Limits
from radiary.workers import time_limit
from radiary.workers.pool import Pool

SECONDS = 3600
"""How long the search for the first DICOM file in one archive may take: somebody's backup may be large."""

Refusal = Unacceptable | Waiting | None
"""What keeps an export that may be the owner's from the queue, if anything does."""


def refusal(export: Export, scout: Pool, bench: Bench) -> Refusal:
    """Look into an export. Raises NoDicom for what is not the owner's affair, and NotNow and Stopping."""
    try:
        if not export.size:
            raise NoDicom
        if not scout.call(_holds_dicom, export, bench.scratch, bench.limits, bench.passwords()):
            _look_for_papers(export, scout, bench)
    except NoDicom:
        raise
    except (Unacceptable, Waiting) as error:
        return error
    except RadiaryError:
        raise
    except OSError:
        raise SourceUnreadable from None
    except MemoryError:
        raise OutOfMemory from None
    except ImportError:
        raise WorkersUnavailable from None
    except Exception as error:  # noqa: BLE001 - one odd download must not end the intake of all others
        error_facts.log_internal(export.digest, error)
        return GaveUp()
    return None


def _look_for_papers(export: Export, scout: Pool, bench: Bench) -> None:
    """Raises NoDicom where no paper of somebody known is in an export; one that its reader does not survive is not hers."""
    acquaintances = bench.people.acquaintances()
    try:
        takes_all = bench.takes_papers(export)
        outcome = scout.call(_papers, export, bench.scratch, bench.limits, bench.passwords(), acquaintances, takes_all)
    except GaveUp:
        outcome = "others"
    if outcome == "none":
        raise NoDicom
    if outcome == "others" and not bench.takes_papers(export):
        raise OthersPaper


def fact(export: Export, refusal: Refusal) -> Event:
    """What is written down of an export that may be the owner's: that it is queued, or why it is not."""
    if refusal is None:
        return Queued(export=export.digest, kind=export.kind, size=export.size)
    return error_facts.fact(export.digest, refusal)


def prepare(bench: Bench) -> None:
    """Make a worker ready: it is as soon as it has imported this module."""
    bench.scouts[0].prepare(_import)


def _import() -> None:
    """Done as soon as a worker can call it."""


def _holds_dicom(export: Export, scratch: Path, limits: Limits, passwords: tuple[str, ...]) -> bool:
    time_limit.set_to(SECONDS)
    return unpack.holds_dicom(export, scratch, limits, passwords=passwords)


def _papers(
    export: Export,
    scratch: Path,
    limits: Limits,
    passwords: tuple[str, ...],
    acquaintances: tuple[Acquaintance, ...],
    takes_all: bool,
) -> str:
    from radiary.ingest import papers  # here: only workers read papers

    return papers.whose(export, scratch, limits=limits, passwords=passwords, acquaintances=acquaintances, takes_all=takes_all)
