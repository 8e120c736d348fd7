"""Archives as portals write them: the person's name in their names and comments, and strays beside the objects."""

import struct
import zipfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from pydicom.dataset import Dataset

from leaks.elements import file, put, put_items
from leaks.making import Maker, Planted


def pack(planted: Planted, number: int, folder: Path) -> Path:
    """Write one archive."""
    path = folder / planted.names[number]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = planted.comments[number]
        for one in planted.files:
            if one.archive == number:
                entry = zipfile.ZipInfo(one.name, (2024, 1, 1, 0, 0, 0))
                entry.comment = planted.comments[number][::-1]
                entry.extra = struct.pack("<HH", 0x7A7A, len(planted.comments[number])) + planted.comments[number]
                archive.writestr(entry, one.data, zipfile.ZIP_DEFLATED)
    return path


def names(maker: Maker, count: int) -> tuple[tuple[str, ...], tuple[bytes, ...]]:
    """Each archive's name and comment."""
    found = [f"{maker.mint.name('archive: its name').replace('^', ' ')} scans {number}.zip" for number in range(count)]
    return tuple(found), tuple(maker.mint.word("archive: comments", 8).encode() for _ in range(count))


def strays(maker: Maker) -> None:
    """Folders with a name, viewers, web pages, photographs, notes, a table of contents."""
    mint = maker.mint
    for name, text in (
        ("README.TXT", "For {}"), ("AUTORUN.INF", "[autorun]\nlabel={}"), ("INDEX.HTM", "<html><title>{}</title></html>"),
        ("report.json", '{{"patient": "{}"}}'), ("report.xml", "<name>{}</name>"),
    ):  # fmt: skip
        data = text.format(mint.word("strays: text").title()).encode()
        maker.add_bytes(data, name=f"{mint.word('archive: folders')}/{name}", is_object=False)
    picture = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = mint.word("strays: photograph", 8)
    Image.new("L", (16, 16)).save(picture, "JPEG", exif=exif, comment=mint.word("strays: photograph", 8).encode())
    maker.add_bytes(
        picture.getvalue(), name=f"{mint.word('archive: folders')}/{mint.word('archive: file names')}.jpg", is_object=False
    )
    maker.add_bytes(_directory(maker), name="DICOMDIR", is_object=False)


def _directory(maker: Maker) -> bytes:
    mint = maker.mint
    made, record = Dataset(), Dataset()
    put(made, 0x00080016, "UI", "1.2.840.10008.1.3.10")
    put(made, 0x00080018, "UI", mint.uid("DICOMDIR"))
    put(made, 0x00041130, "CS", mint.word("DICOMDIR").upper())
    put(record, 0x00041430, "CS", "PATIENT")
    put(record, 0x00041511, "UI", mint.uid("DICOMDIR"))
    put(record, 0x00100010, "PN", mint.name("DICOMDIR"))
    put(record, 0x00100020, "LO", mint.digits(10, "DICOMDIR"))
    put_items(made, 0x00041220, record)
    return file(made)
