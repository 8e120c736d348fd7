"""The door to zxing-cpp (the extra `radiary[medication]`): texts of the DataMatrix codes on a page. For workers only."""

import importlib.util

from radiary.documents.pdf import PagePicture

_MOST = 8
"""Codes of a page that are read."""


def is_possible() -> bool:
    """Whether the extra is installed."""
    return importlib.util.find_spec("zxingcpp") is not None


def texts(picture: PagePicture) -> list[str]:
    """What the codes of a page say; plans write in ISO 8859-1."""
    import zxingcpp  # an extra, and only workers read codes

    grey = memoryview(picture.values).cast("B", (picture.rows, picture.columns))
    codes = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.DataMatrix))
    return [_decoded(bytes(one.bytes)) for one in codes[:_MOST]]


def _decoded(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("latin-1")
