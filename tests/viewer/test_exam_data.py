import json
from dataclasses import replace

from radiary.model.nouns import Orientation
from radiary.viewer.exam_data import CopyFacts, Heading, Named, script
from radiary.viewer.stacks import stacks
from viewer.test_stacks import instance, study

HEADING = Heading("aaaaaaaa", "2024-01-01", "CT, chest", "p")


def told(*instances: object, title: str = "Series 1", modality: str = "CT", facts: CopyFacts | None = None) -> dict[str, object]:
    every = stacks(study(*instances, modality=modality))  # type: ignore[arg-type]
    named = [Named(one, title, "g") for one in every]
    text = script(HEADING, named, facts=[facts or CopyFacts()] * len(every), folder="../../library/x/", words={"lung": "Lung"})
    assert text.startswith("radiary.exam(")
    assert "<" not in text
    return dict(json.loads(text.removeprefix("radiary.exam(").removesuffix(");\n")))


def test_a_stack_says_where_its_pictures_lie_and_how_they_were_made() -> None:
    data = told(instance("a", 1, "a-lung.png", position=2.0))
    (stack,) = data["stacks"]  # type: ignore[misc]
    assert data["folder"] == "../../library/x/"
    assert stack["pictures"] == ["001-x/a.png"]
    assert stack["positions"] == [2.0]
    assert stack["digests"] == ["0" * 12]
    assert stack["windows"] == {"Lung": ["001-x/a-lung.png"]}


def test_a_stack_says_which_of_its_pictures_were_made_black_in_part() -> None:
    blanked = replace(instance("b"), blanked=((1, 2, 3, 4),))
    assert [one["blanked"] for one in told(instance("a"), blanked, instance("c"))["stacks"]] == [[1]]  # type: ignore[attr-defined]


def test_places_count_when_every_slice_has_one() -> None:
    (stack,) = told(instance("a", position=2.0), instance("b"))["stacks"]  # type: ignore[misc]
    assert stack["positions"] is None


def test_a_clip_runs_in_its_own_time_and_slices_in_ours() -> None:
    facts = CopyFacts(Orientation(), 33)
    (clip,) = told(instance("a", 5), modality="US", facts=facts)["stacks"]  # type: ignore[misc]
    (volume,) = told(instance("a", 5), modality="MR", facts=facts)["stacks"]  # type: ignore[misc]
    assert (clip["ms"], volume["ms"]) == (33, 80)


def test_no_title_ends_the_script() -> None:
    (stack,) = told(instance("a"), title="</script>\u2028'\"")["stacks"]  # type: ignore[misc]
    assert stack["title"] == "</script>\u2028'\""
