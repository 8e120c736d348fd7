"""Parts of papers that are shown go with their paper, sealed pictures and all: when it is discarded, or somebody else's.

They do not come back with it. `radiary restore` brings the paper back, and a picture of it is a new decision of its owner's.
"""

import contextlib
from collections.abc import Iterator, Mapping

from radiary.documents import cuttings
from radiary.ingest import decisions, released
from radiary.ingest.bench import Bench
from radiary.ingest.taking_out import Description, Removal, Wish
from radiary.model.errors import Unusable
from radiary.state.paper_facts import PaperFact
from radiary.state.queue import Queue


@contextlib.contextmanager
def with_its_paper(wish: Wish, bench: Bench, queue: Queue) -> Iterator[None]:
    """Carry out a wish within; what it took the paper away of is not shown any more."""
    shown = _cuttings_shown(bench) if _takes_away(wish) else {}
    before = _hers(bench, queue)[0] if shown else frozenset()
    yield
    if not shown:
        return
    left, is_whole = _hers(bench, queue)
    papers = {fact.paper for fact in shown.values()} if is_whole else before
    with contextlib.suppress(OSError, Unusable):  # what was wished is done and told; `radiary doctor` tells of what is left
        for code, fact in shown.items():
            if fact.paper in papers - left and bench.papers and bench.cut_pictures:
                bench.papers.add(cuttings.taking_back(fact.paper, code))
                bench.cut_pictures.drop(code)


def _takes_away(wish: Wish) -> bool:
    if isinstance(wish, Removal):
        return wish.held and wish.does != "restore"
    return isinstance(wish, Description) and not wish.is_hers


def _cuttings_shown(bench: Bench) -> Mapping[str, PaperFact]:
    try:
        return cuttings.standing(bench.papers.all() if bench.papers else ())
    except Unusable:
        return {}


def _hers(bench: Bench, queue: Queue) -> tuple[frozenset[str], bool]:
    """The papers on the shelf that are hers, by UID; and whether every folder there could be read, so that others are gone."""
    held = list(decisions.held(bench.shelf, queue))
    studies = {
        instance.uid: study.uid
        for study, record in held
        for one in (record.series if record else ())
        for instance in one.instances
    }
    return frozenset(released.hers(queue, studies)), all(record for _, record in held)
