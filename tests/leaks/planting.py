"""The whole export: everything planted, from a seed."""

from functools import cache

from leaks import alphabets, descriptions, documents, hiding, ordinary, outside, packing, papers, pictures, privates, rows
from leaks.making import File, Maker, Planted

_PICTURES = {"short": 1, "full": 4}
"""Burned-in pictures of each kind."""


@cache
def planted(seed: int, size: str = "short") -> Planted:
    """The same seed gives the same export, byte for byte. `size` `full` has more pictures; all else is in both."""
    maker = Maker(seed)
    for part in (ordinary, rows, privates):
        part.plant(maker)
    packing.strays(maker)
    maker.archive = 1
    for part in (descriptions, outside, alphabets, hiding, documents, papers):
        part.plant(maker)
    maker.archive = 2
    pictures.plant(maker, _PICTURES[size])
    names, comments = packing.names(maker, 3)
    files = [_named(maker, file) for file in maker.files]
    return Planted(seed, tuple(files), tuple(maker.mint.tokens), names, comments)


def _named(maker: Maker, file: File) -> File:
    """Every tenth object lies in a folder with a name of its own."""
    if not file.number or file.number % 10:
        return file
    name = f"{maker.mint.word('archive: folders').upper()}/{maker.mint.word('archive: file names')}.dcm"
    return File(name, file.data, file.number, file.kind, file.inks, file.is_image, file.archive)
