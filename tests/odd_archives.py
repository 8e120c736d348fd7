"""Hostile and odd archives from literals, and what is to become of each. One line an archive: the table is the test."""

import bz2
import gzip
import io
import lzma
import random
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import py7zr
import pycdlib
import pyzipper
from backports import zstd

import exports

IMAGE = exports.written(exports.slice_of_ct(1))
OTHER = exports.written(exports.slice_of_ct(2))


def zipped(
    *members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED, comment: bytes = b"", maker: Any = zipfile.ZipFile
) -> bytes:
    buffer = io.BytesIO()
    with maker(buffer, "w", method) as archive:
        archive.comment = comment
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


def with_mode(mode: int, name: str = "link", data: bytes = b"/etc/passwd") -> bytes:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, mode << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(info, data)
        archive.writestr("IM1", IMAGE)
    return buffer.getvalue()


def patched(data: bytes, signature: bytes, offset: int, value: bytes, *, every: bool = False) -> bytes:
    """`value` at `offset` behind a signature: the first one, or every one."""
    at = data.find(signature)
    while at >= 0:
        data = data[: at + offset] + value + data[at + offset + len(value) :]
        at = data.find(signature, at + 1) if every else -1
    return data


LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


def overlapping() -> bytes:
    """Two directory entries over one local header (the trick of the flat bombs)."""
    data = zipped(("a", IMAGE), ("b", IMAGE))
    second = data.index(CENTRAL, data.index(CENTRAL) + 1)
    return data[: second + 42] + struct.pack("<I", 0) + data[second + 46 :]


def zip64() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, archive.open("IM1", "w", force_zip64=True) as member:
        member.write(IMAGE)
    return buffer.getvalue()


def locked(*, aes: bool) -> bytes:
    buffer = io.BytesIO()
    encryption = pyzipper.WZ_AES if aes else None
    with pyzipper.AESZipFile(buffer, "w", compression=zipfile.ZIP_DEFLATED, encryption=encryption) as archive:
        archive.setpassword(b"geheim")
        archive.writestr("IM1", IMAGE)
    return buffer.getvalue()


def deflated64() -> bytes:
    """A deflate stream without any match is a deflate64 stream, too."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_HUFFMAN_ONLY)
    return packer.compress(IMAGE) + packer.flush()


def deflate64() -> bytes:
    """Method 9."""
    data = zipped(("IM1", deflated64()), method=zipfile.ZIP_STORED)
    for signature, at in ((LOCAL, 8), (CENTRAL, 10)):
        data = patched(data, signature, at, b"\x09\x00")
        data = patched(data, signature, at + 6, struct.pack("<I", zlib.crc32(IMAGE)))
        data = patched(data, signature, at + 14, struct.pack("<I", len(IMAGE)))
    return data


def zipcrypto(packed: bytes = IMAGE, method: int = zipfile.ZIP_STORED, password: bytes = b"geheim") -> bytes:
    """Traditional encryption (APPNOTE 6.1), which no library writes any more, of the image as `method` packed it."""
    table = [0] * 256
    for number in range(256):
        value = number
        for _ in range(8):
            value = (value >> 1) ^ (0xEDB88320 if value & 1 else 0)
        table[number] = value
    keys = [0x12345678, 0x23456789, 0x34567890]

    def feed(byte: int) -> None:
        keys[0] = (keys[0] >> 8) ^ table[(keys[0] ^ byte) & 255]
        keys[1] = ((keys[1] + (keys[0] & 255)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = (keys[2] >> 8) ^ table[(keys[2] ^ (keys[1] >> 24)) & 255]

    for byte in password:
        feed(byte)
    sealed = bytearray()
    for byte in bytes(11) + bytes([zlib.crc32(IMAGE) >> 24]) + packed:
        pad = (keys[2] | 2) & 0xFFFF
        sealed.append(byte ^ ((pad * (pad ^ 1)) >> 8 & 255))
        feed(byte)
    plain = zipped(("IM1", packed), method=zipfile.ZIP_STORED)
    data = plain.replace(packed, bytes(sealed))
    for signature, at in ((LOCAL, 8), (CENTRAL, 10)):
        data = patched(data, signature, at, struct.pack("<H", method))
        data = patched(data, signature, at + 6, struct.pack("<I", zlib.crc32(IMAGE)))
        data = patched(data, signature, at + 14, struct.pack("<I", len(IMAGE)))
    data = patched(patched(data, LOCAL, 6, b"\1\0"), CENTRAL, 8, b"\1\0")
    size = struct.pack("<I", len(sealed))
    data = patched(patched(data, LOCAL, 18, size), CENTRAL, 20, size)
    return patched(data, END, 16, struct.pack("<I", data.index(CENTRAL)))


def tarred(*members: tuple[str, bytes], kind: bytes = tarfile.REGTYPE, link: str = "") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        if kind != tarfile.REGTYPE:
            info = tarfile.TarInfo("special")
            info.type, info.linkname = kind, link
            archive.addfile(info)
    return buffer.getvalue()


def seven_zipped(*members: tuple[str, bytes], password: str | None = None) -> bytes:
    buffer = io.BytesIO()
    with py7zr.SevenZipFile(buffer, "w", password=password) as archive:
        for name, data in members:
            archive.writestr(data, name)
    return buffer.getvalue()


def disc(**features: Any) -> bytes:
    """An image of a patient CD."""
    image, buffer = pycdlib.PyCdlib(), io.BytesIO()
    image.new(interchange_level=3, **features)
    for number, data in enumerate((IMAGE, OTHER, b"viewer"), 1):
        names = {"iso_path": f"/IM{number}.;1"}
        names |= {"joliet_path": f"/Bild {number} für Sie"} if features.get("joliet") else {}
        names |= {"udf_path": f"/Bild {number}"} if features.get("udf") else {}
        image.add_fp(io.BytesIO(data), len(data), **names)
    image.write_fp(buffer)
    image.close()
    return buffer.getvalue()


def disc_with_a_zip(**features: Any) -> bytes:
    """An image of a CD with a zip on it, and a file without an ending."""
    image, buffer = pycdlib.PyCdlib(), io.BytesIO()
    image.new(interchange_level=1, **features)
    for name, data in (("BILDER.ZIP", zipped(("IM2", OTHER))), ("IM1.", IMAGE)):
        names = {"joliet_path": f"/{name.lower()}"} if features.get("joliet") else {}
        image.add_fp(io.BytesIO(data), len(data), iso_path=f"/{name};1", **names)
    image.write_fp(buffer)
    image.close()
    return buffer.getvalue()


def nested(depth: int, name: str = "IM1", content: bytes = IMAGE) -> bytes:
    data = zipped((name, content))
    for level in range(depth):
        data = zipped((f"inner{level}.zip", data))
    return data


def code_page(name: bytes) -> bytes:
    """A name in some old code page, without the flag that says UTF-8."""
    return zipped(("N" * len(name), IMAGE)).replace(b"N" * len(name), name)


def image_cut_in_zip() -> bytes:
    data = bytearray(zipped(("a", IMAGE), ("b", OTHER), method=zipfile.ZIP_STORED))
    data[data.index(IMAGE) + 700] ^= 255
    return bytes(data)


def _zstd_zip() -> Any:
    from backports.zstd import zipfile as zipfile_zstd

    return zipfile_zstd.ZipFile


def _same_name() -> bytes:
    return zipped(("IM1", IMAGE), ("IM2", OTHER)).replace(b"IM2", b"IM1")


def _claims(count: int) -> bytes:
    data = zipped(*((str(n), b"x") for n in range(count)), ("IM1", IMAGE))
    return patched(data, CENTRAL, 24, struct.pack("<I", 0xFFFFFFFE), every=True)


def _lies(size: int) -> bytes:
    return patched(patched(zipped(("IM1", IMAGE)), CENTRAL, 24, struct.pack("<I", size)), LOCAL, 22, struct.pack("<I", size))


def _half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _flipped(data: bytes) -> bytes:
    at = len(data) // 2
    return data[:at] + bytes([data[at] ^ 255]) + data[at + 1 :]


def _unknown_beside() -> bytes:
    data = zipped(("IM2", OTHER), ("b.zip", zipped(("IM1", IMAGE))))
    return patched(patched(data, LOCAL, 8, b"\x61\x00"), CENTRAL, 10, b"\x61\x00")


def unknown() -> bytes:
    """One picture, packed by a method that nobody knows."""
    return patched(patched(zipped(("IM2", OTHER)), LOCAL, 8, b"\x61\x00"), CENTRAL, 10, b"\x61\x00")


def _damaged_beside() -> bytes:
    data = bytearray(zipped(("IM2", OTHER), ("b.zip", zipped(("IM1", IMAGE))), method=zipfile.ZIP_STORED))
    data[data.index(OTHER) + 700] ^= 255
    return bytes(data)


def seven_blocks(*members: tuple[str, bytes]) -> bytes:
    """One block a file, as 7-Zip writes mixed content; readers may unpack blocks at the same time."""
    buffer = io.BytesIO(seven_zipped(members[0]))
    for name, data in members[1:]:
        with py7zr.SevenZipFile(buffer, "a") as archive:
            archive.writestr(data, name)
    return buffer.getvalue()


def seven_hidden() -> bytes:
    """Even the names are locked."""
    buffer = io.BytesIO()
    with py7zr.SevenZipFile(buffer, "w", password="geheim", header_encryption=True) as archive:
        archive.writestr(IMAGE, "IM1")
    return buffer.getvalue()


def tar_of(kind: bytes, size: int, count: int = 1) -> bytes:
    """Raw headers that no library writes: a name of megabytes, a file with holes, a flood of folders."""
    info = tarfile.TarInfo("x")
    info.type, info.size = kind, size
    header = info.tobuf(tarfile.GNU_FORMAT)
    return (header + bytes((size + 511) // 512 * 512)) * count + tarred(*two)


NOISE = random.Random(1).randbytes(20_000)
two = (("IM1", IMAGE), ("dir/IM2", OTHER))
GOOD = zipped(*two)

TABLE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    # name: (file name, bytes, outcome)
    "zip stored": ("a.zip", lambda: zipped(*two, method=zipfile.ZIP_STORED), "filed 2"),
    "zip deflate": ("a.zip", lambda: GOOD, "filed 2"),
    "zip bzip2": ("a.zip", lambda: zipped(*two, method=zipfile.ZIP_BZIP2), "filed 2"),
    "zip lzma": ("a.zip", lambda: zipped(*two, method=zipfile.ZIP_LZMA), "filed 2"),
    "zip deflate64": ("a.zip", deflate64, "filed 1"),
    "zip zstd": ("a.zip", lambda: zipped(*two, method=93, maker=_zstd_zip()), "filed 2"),
    "zip64": ("a.zip", zip64, "filed 1"),
    "zip without a suffix": ("download", lambda: GOOD, "filed 2"),
    "zip with a comment": ("a.zip", lambda: zipped(*two, comment=b"from the hospital"), "filed 2"),
    "zip whose comment mocks its end": ("a.zip", lambda: zipped(*two, comment=b"PK\x05\x06 is a comment"), "filed 2"),
    "zip with an unknown method": (
        "a.zip",
        lambda: patched(patched(GOOD, LOCAL, 8, b"\x63\x00"), CENTRAL, 10, b"\x61\x00"),
        "filed 1",
    ),
    "zip names in UTF-8": ("a.zip", lambda: zipped(("Füße/日本.dcm", IMAGE)), "filed 1"),
    "zip names in code page 850": ("a.zip", lambda: code_page("Füße".encode("cp850")), "filed 1"),
    "zip names in Shift JIS": ("a.zip", lambda: code_page("日本".encode("shift-jis")), "filed 1"),
    "zip names that are no text": ("a.zip", lambda: code_page(b"\xff\xfe\x81\x8d"), "filed 1"),
    "zip with one name twice": ("a.zip", _same_name, "filed 2"),
    "zip with names that differ in case": ("a.zip", lambda: zipped(("IM1", IMAGE), ("im1", OTHER)), "filed 2"),
    "zip with one picture twice": ("a.zip", lambda: zipped(("a", IMAGE), ("b", IMAGE)), "filed 1"),
    "zip with a very long name": ("a.zip", lambda: zipped(("x" * 60_000, IMAGE)), "filed 1"),
    "zip with backslashes": ("a.zip", lambda: zipped(("DICOM\\IM1", IMAGE)), "filed 1"),
    "zip with one damaged member": ("a.zip", image_cut_in_zip, "filed 1"),
    "zip with a symbolic link": ("a.zip", lambda: with_mode(0o120777), "filed 1"),
    "zip with a device": ("a.zip", lambda: with_mode(0o060666), "filed 1"),
    "zip with a pipe": ("a.zip", lambda: with_mode(0o010666), "filed 1"),
    "zip that climbs": ("a.zip", lambda: zipped(("../../etc/x", IMAGE)), "filed 1"),
    "zip that climbs in the middle": ("a.zip", lambda: zipped(("a/../../x", IMAGE)), "filed 1"),
    "zip that climbs with backslashes": ("a.zip", lambda: zipped(("..\\..\\x", IMAGE)), "filed 1"),
    "zip with an absolute name": ("a.zip", lambda: zipped(("/etc/x", IMAGE)), "filed 1"),
    "zip with a drive": ("a.zip", lambda: zipped(("C:\\x", IMAGE)), "filed 1"),
    "zip with overlapping members": ("a.zip", overlapping, "filed 1"),
    "zip whose members claim 20 GB": ("a.zip", lambda: _claims(5), "unsafe-archive"),
    "zip with a member that claims too little": ("a.zip", lambda: _lies(10), "nothing-to-file"),
    "zip with a member that claims too much": ("a.zip", lambda: _lies(len(IMAGE) + 1000), "nothing-to-file"),
    "zip with too many files": ("a.zip", lambda: zipped(*((str(n), b"") for n in range(300)), ("IM1", IMAGE)), "unsafe-archive"),
    "zip that is empty": ("a.zip", zipped, "no-dicom"),
    "zip with folders only": ("a.zip", lambda: zipped(("a/", b""), ("b/", b"")), "no-dicom"),
    "zip of a letter": ("letter.docx", lambda: zipped(("word/document.xml", b"<xml/>")), "no-dicom"),
    "zip without its end": ("a.zip", lambda: GOOD[:-30], "filed 2"),
    "zip cut in half": ("a.zip", lambda: GOOD[: len(GOOD) // 2], "truncated-archive"),
    "zip of four bytes": ("a.zip", lambda: b"PK\x03\x04", "no-dicom"),
    "zip with a broken directory": ("a.zip", lambda: GOOD.replace(CENTRAL, b"PK\x09\x09"), "filed 2"),
    "zip whose directory lies": ("a.zip", lambda: patched(GOOD, END, 12, b"\xff\xff\xff\x7f"), "filed 2"),
    "zip of noughts": ("a.zip", lambda: bytes(5000), "no-dicom"),
    "no bytes": ("a.zip", lambda: b"", "no-dicom"),
    "a web page": ("a.zip", lambda: b"<!doctype html><title>Session expired</title>", "no-dicom"),
    "zip locked by ZipCrypto": ("a.zip", zipcrypto, "encrypted"),
    "zip locked by AES": ("a.zip", lambda: locked(aes=True), "encrypted"),
    "zip locked by ZipCrypto, password known": ("known.zip", zipcrypto, "filed 1"),
    "zip locked by AES, password known": ("known.zip", lambda: locked(aes=True), "filed 1"),
    "zip locked, packed by deflate64": ("known.zip", lambda: zipcrypto(deflated64(), 9), "filed 1"),
    "zip locked, packed by zstd": ("known.zip", lambda: zipcrypto(zstd.compress(IMAGE), 93), "filed 1"),
    "zip locked, packed by nobody knows what": ("known.zip", lambda: zipcrypto(IMAGE, 77), "locked-oddly"),
    "zip in zip": ("a.zip", lambda: nested(1), "filed 1"),
    "zip in zip in zip": ("a.zip", lambda: nested(3), "filed 1"),
    "zip nested too deeply": ("a.zip", lambda: nested(4), "too-deep"),
    "zip in zip, the inner one cut": ("a.zip", lambda: zipped(("IM1", IMAGE), ("b.zip", GOOD[:200])), "filed 1"),
    "zip in zip that climbs": ("a.zip", lambda: zipped(("b.zip", zipped(("../x", IMAGE)))), "filed 1"),
    "zip in zip with too many bytes": ("a.zip", lambda: zipped(("b.zip", zipped(("zeros", bytes(60 << 20))))), "no-dicom"),
    "tar in zip": ("a.zip", lambda: zipped(("b.tar.gz", gzip.compress(tarred(*two)))), "filed 2"),
    "letter in zip": ("a.zip", lambda: zipped(("letter.docx", zipped(("x", b""))), *two), "filed 2"),
    "tar": ("a.tar", lambda: tarred(*two), "filed 2"),
    "tar.gz": ("a.tar.gz", lambda: gzip.compress(tarred(*two)), "filed 2"),
    "tar.bz2": ("a.tar.bz2", lambda: bz2.compress(tarred(*two)), "filed 2"),
    "tar.xz": ("a.tar.xz", lambda: lzma.compress(tarred(*two)), "filed 2"),
    "tar.zst": ("a.tar.zst", lambda: zstd.compress(tarred(*two)), "filed 2"),
    "one packed picture": ("IM1.dcm.gz", lambda: gzip.compress(IMAGE), "filed 1"),
    "one packed picture whose checksum is wrong": ("IM1.dcm.gz", lambda: gzip.compress(IMAGE)[:-8] + bytes(8), "damaged-archive"),
    "packed pictures in a zip": ("a.zip", lambda: zipped(("a/IM1.dcm.gz", gzip.compress(IMAGE)), ("IM2", OTHER)), "filed 2"),
    "zip behind a program": ("disc.exe", lambda: b"MZ" + bytes(999) + GOOD, "filed 2"),
    "zip behind something else": ("a.zip", lambda: b"<html>" + GOOD, "filed 2"),
    "zip without its directory": ("a.zip", lambda: GOOD[: GOOD.index(CENTRAL)], "filed 2"),
    "picture called zip": ("a.zip", lambda: IMAGE, "filed 1"),
    "zip in zip, the inner one locked": ("a.zip", lambda: zipped(("b.zip", locked(aes=True)), ("IM2", OTHER)), "filed 1"),
    "zip in zip, both locked and nothing else": ("a.zip", lambda: zipped(("b.zip", locked(aes=True))), "encrypted"),
    "zip in zip, a bomb beside a picture": (
        "a.zip",
        lambda: zipped(("b.zip", zipped(("zeros", bytes(60 << 20)))), ("IM2", OTHER)),
        "filed 1",
    ),
    "tar that unpacks to too much behind a picture": (
        "a.tar.gz",
        lambda: gzip.compress(tarred(*two, ("zeros", bytes(60 << 20)))),
        "unsafe-archive",
    ),
    "tar cut behind a picture": ("a.tar.gz", lambda: _half(gzip.compress(tarred(*two, ("x", NOISE)))), "truncated-archive"),
    "tar without images": ("a.tgz", lambda: gzip.compress(tarred(("x", b"hello"))), "no-dicom"),
    "gz of no tar": ("brain.nii.gz", lambda: gzip.compress(b"nifti" * 100), "not ours"),
    "gz of no tar that is called one": ("a.tar.gz", lambda: gzip.compress(b"nifti" * 100), "no-dicom"),
    "tar cut in half": ("a.tar.gz", lambda: _half(gzip.compress(tarred(("x", b"y" * 9999), *two))), "no-dicom"),
    "tar that climbs": ("a.tar", lambda: tarred(("../x", IMAGE)), "filed 1"),
    "tar with an absolute name": ("a.tar", lambda: tarred(("/x", IMAGE)), "filed 1"),
    "tar with a symbolic link": ("a.tar", lambda: tarred(*two, kind=tarfile.SYMTYPE, link="/etc/passwd"), "filed 2"),
    "tar with a hard link": ("a.tar", lambda: tarred(*two, kind=tarfile.LNKTYPE, link="/etc/passwd"), "filed 2"),
    "tar with a device": ("a.tar", lambda: tarred(*two, kind=tarfile.BLKTYPE), "filed 2"),
    "tar that unpacks to too much": (
        "a.tar.gz",
        lambda: gzip.compress(tarred(("zeros", bytes(60 << 20)), *two)),
        "no-dicom",
    ),
    "7z": ("a.7z", lambda: seven_zipped(*two), "filed 2"),
    "7z locked": ("a.7z", lambda: seven_zipped(*two, password="geheim"), "encrypted"),
    "7z locked, password known": ("known.7z", lambda: seven_zipped(*two, password="geheim"), "filed 2"),
    "7z cut in half": ("a.7z", lambda: _half(seven_zipped(*two)), "no-dicom"),
    "7z of several blocks": ("a.7z", lambda: seven_blocks(*two), "filed 2"),
    "7z with names locked": ("a.7z", seven_hidden, "encrypted"),
    "7z with names locked, password known": ("known.7z", seven_hidden, "filed 1"),
    "tar with a name of 8 MB": ("a.tar.gz", lambda: gzip.compress(tar_of(tarfile.GNUTYPE_LONGNAME, 8 << 20)), "no-dicom"),
    "tar with holes": ("a.tar", lambda: tar_of(tarfile.GNUTYPE_SPARSE, 512), "filed 2"),
    "tar with a flood of folders": ("a.tar.gz", lambda: gzip.compress(tar_of(tarfile.DIRTYPE, 0, 300)), "no-dicom"),
    "tar.bz2 with a flipped byte": ("a.tar.bz2", lambda: _flipped(bz2.compress(tarred(*two))), "no-dicom"),
    "zip in zip beside an unknown method": ("a.zip", _unknown_beside, "filed 1"),
    "zip in zip beside a damaged member": ("a.zip", _damaged_beside, "filed 1"),
    "7z of noughts": ("a.7z", lambda: b"7z\xbc\xaf\x27\x1c" + bytes(200), "no-dicom"),
    "patient CD, ISO 9660": ("cd.iso", disc, "filed 2"),
    "patient CD with a zip, ISO 9660": ("cd.iso", disc_with_a_zip, "filed 2"),
    "patient CD with a zip, Joliet": ("cd.iso", lambda: disc_with_a_zip(joliet=3), "filed 2"),
    "patient CD, Joliet": ("cd.iso", lambda: disc(joliet=3), "filed 2"),
    "patient CD, UDF": ("cd.img", lambda: disc(udf="2.60"), "filed 2"),
    "patient CD cut short": ("cd.iso", lambda: disc()[: disc().index(b"DICM") + 500], "truncated-archive"),
}
