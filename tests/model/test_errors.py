import re

import pytest

from radiary.model import errors
from radiary.model.errors import SENTENCES, RadiaryError, Reason, explain


def every(base: type[RadiaryError]) -> list[type[RadiaryError]]:
    return [base, *(one for child in base.__subclasses__() for one in every(child))]


def test_every_reason_has_its_own_slug() -> None:
    slugs = [one.reason() for one in every(RadiaryError)] + [str(reason) for reason in Reason]
    assert len(slugs) == len(set(slugs))


@pytest.mark.parametrize("kind", every(RadiaryError))
def test_every_error_is_a_sentence(kind: type[RadiaryError]) -> None:
    assert kind.sentence().endswith(".")
    assert "\n" not in kind.sentence()
    assert explain(kind.reason()) == kind.sentence()


def test_every_instance_reason_is_explained() -> None:
    assert set(SENTENCES) == set(Reason)


def test_a_slug_from_a_newer_version_is_shown_as_it_is() -> None:
    assert explain("made-up-later") == "made-up-later"


def test_a_slug_is_the_class_name_in_kebab_case() -> None:
    assert errors.TruncatedArchive.reason() == "truncated-archive"


def test_what_becomes_of_an_export_is_in_the_kind_of_its_error() -> None:
    def slugs(kind: type[RadiaryError]) -> set[str]:
        return {one.reason() for one in every(kind)} - {kind.reason()}

    assert slugs(errors.Waiting) == {"encrypted", "wrong-password", "locked-paper"}
    assert slugs(errors.NotNow) >= {"library-full", "library-offline", "library-read-only", "source-changed", "source-gone"}
    assert slugs(errors.Unacceptable) >= {"empty", "unsafe-archive", "study-damaged", "gave-up", "no-dicom"}
    assert slugs(errors.Stopping) == set()


@pytest.mark.parametrize(
    "reason",
    [one for one in Reason if one.startswith("inner-archive-")] + [Reason.COMPRESSION_NOT_SUPPORTED, Reason.LOCKED_MEMBER],
)
def test_what_an_archive_does_not_give_away_is_told_with_what_to_do(reason: Reason) -> None:
    assert re.search(r"\(.*(unpack|download|unlock|needs).*\)|`radiary", SENTENCES[reason])


@pytest.mark.parametrize("reason", [Reason.INNER_ARCHIVE_LOCKED, Reason.LOCKED_MEMBER])
def test_what_is_locked_inside_is_told_with_the_command_that_takes_its_password(reason: Reason) -> None:
    assert "`radiary unlock`" in SENTENCES[reason]
