"""Markers that identify nobody and may stay in a picture: sides, views, positions."""

import re

_MARKER = re.compile(
    r"(R|L|RT|LT|RE|LI|G|D|[RL]-?(CC|MLO|ML|LM|XCCL|XCCM|CV|AT|SIO|FB|LMO)|CC|MLO|ML|LM|AP|PA|LAT|HORIZ|SUPINE|ERECT|UPRIGHT"
    r"|STEHEND|LIEGEND|STAAND|LIGGEND|DEBOUT|COUCHE|STANDING|PORTABLE|[AHFPRL]{1,3}|[\W\d]{0,2})"
)


def is_marker(words: str) -> bool:
    """Whether a reading, in capital letters and without spaces, is a marker."""
    return _MARKER.fullmatch(words) is not None
