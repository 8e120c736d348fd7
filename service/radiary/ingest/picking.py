"""What its owner picks of an exam, or does not want to stand for it: nothing but a fact."""

from radiary.ingest.bench import Bench
from radiary.ingest.taking_out import Picking
from radiary.library import whereabouts
from radiary.model.errors import Unusable
from radiary.model.events import Picked
from radiary.state.queue import Queue


def carried_out(wish: Picking, bench: Bench, queue: Queue) -> Picked:
    """The fact to write down. Raises Unusable for a picture that is not in the library, and NotNow."""
    known = queue.studies.get((wish.study, False))
    place = whereabouts.place(bench.present(is_held=False), known.uid, known.folder) if known else None
    record = bench.library.standing(place) if place else None
    instances = [one for series in record.series for one in series.instances] if record else []
    if not any(one.uid == wish.instance and 1 <= wish.frame <= len(one.pictures) for one in instances):
        raise Unusable("There is no such picture in the library; `radiary pick list` shows what there is.")
    return Picked(study=wish.study, instance=wish.instance, frame=wish.frame, is_wanted=wish.is_wanted)
