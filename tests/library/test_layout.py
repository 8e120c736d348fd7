from members import facts
from radiary.library import layout


def test_a_study_lies_under_its_date_and_modality() -> None:
    assert layout.study_folder("2024-03-05", "CT", "2.25.1") == f"2024-03-05/CT-{layout.code('2.25.1')}"
    assert layout.study_folder(None, "CT", "2.25.1").startswith("undated/CT-")


def test_a_series_is_named_by_number_and_what_it_shows() -> None:
    assert layout.series_folder(facts()) == "002-chest"
    assert layout.series_folder(facts(body_part=None, series_number=None)) == "000-ct"


def test_two_instances_with_one_number_do_not_collide() -> None:
    assert layout.stem(facts()) != layout.stem(facts(instance="2.25.4"))
    assert layout.stem(facts()).startswith("0007-")


def test_frames_are_numbered_from_one_and_sort_as_text() -> None:
    assert layout.picture(facts(), 0, 1) == f"{layout.stem(facts())}.png"
    names = [layout.picture(facts(), frame, 1200) for frame in range(1200)]
    assert names[0].endswith("-f0001.png")
    assert names == sorted(names)


def test_a_hostile_number_stays_a_short_name() -> None:
    assert layout.stem(facts(instance_number=-5)).startswith("0000-")
    assert len(layout.stem(facts(instance_number=10**300))) < 30
