"""Whether the sealed pictures of papers' parts are what their owner shows: each there as it was searched, and none besides."""

import hashlib
from collections.abc import Iterator

from radiary.commands.checks.check import Check
from radiary.documents import cuttings
from radiary.language import Sentence, sentence
from radiary.model.errors import Unusable
from radiary.state.cut_pictures import CutPictures
from radiary.state.folder import State
from radiary.state.paper_facts import PaperFact, PaperFacts
from radiary.state.queue import Queue

_WHAT = sentence("parts of papers")


def faults(state: State, queue: Queue) -> list[str]:
    """What is not as it was written."""
    try:
        return [*_lost(state, queue), *_strays(state, queue)]
    except Unusable as error:
        return [str(error)]


def check(state: State, queue: Queue) -> Iterator[Check]:
    """The same for a look at everything: nothing where no part is shown, or nothing can be read, of which the state folder's
    own check tells.
    """
    try:
        lost, strays = _lost(state, queue), _strays(state, queue)
        is_any = bool(_standing(state, queue)[1])
    except Unusable:
        return
    yield from (Check(_WHAT, "bad", one) for one in lost)
    yield from (Check(_WHAT, "note", one) for one in strays)
    if is_any and not lost and not strays:
        yield Check(_WHAT, "well", sentence("each picture is there as it was searched"))


def _lost(state: State, queue: Queue) -> list[Sentence]:
    pictures, standing = _standing(state, queue)
    return [
        sentence(
            "The picture %(code)s of a part of a paper is missing in the state folder, or damaged. Put it back from a backup, or "
            "cut it out again in `radiary review`.",
            code=code,
        )
        for code, fact in standing.items()
        if pictures and fact.cutting and not _is(pictures, code, fact.cutting.digest)
    ]


def _strays(state: State, queue: Queue) -> list[Sentence]:
    pictures, standing = _standing(state, queue)
    return [
        sentence("The picture %(code)s of a part of a paper is shown nowhere any more: delete %(file)s.", code=code, file=path)
        for code, path in (pictures.all() if pictures else {}).items()
        if code not in standing
    ]


def _standing(state: State, queue: Queue) -> tuple[CutPictures | None, dict[str, PaperFact]]:
    key = state.known_key(queue.key)
    if key is None:  # another check tells of that
        return None, {}
    return CutPictures(state.folder / "cuttings", key), cuttings.standing(PaperFacts(state.folder / "papers", key).all())


def _is(pictures: CutPictures, code: str, digest: str) -> bool:
    try:
        return hashlib.sha256(pictures.png(code)).hexdigest() == digest
    except Unusable:
        return False
