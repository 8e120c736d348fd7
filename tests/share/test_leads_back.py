import pytest

from radiary.library import layout
from radiary.model.records import FileRecord, InstanceRecord, SeriesRecord, StudyRecord
from radiary.share import leads_back

PICTURE = FileRecord(path="1.png", sha256="ab" * 32, size=1)
INSTANCE = InstanceRecord(
    uid="2.25.30", number=1, position=None, pixels="cd" * 32, pictures=(PICTURE,), copies=(), refers=("2.25.40",)
)
SERIES = SeriesRecord(uid="2.25.20", number=1, label="x", modality="CT", body_part=None, instances=(INSTANCE,))
STUDY = StudyRecord(uid="2.25.10", patient="P-QX3V", date="2024-03-01", modality="CT", held=False, series=(SERIES,), skipped={})
MARKS = leads_back.marks([STUDY], ["ME", "HERSELF"], ["2024-03-01"])


@pytest.mark.parametrize(
    "mark",
    [
        "2.25.10", "2.25.20", "2.25.30", "2.25.40", "P-QX3V", "herself", "ab" * 32, "ab" * 6, "cd" * 32,
        *map(layout.code, ("2.25.10", "2.25.20", "2.25.30")),
        "2024-03-01", "20240301", "1 March 2024", "vendredi 1er mars 2024", "Freitag, 1. März 2024", "1.3.2024", "01/03/2024",
    ],
)  # fmt: skip
def test_whatever_leads_to_the_library_or_to_a_date_is_found_in_texts_and_names(mark: str) -> None:
    assert leads_back.places(MARKS, {"a.html": f"<p>{mark}</p>".encode()}, ["a.html"]) == ["a.html"]
    assert leads_back.places(MARKS, {}, [f"pictures/{mark}/1.webp"]) == [f"pictures/{mark}/1.webp"]


def test_what_only_looks_alike_is_not() -> None:
    text = b"2.25.101 me abababababababa 1 March 2023 12024-03-017"
    assert leads_back.places(MARKS, {"a.html": text}, ["a.html", "pictures/qwertyui/0001.webp"]) == []


def test_where_true_days_are_said_they_lead_nowhere() -> None:
    assert leads_back.places(leads_back.marks([STUDY], [], []), {"a.html": b"1 March 2024"}, []) == []
