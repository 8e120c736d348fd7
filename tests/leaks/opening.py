"""What lies inside a written file: deflated parts, decoded pixels, unused bits, escaped text, values."""

import base64
import gzip
import html
import json
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import numpy as np
import pydicom
import pypdfium2
from PIL import Image
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue

_PIXELS = frozenset({0x7FE00008, 0x7FE00009, 0x7FE00010})
_NATIVE = ("1.2.840.10008.1.2", "1.2.840.10008.1.2.1")
_TEXT_FILES = (".json", ".jsonl", ".html", ".yml", ".yaml", ".log", ".txt", ".toml", ".css", ".js")


@dataclass(frozen=True)
class Blob:
    """Bytes to be searched; `part` says which part of the file they are."""

    name: str
    data: bytes = field(repr=False)
    part: str
    is_text: bool = False


PIXELS = "its pixels"


def blobs(name: str, data: bytes) -> Iterator[Blob]:
    """A file's bytes and everything that they unpack to."""
    yield Blob(name, data, "its bytes", is_text=name.endswith(_TEXT_FILES))
    if data.startswith(b"\x89PNG"):
        yield from (Blob(name, part, f"PNG chunk {kind}, inflated") for kind, part in _chunks(data))
        with Image.open(BytesIO(data)) as opened:
            yield Blob(name, opened.tobytes(), PIXELS)
    elif zipfile.is_zipfile(BytesIO(data)):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for member in archive.namelist():
                yield from blobs(f"{name}!{member}", archive.read(member))
    elif data.startswith(b"\x1f\x8b"):
        yield from blobs(f"{name}!", gzip.decompress(data))
    elif data[128:132] == b"DICM":
        yield from _in_dicom(name, data)
    elif data.startswith(b"%PDF-"):
        yield Blob(name, _printed(data).encode(), "what it prints, and says of itself", is_text=True)
    elif name.endswith((".json", ".jsonl")):
        yield Blob(name, _unescaped(data), "its strings", is_text=True)
    elif name.endswith(".html"):
        yield Blob(name, html.unescape(data.decode("utf-8", "replace")).encode(), "its text", is_text=True)
        for embedded in re.findall(rb"base64,([A-Za-z0-9+/=]+)", data):
            yield from blobs(f"{name}: an embedded file", base64.b64decode(embedded + b"=="))


def _printed(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as paper:
        pages = [page.get_textpage().get_text_bounded() for page in paper]
        return "\n".join([*pages, *paper.get_metadata_dict().values()])


def _chunks(data: bytes) -> Iterator[tuple[str, bytes]]:
    """What is deflated in a PNG."""
    at, pixels = 8, b""
    while at + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        pixels += body if kind == b"IDAT" else b""
        if kind in (b"zTXt", b"iCCP", b"iTXt"):
            for start in range(min(len(body), 90)):
                if body[start : start + 1] == b"\x78":
                    yield kind.decode(), _inflated(body[start:])
        at += 12 + length
    yield "IDAT", _inflated(pixels)


def _inflated(data: bytes, bits: int = zlib.MAX_WBITS) -> bytes:
    try:
        return zlib.decompressobj(bits).decompress(data)
    except zlib.error:
        return b""


def _unescaped(data: bytes) -> bytes:
    """Every line's JSON, written without escapes."""
    lines = []
    for line in data.splitlines() if data.count(b"\n{") else [data]:
        try:
            lines.append(json.dumps(json.loads(line), ensure_ascii=False))
        except ValueError:
            continue
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def read(data: bytes) -> Dataset | None:
    """The data set of a DICOM file, or None."""
    if data[128:132] != b"DICM":
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return pydicom.dcmread(BytesIO(data), force=True)
        except Exception:
            return None


def _in_dicom(name: str, data: bytes) -> Iterator[Blob]:
    dataset = read(data)
    if dataset is None:
        return
    meta = getattr(dataset, "file_meta", {})
    if str(meta.get("TransferSyntaxUID", "")) == "1.2.840.10008.1.2.1.99":
        start = 132 + 12 + int(meta.get("FileMetaInformationGroupLength", 0))
        yield Blob(name, _inflated(data[start:], -zlib.MAX_WBITS), "deflated data set")
    if meta.get("TransferSyntaxUID", "") in _NATIVE:
        yield from _unused_bits(name, dataset)
    elif (pixels := stored(dataset)) is not None:
        yield Blob(name, pixels.tobytes(), "decoded pixels")


def _unused_bits(name: str, dataset: Dataset) -> Iterator[Blob]:
    """Each bit above Bits Stored, eight pixels a byte; the decoder would clear them."""
    if dataset.get("BitsAllocated") != 16 or "PixelData" not in dataset:
        return
    data = bytes(dataset.PixelData)
    values = np.frombuffer(data, "<u2", len(data) // 2)
    for bit in range(int(dataset.get("BitsStored", 16)), 16):
        plane = (values >> bit & 1).astype("u1")
        for order in ("big", "little"):
            yield Blob(name, np.packbits(plane, bitorder=order).tobytes(), f"bit {bit} of every pixel")


def stored(dataset: Dataset) -> np.ndarray[Any, Any] | None:
    """Stored values, palettes and colour spaces left alone; None where they cannot be had."""
    if not _PIXELS & {int(tag) for tag in dataset.keys()}:  # noqa: SIM118 - iterating a Dataset decodes every element
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found: np.ndarray[Any, Any] = dataset.pixel_array
        except Exception:
            return None
    return found


def values(data: bytes) -> Iterator[tuple[str, str | float]]:
    """Path and value of every attribute at every depth of a DICOM file, bulk data left out."""
    dataset = read(data)
    if dataset is not None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield from _values(dataset, "")


def _values(dataset: Dataset, path: str) -> Iterator[tuple[str, str | float]]:
    for tag in list(dataset.keys()):
        if int(tag) in _PIXELS:
            continue
        place = f"{path}{tag}"
        try:
            element = dataset[tag]
            if element.VR == "SQ":
                for number, item in enumerate(element.value):
                    yield from _values(item, f"{place}[{number}].")
                continue
            value = element.value
        except Exception:
            continue
        for one in value if isinstance(value, MultiValue | list) else [value]:
            yield place, float(one) if isinstance(one, int | float) and element.VR not in ("DS", "IS") else str(one)


def holder(data: bytes, texts: tuple[str, ...]) -> str:
    """The attribute of a DICOM file whose value holds one of `texts`; empty where none does."""
    wanted = [text.lower() for text in texts]
    for path, value in values(data):
        if isinstance(value, str) and any(text in value.lower() for text in wanted):
            return path
    return ""
