"""Which waveforms may leave: curves of a body, of which a code of the standard names every channel. Any other may be a voice."""

from functools import cache

from pydicom.dataset import Dataset
from pydicom.sr._cid_dict import cid_concepts
from pydicom.sr._concepts_dict import concepts

from radiary.dicom.read import header

WAVEFORMS = 0x54000100
"""Waveform Sequence: its items are multiplex groups (PS3.3 C.10.9)."""
_CHANNELS, _COUNT, _SOURCE, _RATE = 0x003A0200, 0x003A0005, 0x003A0208, 0x003A001A
_SLOW, _FAST = (3001, 3003, 3004, 3005, 3010, 3014, 3034), (3011, 3030, 3031, 3032, 3033)
"""Context groups (PS3.16) of channel sources: ECG, pressures, pulse, respiration, vessels, position; places in the heart, EEG,
EMG and EOG, which are sampled faster.
"""
_OLD_LEADS = "5.6.3-9-"
"""How codes of ECG leads of the scheme SCPECG begin, which CID 3001 had before 2004."""
_FASTEST = 4000.0
"""Samples a second of a slow curve, at most: in a faster one a voice could be understood."""


def are_known(dataset: Dataset) -> bool:
    """Whether an object has waveforms, and every multiplex group of them is a known curve."""
    groups = header.items(dataset, WAVEFORMS)
    return bool(groups) and all(map(is_known, groups))


def is_known(group: Dataset) -> bool:
    """Whether every channel of a multiplex group is a curve of a body, and none is sampled as fast as sound is."""
    channels = header.items(group, _CHANNELS)
    rate = header.value(group, _RATE)
    if not channels or rate is None or header.value(group, _COUNT) != len(channels):
        return False
    known = _codes(_FAST) if float(rate) > _FASTEST else _codes(_SLOW) | _codes(_FAST)
    return all(_source(channel) in known for channel in channels)


def _source(channel: Dataset) -> tuple[str, str]:
    """Scheme and value of the code of a channel's source; leads of an ECG by their code of today."""
    sources = header.items(channel, _SOURCE)
    scheme, value = (
        (str(header.value(sources[0], tag) or "").strip() for tag in (0x00080102, 0x00080100)) if sources else ("", "")
    )
    if scheme == "SCPECG" and value.startswith(_OLD_LEADS):
        return "MDC", "2:" + value.removeprefix(_OLD_LEADS)
    if scheme == "MDC" and value.isdecimal():
        number = int(value)
        return "MDC", f"{number >> 16}:{number & 0xFFFF}"
    return scheme, value


@cache
def _codes(groups: tuple[int, ...]) -> frozenset[tuple[str, str]]:
    """Scheme and value of every code in some context groups."""
    by_scheme: dict[str, dict[str, list[str]]] = concepts  # type: ignore[assignment]  # inferred too wide
    named = ((scheme, name) for group in groups for scheme, names in cid_concepts[group].items() for name in names)
    return frozenset((scheme, value) for scheme, name in named for value in by_scheme[scheme][name])
