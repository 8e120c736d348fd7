"""What is a PDF, by its first and last bytes."""

import pytest

from radiary.documents.signature import ends_as_pdf, looks_like_pdf


@pytest.mark.parametrize("head", [b"%PDF-1.7", b"\xef\xbb\xbf%PDF-1.4", b"\r\n\r\n%PDF-2.0"])
def test_a_pdf_is_known_by_its_beginning(head: bytes) -> None:
    assert looks_like_pdf(head)


@pytest.mark.parametrize("head", [b"PK\3\4 ... a.pdf%PDF-1.7", b"%PDF", b"", b"<html>%PDF-1.7", b"GIF89a"])
def test_what_holds_or_speaks_of_a_pdf_is_none(head: bytes) -> None:
    assert not looks_like_pdf(head)


def test_a_pdf_that_is_cut_has_no_end() -> None:
    assert ends_as_pdf(b"startxref\n116\n%%EOF\n")
    assert not ends_as_pdf(b"endobj\n5 0 obj")
