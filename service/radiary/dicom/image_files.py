"""The files of one image: its pictures, what else the settings want of it, and its copy."""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from radiary.dicom import frame_runs
from radiary.dicom.dicom_copy import Copy, InMemory, Spool, fits
from radiary.dicom.read import frame_counts, frame_order, frame_vectors, header, located_frames, pixel_description
from radiary.dicom.read.located_frames import LocatedFrame
from radiary.dicom.read.pixel_encoding import NATIVE
from radiary.dicom.read.pixel_matrix import Matrix, Undecodable
from radiary.dicom.render import cine, encode, grayscale, judgement, pixel_aspect, pixels, slide
from radiary.dicom.text import clips, slice_values, slices
from radiary.dicom.text.frames_together import Gathering
from radiary.library import layout
from radiary.model.errors import Reason
from radiary.model.nouns import Deidentified, Piece, Treatment, Wanted
from radiary.model.records import FileRecord, FilmRecord, RunRecord
from radiary.workers.ahead import one_ahead

Frame = NDArray[np.generic]


@dataclass(frozen=True)
class Made:
    """One file to be written, at `path` in its study; `is_picture` says that it stands for a frame or for the whole object.

    `parts` are its bytes, in pieces none of which is larger than a frame.
    """

    path: str
    parts: Iterable[Piece] = field(repr=False)
    is_picture: bool

    @property
    def data(self) -> bytes:
        """All bytes of a small file."""
        return b"".join(self.parts)


class Development:
    """One de-identified instance, of which `files` makes the pictures and the copy one by one, and may raise Undecodable.

    `pixels`, the digest of its values, is known once `files` has run to its end. So are `lost`, how many frames it lacks and
    why, `rule`, by which its pictures are shown where their own window shows nothing of them, and what `in_viewing_order` says.
    """

    def __init__(
        self,
        clean: Deidentified,
        wanted: Wanted,
        *,
        scale: grayscale.Range | None = None,
        treatment: Treatment | None = None,
    ) -> None:
        self.facts = clean.facts
        self.hold = clean.hold
        self.who = clean.who
        self.named = clean.named
        self.pixels = ""
        self.lost: dict[str, int] = {}
        self.rule: str | None = None
        self.film: FilmRecord | None = None
        self._places: list[int] = []
        self._shown: dict[str, int] = {}
        self._runs: tuple[RunRecord, ...] = ()
        self.scale = scale
        self.rows: slice_values.Rows | None = None
        """Of a slice of one frame, what is compared with its neighbours; known once `files` has run to its end."""
        self.gathering: Gathering | None = None
        """What the pictures of a clip show together is gathered here as `files` runs, where there is one."""
        self._tick: Callable[[], None] = lambda: None
        self._spool: Callable[[], Spool] = InMemory
        self._clean = clean
        self._wanted = wanted
        self._treatment = treatment or Treatment()

    def files(self, tick: Callable[[], None] = lambda: None, spool: Callable[[], Spool] = InMemory) -> Iterator[Made]:
        """Every file of this instance, the copy last. Raises Undecodable.

        `tick` is called after every frame; frames are kept for the copy in a `spool`.
        """
        self._tick, self._spool = tick, spool
        try:
            yield from self._made()
        except MemoryError:
            raise Undecodable(Reason.NOT_ENOUGH_MEMORY) from None
        except header.UNREADABLE:
            raise Undecodable(Reason.PIXEL_DATA_UNREADABLE) from None

    def in_viewing_order(self, pictures: Iterable[FileRecord]) -> tuple[tuple[FileRecord, ...], tuple[RunRecord, ...]]:
        """Its pictures in viewing order, and their runs; in the order that they have where no frame says where it lies."""
        return tuple(sorted(pictures, key=lambda file: self._shown.get(file.path, 0))), self._runs

    def _made(self) -> Iterator[Made]:
        shape = pixel_description.matrix(self._clean)
        is_kept = self._wanted.copies and fits(shape)
        made = Copy(self._clean, shape, self._spool if is_kept else None, is_small=self._wanted.small_copies)
        with contextlib.closing(made) as copy:
            yield from self._made_of(shape, copy)

    def _film(self, shape: Matrix, *, is_tiled: bool) -> cine.Film | None:
        is_wanted = self._wanted.cine and shape.frames > 1 and not is_tiled
        return cine.Film(self._clean.dataset, shape.frames) if is_wanted else None

    def _located(self, shape: Matrix) -> list[LocatedFrame]:
        """Where each frame lies, by its functional groups or its vectors; none where they do not say."""
        data = self._clean.dataset
        return located_frames.located(data, shape.frames) or frame_vectors.located(data, shape.frames)

    def _made_of(self, shape: Matrix, copy: Copy) -> Iterator[Made]:
        """The pictures of a tiled slide are its overview and, if they are few, its tiles; a clip may get a film, too."""
        self._places = frame_order.places(self._clean.dataset, shape.frames)
        overview = slide.overview(self._clean.dataset, shape)
        film = self._film(shape, is_tiled=overview is not None)
        is_empty = self._clean.has_overlay
        boxes = pixel_aspect.in_frame(self._treatment.blank, self._clean.dataset)
        lost: list[int] = []
        located = self._located(shape) if overview is None else []
        shown: dict[int, int] = {}
        for number, frame in self._numbered(shape, pixels.frames(self._clean, shape, boxes, lost=lost), lost):
            shown[number] = len(shown)
            copy.add(frame)
            if self._is_compared(shape):
                self.rows = slices.rows_of(frame)
            self._tick()
            seen = pixels.picture(self._clean, shape, frame, number, self.scale, self._tell)
            is_empty = is_empty and int(np.ptp(seen)) == 0
            picture = pixel_aspect.squared(seen, self._clean.dataset)
            if overview is not None:
                overview.add(number, picture)
            if film is not None:
                film.add(picture)
            if overview is None or shape.frames <= self._wanted.tiles:
                self._gather(shape, picture, number)
                yield Made(self._path(number, shape), (self._png(picture),), is_picture=True)
                yield from self._views(shape, frame, number)
        if is_empty:
            raise Undecodable(Reason.OVERLAY_ONLY)
        if overview is not None:
            is_only_picture = shape.frames > self._wanted.tiles
            yield Made(self._stem("-overview.png"), (self._png(overview.picture),), is_picture=is_only_picture)
        if film is not None and (clip := film.written()) is not None:
            yield Made(self._stem("-cine.webp"), (clip,), is_picture=False)
        self._account_for(shape, lost)
        order, self._runs = frame_runs.runs(located, shown)
        self._shown = {self._path(number, shape): place for place, number in enumerate(order)}
        if copy.is_kept:
            yield Made(self._stem(".dcm"), copy.written(), is_picture=False)
        self.pixels = copy.pixels

    def _numbered(self, shape: Matrix, frames: Iterator[Frame], lost: list[int]) -> Iterator[tuple[int, Frame]]:
        """Frames and their numbers in what was received; those of a compressed clip are decoded while others are written."""
        numbered = ((place + len(lost), frame) for place, frame in enumerate(frames))
        is_slow = shape.frames > clips.FEW and self._clean.transfer_syntax not in NATIVE
        return one_ahead(numbered) if is_slow else numbered

    def _gather(self, shape: Matrix, picture: NDArray[np.uint8], number: int) -> None:
        if self.gathering is not None and shape.frames > clips.FEW:
            self.gathering.add(self._path(number, shape), picture)

    def _is_compared(self, shape: Matrix) -> bool:
        """Whether it is a slice that is held against those beside it: what is blanked would be new in it."""
        is_slice = self.facts.text_search == "some" and shape.frames == 1
        return is_slice and shape.bits_allocated in (8, 16) and not self._treatment.blank

    def _account_for(self, shape: Matrix, lost: list[int]) -> None:
        """The copy names the frames that it has; those that were said and are not there, or damaged, are counted."""
        if lost or shape.frames != header.value(self._clean.dataset, 0x00280008):
            frame_counts.keep(self._clean.dataset, [number for number in range(shape.frames) if number not in lost])
        reasons = {
            Reason.FRAMES_MISSING: shape.missing,
            Reason.FRAMES_DAMAGED: len(lost),
            Reason.FRAMES_BEYOND_NUMBER: shape.surplus,
        }
        self.lost = {str(reason): count for reason, count in reasons.items() if count}

    def _tell(self, rule: str) -> None:
        self.rule = rule

    def _views(self, shape: Matrix, frame: NDArray[np.generic], number: int) -> Iterator[Made]:
        """The same frame in other windows and in 16 bits, where the settings want that."""
        if shape.is_colour or not (self._wanted.windows or self._wanted.sixteen_bits):
            return
        dataset, view = self._clean.dataset, grayscale.view(self._clean.dataset, number)
        named = grayscale.PRESETS if self.facts.modality == "CT" else {}
        windows = {name: named[name] for name in self._wanted.windows if name in named}
        if "others" in self._wanted.windows:
            windows |= {
                f"window{place}": window for place, window in enumerate(grayscale.further_windows(dataset, number), start=2)
            }
        for name, window in windows.items():
            picture = pixel_aspect.squared(replace(view, voi=window).picture(frame, None), dataset)
            yield Made(self._path(number, shape, f"-{name}"), (self._png(picture),), is_picture=False)
        if self._wanted.sixteen_bits:
            fitting = judgement.fitting(dataset, number, frame)
            deep = pixel_aspect.squared(fitting.deep(frame, self.scale), dataset)
            yield Made(self._path(number, shape, "-16bit"), (self._png(deep),), is_picture=False)

    def _png(self, picture: NDArray[np.uint8] | NDArray[np.uint16]) -> bytes:
        return encode.png(picture, effort=self._wanted.png_effort)

    def _path(self, frame: int, shape: Matrix, kind: str = "") -> str:
        return f"{layout.series_folder(self.facts)}/{layout.picture(self.facts, self._places[frame], shape.frames, kind)}"

    def _stem(self, ending: str) -> str:
        return f"{layout.series_folder(self.facts)}/{layout.stem(self.facts)}{ending}"
