"""What its owner said of a held paper: its kind, its day, and whom it is about. The paper stays where it lies."""

from radiary.documents import kinds
from radiary.ingest.bench import Bench
from radiary.ingest.taking_out import Description
from radiary.model.errors import Mistaken
from radiary.model.events import Described
from radiary.state.queue import Queue


def carried_out(wish: Description, bench: Bench, queue: Queue) -> Described:
    """The fact to write down. Raises Mistaken for what is no held paper, and for a code that nobody has."""
    from radiary.ingest import paper_dates  # the wall brings pydicom, which the idle service is without

    study = queue.studies.get((wish.paper, True))
    if study is None:
        raise Mistaken("There is no such paper on the private shelf.")
    if len(study.series) != 1 or study.modality != "DOC":
        raise Mistaken("It stands with others of its exam, whose day and person it shares; only a paper alone can be described.")
    people = bench.people.known()
    person = next((one for one in people.values() if one.code == wish.person), None)
    if wish.person and person is None:
        raise Mistaken("Nobody has this code; `radiary people` shows them.")
    if wish.kind not in kinds.names():
        raise Mistaken("There is no such kind; `radiary papers kinds` shows them.")
    day = paper_dates.by_policy(wish.day, bench.policy, bench.key, person=person)
    return Described(study=wish.paper, kind=wish.kind, patient=wish.person, date=day, is_hers=wish.is_hers)
