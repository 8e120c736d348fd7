"""What is known of an object's pixels before they are decoded."""

from dataclasses import dataclass

from radiary.model.errors import Reason


class Undecodable(Exception):
    """The pixels cannot be decoded; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Matrix:
    """One object's pixels: `samples` a pixel, `planar` for colours stored one after the other (Planar Configuration 1)."""

    rows: int
    columns: int
    samples: int
    frames: int
    bits_allocated: int
    bits_stored: int
    high_bit: int
    is_signed: bool
    planar: bool
    photometric: str
    missing: int = 0
    """Frames that its header speaks of and that are not there."""
    surplus: int = 0
    """Frames for which there are bytes, and of which its header, which says how many there are, does not speak."""

    @property
    def frame_bits(self) -> int:
        """Bits of one native frame."""
        samples = 2 if self.shares_colours else self.samples
        return self.rows * self.columns * samples * self.bits_allocated

    @property
    def shares_colours(self) -> bool:
        """Whether two pixels side by side have one colour, if they are uncompressed."""
        return self.photometric in ("YBR_FULL_422", "YBR_PARTIAL_422")

    @property
    def is_colour(self) -> bool:
        """Whether frames of this object are shown in colour."""
        return self.samples == 3 or self.photometric == "PALETTE COLOR"
