"""Enumerated Values and Defined Terms of the standard as data (`defined_terms.txt`): what a coded string may say of anybody."""

from collections.abc import Iterable
from functools import cache
from importlib import resources

from pydicom.datadict import tag_for_keyword


def are_terms(tag: int, texts: Iterable[str]) -> bool:
    """Whether an attribute has terms, and every one of its values is one of them, or empty."""
    terms = _table().get(tag)
    return terms is not None and all(not text or text in terms for text in texts)


@cache
def _table() -> dict[int, frozenset[str]]:
    """Tag → its terms."""
    table: dict[int | None, frozenset[str]] = {}
    for line in resources.files("radiary.dicom.wall").joinpath("defined_terms.txt").read_text(encoding="utf-8").splitlines():
        keywords, _, terms = line.partition(" : ")
        if not line.startswith("#"):
            table |= {tag_for_keyword(keyword): frozenset(terms.split("|")) for keyword in keywords.split()}
    return {tag: terms for tag, terms in table.items() if tag is not None}
