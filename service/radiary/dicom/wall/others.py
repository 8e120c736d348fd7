"""The names of everybody but the patient in a received header: physicians, operators, relatives, for the chronicle's gate."""

from pydicom.dataset import Dataset
from pydicom.multival import MultiValue

from radiary.dicom.read import elements, header

_PATIENT, _OBSERVERS, _OBSERVER = 0x00100010, 0x0040A073, 0x0040A075
"""Patient's Name; Verifying Observer Sequence and Name of a report."""
_MOST, _LONGEST = 64, 256
"""Names of one object, and characters of one, that are remembered."""


def in_object(received: Dataset) -> tuple[str, ...]:
    """Their names as they are written, each once."""
    naming = [element for tag, element in elements.in_order(received) if elements.vr_of(tag) == "PN" and tag != _PATIENT]
    observers = header.items(received, _OBSERVERS)
    keys = None if observers else elements.keys(naming, elements.encoding(received, ""))
    if keys in _names:
        return _names[keys]
    values = [header.value(received, int(element.tag)) for element in naming]
    values += [header.value(item, _OBSERVER) for item in observers]
    texts = [str(name) for value in values for name in (value if isinstance(value, MultiValue) else [value]) if name]
    names = tuple(dict.fromkeys(text[:_LONGEST] for text in texts))[:_MOST]
    return _names.keep(keys, names)


_names: elements.Memory[tuple[str, ...]] = elements.Memory(64)
"""Names by the elements that hold them: the same bytes in every slice of an exam."""
