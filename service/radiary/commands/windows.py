"""`radiary windows`: a CT's pictures in further windows, for the exams that are named."""

from collections.abc import Sequence

from radiary.commands import exams, taking_out
from radiary.commands.speaking import console
from radiary.ingest.taking_out import Windowing
from radiary.language import sentence
from radiary.model.errors import Mistaken
from radiary.model.nouns import CT_WINDOWS, CtWindow
from radiary.settings import Settings
from radiary.state import ledger
from radiary.state.folder import State
from radiary.state.queue import folded


def windows(settings: Settings, named: Sequence[str], chosen: Sequence[CtWindow]) -> int:
    """Have them made, by the service if that runs. Raises Mistaken and NotNow."""
    queue = folded(ledger.read(State(settings.state).ledger))
    studies = {study.uid: study for name in named for study in exams.named(settings, queue, name) if not study.held}
    if not studies:
        raise Mistaken(sentence("Name exams in the library, by folder, code or date."))
    wishes = [Windowing(study=uid, windows=frozenset(chosen or CT_WINDOWS)) for uid in studies]
    is_done = taking_out.done(wishes, settings)
    console.answer(done=is_done, windows=list(chosen or CT_WINDOWS), exams=sorted(studies))
    if is_done:
        console.say("Made: %(windows)s. The exam's page lets you choose among them.", windows=", ".join(chosen or CT_WINDOWS))
    return 0
