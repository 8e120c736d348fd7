"""7z archives, by py7zr (LGPL, the extra `radiary[archives]`): one pass over all files, and another one behind each failure."""

import contextlib
import struct
from collections.abc import Container, Iterator, Sequence
from typing import Any, BinaryIO

from radiary.archives import extra, joined
from radiary.archives.foreign_errors import is_of_the_disk
from radiary.archives.seven_zip_files import Factory, Trial
from radiary.archives.sinks import CHUNK, Enough, Sink
from radiary.model.errors import DamagedArchive, Encrypted, PackedOddly, RadiaryError, Reason, WrongPassword

_HEADER = 32
"""Bytes in front, which say how far behind them the end is (7zFormat.txt, SignatureHeader)."""
_PASSES = 100
"""Passes after which what is left counts as damaged: each one opens the archive anew."""


def read(file: BinaryIO, sink: Sink, passwords: Sequence[str]) -> None:
    """Push every file into the sink. Raises Waiting, PackedOddly, DamagedArchive and what the sink raises."""
    password = _fitting(file, passwords)
    if _is_followed(file):
        sink.blame(Reason.ARCHIVE_DAMAGED)
    failed: set[int] = set()
    start = 0
    for _ in range(_PASSES):
        following = _pushed(file, sink, password=password, start=start, failed=failed)
        if following is None:
            return
        start = following
    sink.blame(Reason.ARCHIVE_DAMAGED)


def _is_followed(file: BinaryIO) -> bool:
    """Whether something else than noughts stands behind the archive; behind a program, that is a signature."""
    if isinstance(getattr(file, "raw", None), joined.Joined):
        return False
    file.seek(12)
    offset, length = struct.unpack("<2Q", file.read(16))
    file.seek(_HEADER + offset + length)
    return any(any(chunk) for chunk in iter(lambda: file.read(CHUNK), b""))


def listed(file: BinaryIO) -> list[str] | None:
    """The names of its files; None where even they are locked, or damaged."""
    with contextlib.suppress(Exception), _opened(file, None) as archive:
        return [one.filename for one in archive.list()]
    return None


def _fitting(file: BinaryIO, passwords: Sequence[str]) -> str | None:
    """The password that opens it; None where none is needed. Raises Waiting."""
    library = extra.library("py7zr")
    is_locked = False
    for password in (None, *passwords):
        try:
            with _opened(file, password) as archive:
                if password is None and not archive.needs_password():
                    return None
                is_locked = True
                if password is not None and _opens(archive):
                    return password
        except library.PasswordRequired:
            is_locked = True
        except library.UnsupportedCompressionMethodError:
            raise PackedOddly from None
        except (RadiaryError, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 - py7zr raises whatever it likes on damaged archives
            if not is_locked:
                raise _damage(error) from None
    raise WrongPassword if passwords else Encrypted


def _opens(archive: Any) -> bool:
    """Whether the first file, which costs the least, can be unpacked with the password that is set."""
    sample = next((number for number, one in enumerate(archive.files) if not one.emptystream and _is_file(one)), None)
    if sample is None:
        return True
    _number(archive)
    try:
        archive.extract(factory=Trial(), targets=[str(sample)])
    except extra.library("py7zr").UnsupportedCompressionMethodError:
        return True
    except (RadiaryError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - a wrong password looks like any damage
        return False
    return True


def _pushed(file: BinaryIO, sink: Sink, *, password: str | None, start: int, failed: set[int]) -> int | None:
    """Push the files from the `start`-th on; where to go on behind one that `failed`, None at the end."""
    with _opened(file, password) as archive:
        files = list(archive.files)
        wanted = [number for number in range(start, len(files)) if _is_file(files[number])]
        called = {number: files[number].filename for number in wanted}
        if start == 0:
            for _ in range(len(files) - len(wanted)):
                sink.skip()
        _number(archive, failed)
        factory = Factory(sink, called)
        try:
            archive.extract(factory=factory, targets=[str(number) for number in wanted])
            factory.finish()
        except (RadiaryError, Enough, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 - see above
            if factory.current is None:
                raise _damage(error) from None
            failed.add(factory.current)
            return _left_out(error, factory, [one.folder for one in files], wanted)
    return None


def _left_out(error: Exception, factory: Factory, blocks: Sequence[Any], wanted: Sequence[int]) -> int:
    """Leave out the file that failed, and those behind it in its block if nothing of that can be read; where to go on."""
    library = extra.library("py7zr")
    failed = factory.current
    assert failed is not None
    if is_of_the_disk(error):
        raise error
    is_odd = isinstance(error, library.UnsupportedCompressionMethodError)
    reason = Reason.COMPRESSION_NOT_SUPPORTED if is_odd else Reason.DAMAGED_MEMBER
    factory.drop(reason)
    if isinstance(error, library.exceptions.CrcError):
        return failed + 1
    following = failed + 1
    for number in (one for one in wanted if one > failed):
        if blocks[number] is not blocks[failed]:
            break
        factory.leave_out(number, reason)
        following = number + 1
    return following


def _damage(error: Exception) -> Exception:
    """What an error that a foreign reader raised means for the archive as a whole."""
    if is_of_the_disk(error):
        return error
    if isinstance(error, extra.library("py7zr").UnsupportedCompressionMethodError):
        return PackedOddly()
    return DamagedArchive()


@contextlib.contextmanager
def _opened(file: BinaryIO, password: str | None) -> Iterator[Any]:
    """The archive, open. Given a file and not a path, py7zr unpacks its blocks one after another."""
    file.seek(0)
    with extra.library("py7zr").SevenZipFile(file, password=password) as archive:
        yield archive


def _is_file(one: Any) -> bool:
    return not (one.is_directory or one.is_symlink or one.is_junction or one.is_socket)


def _number(archive: Any, failed: Container[int] = ()) -> None:
    """Call each file by its number: py7zr refuses names that lead elsewhere, which for us are harmless.

    The checksum of one that failed is not asked for again on the way to those behind it.
    """
    for number, one in enumerate(archive.files):
        properties = one.file_properties()
        properties["filename"] = str(number)
        if number in failed:
            properties["digest"] = None
