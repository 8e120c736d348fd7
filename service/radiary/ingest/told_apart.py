"""Members that share UIDs with others and are none of them: what tells them apart, beside what stands in library and shelf."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from radiary.ingest.bench import Bench
from radiary.library import telling_apart, whereabouts
from radiary.library.telling_apart import AreApart, Image
from radiary.model.nouns import Apart, Findings, Outcome, Placed
from radiary.state import same_person
from radiary.state.queue import Queue


def people(outcomes: Mapping[int, Outcome], bench: Bench, queue: Queue) -> dict[int, Apart]:
    """The UID of a study of its own for everybody who shares one with somebody else. Raises NotNow."""
    codes = bench.people.codes()
    standing = {uid: codes.get(study.patient, study.patient) for (uid, _), study in queue.studies.items()}
    return telling_apart.of_people(_placed(outcomes), standing, _are_apart(bench))


def _are_apart(bench: Bench) -> AreApart:
    known = {one.code: list(one.identities.values()) for one in bench.people.all()}
    return lambda one, other: same_person.are_apart(known.get(one, []), known.get(other, []))


def images(outcomes: Mapping[int, Outcome], bench: Bench, queue: Queue) -> dict[int, Apart]:
    """The UID of its own for every image that shares one with another image. Raises NotNow."""
    placed = _placed(outcomes)
    uids = {(one.facts.study, one.record.uid) for one in placed.values()}
    standing = {key: shown for key, shown in _standing({study for study, _ in uids}, bench, queue) if key in uids}
    return telling_apart.of_images(placed, standing)


def with_uids(findings: Mapping[int, Findings], apart: Mapping[int, Apart]) -> dict[int, Findings]:
    """What is known of each member that gets a UID of its own: what was known before, and that UID."""
    known = {index: findings.get(index, Findings()) for index in apart}
    return {
        index: replace(
            known[index], apart=Apart(one.study or known[index].apart.study, one.instance or known[index].apart.instance)
        )
        for index, one in sorted(apart.items())
    }


def _placed(outcomes: Mapping[int, Outcome]) -> dict[int, Placed]:
    return {index: one for index, one in sorted(outcomes.items()) if isinstance(one, Placed)}


def _standing(studies: set[str], bench: Bench, queue: Queue) -> Iterator[tuple[tuple[str, str], Image]]:
    """The images of studies that are filed. A record that cannot be read is told of elsewhere."""
    for is_held in (True, False):
        home = bench.home(is_held=is_held)
        known = {uid: queue.studies[uid, is_held].folder for uid in studies if (uid, is_held) in queue.studies}
        for uid, folder in whereabouts.places(home, known).items() if known else ():
            try:
                record = home.study(folder)
            except (OSError, ValueError):
                continue
            for series in record.series:
                for one in series.instances:
                    number = -1 if one.number is None else one.number
                    yield (uid, one.uid), Image(series.uid, number, position=one.position, pixels=one.pixels)
