"""`make mutate COUNT=100000 SEED=…`: mutated zips, headers and pixel streams through the whole ingest.

The ingest may refuse, skip or file; it may not raise anything but its own errors, run past its limit, grow past its bound,
or write outside its folders.
"""

import argparse
import gzip
import lzma
import random
import re
import resource
import shutil
import struct
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
from pydicom.encaps import encapsulate
from pydicom.pixels.encoders.base import RLELosslessEncoder

import exports
import odd_archives
from conftest import KEY
from odd_images import encapsulated
from outcomes import outcome
from radiary.ingest.bench import Bench
from radiary.library.shelf import Library
from radiary.model.nouns import Limits, Wanted
from radiary.state.people import People
from radiary.workers.pool import Pool
from radiary.workers.process import process
from walled import compressed

_AIMED = 0.3
"""Share of inputs in which VRs or numbers of frames are changed on purpose."""
SLOW = 20.0
"""Seconds that one input may take."""
LARGEST = 1_000_000
"""Kilobytes that a process may take."""


def seeds() -> list[tuple[str, bytes]]:
    image = odd_archives.IMAGE
    jpeg = exports.written(compressed(exports.slice_of_ct()), "1.2.840.10008.1.2.4.80")
    bare = exports.written(exports.slice_of_ct(), "1.2.840.10008.1.2", preamble=False)
    cine = exports.written(exports.ultrasound())
    frames = np.stack([exports.ramp(16, 24, top=250).astype("u1")] * 3)
    clip = exports.written(exports.with_pixels(exports.dataset(modality="XA"), frames))
    fragments = exports.written(compressed(exports.with_pixels(exports.dataset(modality="XA"), frames)), "1.2.840.10008.1.2.4.80")
    files = [("a.zip", odd_archives.zipped(("IM1", one), ("IM2", image))) for one in (image, jpeg, cine)]
    loose = [("IM1.dcm", one) for one in (image, jpeg, bare, cine, clip, fragments, *streams())]
    return (
        files
        + loose
        + [("a.zip", odd_archives.nested(1)), ("a.tar", odd_archives.tarred(*odd_archives.two)), ("a.zip", odd_archives.zip64())]
        + [("a.zip", one) for one in nested_archives()]
        + [
            (odd_archives.TABLE[name][0], odd_archives.TABLE[name][1]())
            for name in (
                "7z",
                "7z with names locked",
                "tar.bz2",
                "tar.xz",
                "tar.zst",
                "patient CD, UDF",
                "zip locked by AES",
                "zip zstd",
            )
        ]
    )


def nested_archives() -> list[bytes]:
    """Archives of every kind inside a zip, stored, so that a mutation hits what is inside."""
    image, inner = odd_archives.IMAGE, odd_archives.tarred(*odd_archives.two)
    kinds = {
        "b.zip": odd_archives.GOOD,
        "b.tar.gz": gzip.compress(inner),
        "b.tar.xz": lzma.compress(inner),
        "b.7z": odd_archives.seven_zipped(*odd_archives.two),
        "IM3.dcm.gz": gzip.compress(image),
    }
    each = [odd_archives.zipped((name, data), ("IM4", image), method=zipfile.ZIP_STORED) for name, data in kinds.items()]
    return [*each, odd_archives.zipped(*kinds.items(), method=zipfile.ZIP_STORED), odd_archives.nested(3)]


def streams() -> list[bytes]:
    """A slice in every compression."""
    values = exports.ramp(64, 64)
    small = (values >> 4).astype("u1")
    coded: list[tuple[str, Any, bytes]] = [
        ("1.2.840.10008.1.2.5", small, RLELosslessEncoder.encode(small, **_described(small))),
        ("1.2.840.10008.1.2.4.50", small, imagecodecs.jpeg8_encode(small)),
        ("1.2.840.10008.1.2.4.51", values, imagecodecs.jpeg8_encode(values, bitspersample=12)),
        ("1.2.840.10008.1.2.4.70", values, imagecodecs.jpeg8_encode(values, lossless=True)),
        ("1.2.840.10008.1.2.4.90", values, imagecodecs.jpeg2k_encode(values, codecformat="j2k", reversible=True)),
        ("1.2.840.10008.1.2.4.201", values, imagecodecs.htj2k_encode(values, reversible=True)),
        ("1.2.840.10008.1.2.4.110", values, imagecodecs.jpegxl_encode(values, lossless=True)),
    ]
    found = []
    for syntax, stored, stream in coded:
        made = exports.with_pixels(exports.slice_of_ct(), stored, stored=8 * stored.itemsize)
        made.PixelData = encapsulate([bytes(stream)])
        made["PixelData"].VR, made["PixelData"].is_undefined_length = "OB", True
        # pydicom's writer does not know JPEG XL yet; another UID of the same length stands in for it.
        found.append(exports.written(made, syntax.replace("4.110", "4.202")).replace(b"4.202", syntax[-5:].encode()))
    return found


def _described(values: Any) -> dict[str, Any]:
    return {
        "rows": values.shape[0], "columns": values.shape[1], "samples_per_pixel": 1, "number_of_frames": 1,
        "bits_allocated": 8, "bits_stored": 8, "pixel_representation": 0, "photometric_interpretation": "MONOCHROME2",
    }  # fmt: skip


def display() -> list[bytes]:
    """Files with words of display, and clips in fragments with tables of offsets, for `aimed`."""
    values = np.stack([exports.ramp(64, 64, top=top) for top in (4000, 3000, 2000)])
    streams_of = [bytes(imagecodecs.jpegls_encode(one)) for one in values]
    made = exports.with_pixels(exports.dataset(WindowCenter=2000, WindowWidth=4000), values, stored=12)
    table = struct.pack("<3I", *(sum(len(one) + 8 for one in streams_of[:place]) for place in range(3)))
    colour = exports.with_pixels(exports.dataset(), np.stack([values[0] >> 4] * 3, axis=-1).astype("u1"))
    return [
        encapsulated(made, "1.2.840.10008.1.2.4.80", streams_of, table=table),
        exports.written(exports.slice_of_ct(RescaleSlope="2", RescaleIntercept="-1000")),
        exports.written(colour),
        exports.written(exports.ultrasound()),
    ]


WORDS = (
    b"MONOCHROME1 ",
    b"MONOCHROME2 ",
    b"RGB ",
    b"YBR_FULL",
    b"YBR_FULL_422",
    b"PALETTE COLOR ",
    b"monochrome1 ",
    b"CMYK",
    b"-1,0",
    b"\0\0\0\0",
)


def aimed(data: bytes, chance: random.Random) -> bytes:
    """A table of offsets, a photometric word or another display value changed, and nothing else."""
    changed = bytearray(data)
    table = data.find(b"\xe0\x7f\x10\0OB\0\0\xff\xff\xff\xff\xfe\xff\0\xe0")
    if table >= 0 and chance.random() < 0.7:
        at = table + 20 + 4 * chance.randrange(3)
        changed[at : at + 4] = chance.choice((bytes(4), b"\xff" * 4, chance.randbytes(4), data[table + 20 : table + 24]))
        return bytes(changed)
    places = [
        at
        for at in (
            data.find(b"\x28\0" + tag) for tag in (b"\x04\0CS", b"\x02\0US", b"\x50\x10DS", b"\x53\x10DS", b"\0\1US", b"\1\1US")
        )
        if at >= 0
    ]
    at = chance.choice(places)
    length = int.from_bytes(data[at + 6 : at + 8], "little")
    changed[at + 8 : at + 8 + length] = chance.choice((*WORDS, chance.randbytes(length)))[:length].ljust(length)
    return bytes(changed)


def mutated(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(changed)) if chance.random() < 0.6 else chance.randrange(min(len(changed), 600))
        match chance.randrange(6):
            case 0:
                changed[at] ^= 1 << chance.randrange(8)
            case 1:
                changed[at] = chance.choice((0, 255, 127, 128, 1, 92))
            case 2:
                del changed[at : at + chance.choice((1, 2, 4, 100))]
            case 3:
                changed[at:at] = chance.randbytes(chance.choice((1, 2, 4, 100)))
            case 4:
                changed[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", bytes(4), b"\x00\x00\x00\x80"))
            case 5:
                changed[at:] = changed[at:][: chance.randrange(len(changed) - at + 1)]
        changed = changed or bytearray(b"\0")
    return bytes(changed)


def misstated(data: bytes, chance: random.Random) -> bytes:
    """A file in which a VR is none, or the number of frames another one; what is no plain DICOM file stays as it is."""
    changed = bytearray(data)
    if data[128:132] != b"DICM":
        return data
    frames = data.find(struct.pack("<HH", 0x0028, 0x0008) + b"IS")
    if frames >= 0 and chance.random() < 1 / 2:
        length = int.from_bytes(data[frames + 6 : frames + 8], "little")
        said = chance.choice(("0", "-1", "3.0", "1e3", "2147483647", "two", "", "99999", "2"))
        changed[frames + 8 : frames + 8 + length] = said[:length].ljust(length).encode()
        return bytes(changed)
    places = [found.start() for found in re.finditer(rb"(?:US|CS|SH|LO|DS|IS|OW|OB|SQ|UI)", data[132:4096])]
    if places:
        at = 132 + chance.choice(places)
        changed[at : at + 2] = chance.choice((b"  ", b"--", b"\0\0", b"??", b"UN", b"SQ", b"OB", b"US"))
    return bytes(changed)


def run(count: int, seed: int) -> int:
    chance, ends, slowest, began = random.Random(seed), Counter[str](), 0.0, time.monotonic()
    pool = Pool(process, 1)
    originals, shown = seeds(), display()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        (place / "downloads").mkdir()
        limits = Limits(files=1000, bytes=100 << 20)
        bench = Bench(
            pool=pool,
            scouts=(pool,),
            reader=pool,
            library=Library(place / "library"),
            shelf=Library(place / "private"),
            people=People(place / "people", KEY),
            key=KEY,
            wanted=Wanted(),
            scratch=place / "scratch",
            limits=limits,
        )
        for number in range(count):
            file_name, data = chance.choice(originals)
            path = place / "downloads" / file_name
            if number % 4 == 3:
                path = place / "downloads" / "IM1.dcm"
                path.write_bytes(aimed(chance.choice(shown), chance))
            else:
                path.write_bytes(mutated(misstated(data, chance), chance) if chance.random() < _AIMED else mutated(data, chance))
            start = time.monotonic()
            try:
                ends[outcome(bench, path).split(",")[0].rstrip("0123456789 ")] += 1
            except Exception as error:
                kept = Path(tempfile.gettempdir()) / f"radiary-mutant-{seed}-{number}{path.suffix}"
                shutil.copy(path, kept)
                print(f"{type(error).__name__} at input {number}: {kept}", flush=True)
                ends["RAISED"] += 1
            slowest = max(slowest, time.monotonic() - start)
            path.unlink()
            if number % 200 == 199:
                shutil.rmtree(place / "library")
                shutil.rmtree(place / "private")
        outside = {one.name for one in place.iterdir()} - {"downloads", "library", "people", "people.lock", "private", "scratch"}
    pool.close()
    largest = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(
        f"seed {seed}: {count} inputs in {time.monotonic() - began:.0f} s, slowest {slowest:.1f} s, at most {largest // 1000} MB"
    )
    print(", ".join(f"{end} {number}" for end, number in ends.most_common()))
    broken = {
        f"raised {ends['RAISED']} times": bool(ends["RAISED"]),
        f"took more than {SLOW:.0f} s": slowest > SLOW,
        f"took more than {LARGEST // 1000} MB": largest > LARGEST,
        f"wrote outside its folders: {', '.join(sorted(outside))}": bool(outside),
    }
    print("".join(f"FAILED: {promise}\n" for promise, is_broken in broken.items() if is_broken), end="")
    return int(any(broken.values()))


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--count", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    sys.exit(run(given.count, given.seed))
