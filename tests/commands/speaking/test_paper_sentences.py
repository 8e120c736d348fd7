"""Values and series in words, and for programs."""

from datetime import date
from decimal import Decimal

from radiary.commands.speaking import paper_sentences
from radiary.documents import series
from radiary.documents.reading import Value
from radiary.state.paper_facts import ConfirmedValue, PaperFact


def test_older_values_are_said_with_what_stands_before_them_and_words_as_words() -> None:
    values = [
        ConfirmedValue(name="CRP", number=Decimal("0.5"), comparator="<", day=date(2024, 3, 5)),
        ConfirmedValue(name="CRP", word="negatief", day=date(2024, 3, 5)),
        ConfirmedValue(name="CRP", number=Decimal(12), day=date(2024, 3, 5)),
    ]
    (one,) = series.series(
        PaperFact(does="confirmed", paper=str(at), issued=str(at), values=(value,)) for at, value in enumerate(values)
    )
    assert paper_sentences.series_for_programs(one)["points"][0]["history"] == ["negatief", "<0.5"]


def test_a_value_without_a_section_is_said_without_one() -> None:
    assert paper_sentences.in_words(Value(name="CRP", number=Decimal(12), unit="mg/L")) == "CRP 12 mg/L"
