"""Whether a download is queued: looked into, in a worker that may die of it, for the first DICOM file."""

import logging
from pathlib import Path

from radiary.archives import unpack
from radiary.ingest import error_facts
from radiary.ingest.bench import Bench
from radiary.model.errors import Empty, GaveUp, NoDicom, RadiaryError, SourceUnreadable, Unacceptable, Waiting
from radiary.model.events import Event, Queued, Rejected
from radiary.model.nouns import Export, Limits
from radiary.workers import time_limit

log = logging.getLogger("radiary")

SECONDS = 3600
"""How long the search for the first DICOM file in one archive may take: somebody's backup may be large."""


def judged(export: Export, bench: Bench) -> Event:
    """The first fact about an export: queued, or why it is not. Raises NotNow when it is gone, and Stopping."""
    try:
        if not export.size:
            raise Empty
        if not bench.scout.call(_holds_dicom, export, bench.scratch, bench.limits, bench.passwords()):
            raise NoDicom
    except (Unacceptable, Waiting) as error:
        return error_facts.fact(export.digest, error)
    except RadiaryError:
        raise
    except OSError:
        raise SourceUnreadable from None
    except Exception as error:  # noqa: BLE001 - one odd download must not end the intake of all others
        log.error("export %s: internal error, %s", export.digest[:12], error_facts.place_in_code(error))
        return Rejected(export=export.digest, reason=GaveUp.reason())
    return Queued(export=export.digest, kind=export.kind, size=export.size)


def prepare(bench: Bench) -> None:
    """Make the worker ready: it is as soon as it has imported this module."""
    bench.scout.prepare(_import)


def _import() -> None:
    """Done as soon as a worker can call it."""


def _holds_dicom(export: Export, scratch: Path, limits: Limits, passwords: tuple[str, ...]) -> bool:
    time_limit.set_to(SECONDS)
    return unpack.holds_dicom(export, scratch, limits, passwords)
