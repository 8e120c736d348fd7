"""The search itself: what it must find before it is believed when it finds nothing."""

import base64
import gzip
import json
import zipfile
from collections.abc import Callable
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, PngImagePlugin
from pydicom.dataset import Dataset
from pydicom.uid import DeflatedExplicitVRLittleEndian

import exports
from leaks import forms
from leaks.elements import file, nested, put, put_number
from leaks.planting import planted
from leaks.searching import Searcher
from leaks.tokens import Token

WORD = "Zémiravolu"
SEED = 1


def zipped(data: bytes) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/b.txt", data)
    return buffer.getvalue()


def png(data: bytes, *, text: bool) -> bytes:
    """A PNG with a word in a deflated text chunk, or as its pixels."""
    buffer, chunks = BytesIO(), PngImagePlugin.PngInfo()
    if text:
        chunks.add_itxt("Author", data.decode(), zip=True)
    row = np.frombuffer(data.ljust(32, b"\0"), "u1").reshape(1, -1)
    Image.fromarray(row if not text else row * 0).save(buffer, "PNG", pnginfo=chunks)
    return buffer.getvalue()


def dicom(data: bytes, syntax: str = "1.2.840.10008.1.2.1") -> bytes:
    made = Dataset()
    put(made, 0x00204000, "LT", data * 3)
    return file(made, syntax)


def in_bits(data: bytes) -> bytes:
    """In bit 13 of every pixel."""
    bits = np.unpackbits(np.frombuffer(data.ljust(32, b"\0"), "u1")).reshape(16, 16).astype("<u2")
    return file(exports.with_pixels(Dataset(), bits << 13, stored=12))


PACKED: dict[str, Callable[[bytes], tuple[str, bytes]]] = {
    "a zip": lambda data: ("x.zip", zipped(data)),
    "a zip in a zip": lambda data: ("x.zip", zipped(zipped(data))),
    "a gzip": lambda data: ("x.gz", gzip.compress(data)),
    "a text chunk of a PNG": lambda data: ("x.png", png(data, text=True)),
    "the rows of a PNG": lambda data: ("x.png", png(data, text=False)),
    "a deflated data set": lambda data: ("x.dcm", dicom(data, DeflatedExplicitVRLittleEndian)),
    "an attribute": lambda data: ("x.dcm", dicom(data)),
    "unused bits": lambda data: ("x.dcm", in_bits(data)),
    "JSON": lambda data: ("x.json", json.dumps({"a": data.decode()}).encode()),
    "JSON lines": lambda data: ("x.jsonl", b'{"b": 1}\n' + json.dumps({"a": data.decode()}).encode()),
    "a page": lambda data: ("x.html", "".join(f"&#{ord(letter)};" for letter in data.decode()).encode()),
    "a page's embedded file": lambda data: ("x.html", b"data:image/png;base64," + base64.b64encode(png(data, text=True))),
    "a name": lambda data: (f"a/{data.decode()}/x", b""),
}


@pytest.mark.parametrize("place", PACKED)
def test_it_looks_into(place: str) -> None:
    searcher = Searcher([Token("a", (WORD.lower(),))])
    assert searcher.leaks([PACKED[place](WORD.encode())])
    assert not searcher.leaks([PACKED[place]("Zámiravolu".encode())])


def test_grain_that_spells_a_word_by_chance_is_none() -> None:
    searcher = Searcher([Token("a", ("didefebi",)), Token("b", ("zumiravolu",))])
    assert searcher.leaks([("x.png", png(b"ACBDDIDEFEBIDGFEEH", text=False))]) == []
    assert searcher.leaks([("x.dcm", dicom(b"DIDEFEBI"))])
    assert searcher.leaks([("x.png", png(b"ZUMIRAVOLU", text=False))])


def test_it_finds_every_token_in_the_export_as_it_came(tmp_path_factory: pytest.TempPathFactory) -> None:
    export = planted(SEED)
    archives = [(path.name, path.read_bytes()) for path in export.paths(tmp_path_factory.mktemp("source"))]
    seen = {leak.token for leak in Searcher(export.tokens).leaks(archives)}
    assert [(token.category, token.shown) for token in export.tokens if token not in seen] == []


def test_it_finds_every_form_at_every_offset_in_either_case() -> None:
    tokens = [token for token in planted(SEED).tokens if not token.is_whole][::20]
    searcher, missed = Searcher(tokens), []
    for token in tokens:
        for number, (name, form) in enumerate(forms.of(token)):
            for data in (form, form.upper()):
                if token not in {leak.token for leak in searcher.leaks([("x", b"\xfe" * (number % 9) + data + b"\xfe")])}:
                    missed.append((name, token.shown))
    assert missed == []
    assert len({name for token in planted(SEED).tokens for name, _ in forms.of(token)}) > 30


@pytest.mark.parametrize(
    ("encoding", "wrap"),
    [
        *((encoding, bytes) for encoding in ("utf-8", "utf-16-le", "utf-16-be", "iso8859_5", "gb18030", "iso2022_jp_2")),
        ("utf-8", base64.b64encode),
        ("utf-16-le", base64.b64encode),
        ("utf-8", bytes.hex),
    ],
)
def test_it_finds_other_alphabets(encoding: str, wrap: Callable[[bytes], bytes | str]) -> None:
    data = wrap("xы жщдлюбцгэ y".encode(encoding))
    assert Searcher([Token("a", ("жщдлюбцгэ",))]).leaks([("x", data if isinstance(data, bytes) else data.encode())])


def test_a_block_boundary_hides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leaks.searching._STEP", 64)
    searcher = Searcher([Token("a", ("kovarilemu",))])
    assert all(searcher.leaks([("x", b"\xfe" * before + b"kovarilemu")]) for before in range(130))


def test_ages_and_numbers_count_as_whole_values_only() -> None:
    tokens = [Token("age", ("613D",), is_whole=True), Token("number", ("12345",), number=12345.0, is_whole=True)]
    made = Dataset()
    put(nested(made, (0x00081140,)), 0x00101010, "AS", "613D")
    put_number(nested(made, (0x00081140,)), 0x00180022, "US", 12345)
    found = Searcher(tokens).leaks([("x.dcm", file(made)), ("y.json", b'{"size": 12345, "digest": "a613db"}')])
    assert {leak.token for leak in found} == set(tokens)
    assert all("0008,1140" in leak.place for leak in found)
    assert Searcher(tokens).leaks([("x.html", b"<p>aged 613D</p>")])


def test_eight_digits_inside_a_uid_or_a_digest_are_chance_and_elsewhere_they_are_not() -> None:
    searcher = Searcher([Token("a", ("19320417",))])
    assert searcher.leaks([("x", b"2.25.123419320417000000000000000000000")]) == []
    assert searcher.leaks([("x", b"a" * 20 + b"19320417" + b"b" * 20)]) == []
    assert searcher.leaks([("x", b"born 19320417.")])
    assert searcher.leaks([("x", b"19320417101500")])
