"""Attributes that the wall treats by rules of their own, whatever the table says of their kind."""

TECHNICAL = frozenset(
    {
        0x00080070,  # Manufacturer
        0x00081090,  # Manufacturer's Model Name
        0x00181210,  # Convolution Kernel
        0x00281054,  # Rescale Type
        0x00283003,  # LUT Explanation
        0x00409210,  # LUT Label
    }
)
"""Names of machines and methods: they pass as they are when every word in them is listed, else not at all."""
SCHEMES = 0x00080110
"""Coding Scheme Identification Sequence: removed, since it describes schemes of codes that become pseudonyms."""
REQUIRED = frozenset(
    {
        0x00080070,  # Manufacturer, of enhanced objects as the next two
        0x00081090,  # Manufacturer's Model Name
        0x00181020,  # Software Versions
        0x0040A160,  # Text Value of a content item
        0x00620005,  # Segment Label
        0x00620009,  # Segment Algorithm Name
        0x00700080,  # Content Label
        0x30060026,  # ROI Name
    }
)
"""Attributes that some object must have with a value (Type 1): they become `REMOVED` where nothing of the value may leave."""
EMPTY_SEQUENCES = frozenset({0x0040A370, 0x0040A372, 0x00081111})
"""Sequences that a report must have, if need be empty (Type 2): Referenced Request, Performed Procedure Code, Referenced
Performed Procedure Step.
"""
TERMS = frozenset(
    {
        0x00080008,  # Image Type
        0x00080060,  # Modality
        0x00180015,  # Body Part Examined
        0x00180020,  # Scanning Sequence
        0x00180021,  # Sequence Variant
        0x00185100,  # Patient Position
        0x00185101,  # View Position
        0x00200060,  # Laterality
        0x00200062,  # Image Laterality
        0x00280051,  # Corrected Image
        0x0040A010,  # Relationship Type
        0x0040A040,  # Value Type
        0x0040A050,  # Continuity Of Content
        0x00541001,  # Units
    }
)
"""Coded strings with terms of the standard: a value of listed words says the same of everybody."""
EXAM_DATES = frozenset(
    {
        0x00080012,  # Instance Creation Date
        0x00080020,  # Study Date
        0x00080021,  # Series Date
        0x00080022,  # Acquisition Date
        0x00080023,  # Content Date
        0x0008002A,  # Acquisition DateTime
    }
)
"""Dates of the exam, which may be a newborn's birth date; any other attribute that holds the birth date is emptied."""
SENTENCES = frozenset({"LT", "ST", "UT"})
"""VRs of running text, which passes as a whole or not at all: without some of its words it might say the opposite."""
PIXELS = frozenset({0x7FE00008, 0x7FE00009, 0x7FE00010})
"""Float Pixel Data, Double Float Pixel Data, Pixel Data."""
