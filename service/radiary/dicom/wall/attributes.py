"""Attributes that the wall treats by rules of their own, whatever the table says of their kind."""

TECHNICAL = {
    0x00080070: "makers",  # Manufacturer
    0x00081090: "models",  # Manufacturer's Model Name
    0x00181016: "makers",  # Secondary Capture Device Manufacturer
    0x00181017: "makers",  # Hardcopy Device Manufacturer
    0x00181018: "models",  # Secondary Capture Device Manufacturer's Model Name
    0x0018101B: "models",  # Hardcopy Device Manufacturer's Model Name
    0x00181210: "",  # Convolution Kernel
    0x0018702A: "makers",  # Detector Manufacturer Name
    0x0018702B: "models",  # Detector Manufacturer's Model Name
    0x00189041: "makers",  # Receive Coil Manufacturer Name
    0x00189050: "makers",  # Transmit Coil Manufacturer Name
    0x00189526: "makers",  # Application Manufacturer
    0x00203404: "makers",  # Modifying Device Manufacturer
    0x00221093: "makers",  # IOL Manufacturer
    0x00281054: "",  # Rescale Type
    0x00283003: "",  # LUT Explanation
    0x00409210: "",  # LUT Label
    0x300A0238: "makers",  # Application Setup Manufacturer
    0x300A0298: "makers",  # Source Applicator Manufacturer
}
"""Names of machines and methods: they pass as they are when every word in them is listed, else not at all. Each with the list
that counts beside the common one: a maker's or machine's name may be a person's, so that it is no common word.
"""
ASPECT = 0x00280034
"""Pixel Aspect Ratio: some devices write 4.000000 where the standard wants whole numbers."""
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
EMPTY_SEQUENCES = frozenset(
    {
        0x00081111,  # Referenced Performed Procedure Step
        0x00400513,  # Issuer of the Container Identifier
        0x00400518,  # Container Type Code
        0x00400555,  # Acquisition Context
        0x00400562,  # Issuer of the Specimen Identifier
        0x00400610,  # Specimen Preparation
        0x0040A370,  # Referenced Request
        0x0040A372,  # Performed Procedure Code
        0x00540012,  # Energy Window Information
        0x00540016,  # Radiopharmaceutical Information
        0x00540022,  # Detector Information
        0x00540410,  # Patient Orientation Code
        0x00540414,  # Patient Gantry Relationship Code
    }
)
"""Sequences that some object must have, if need be empty (Type 2)."""
FRAMES = 0x52009230
"""Per-Frame Functional Groups: an item a frame, so that an empty one keeps its place."""
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
ENUMERATED = {
    0x00280004: frozenset(
        "MONOCHROME1 MONOCHROME2 RGB YBR_FULL YBR_FULL_422 YBR_ICT YBR_RCT YBR_PARTIAL_420 YBR_PARTIAL_422 XYB".split()
    )
    | {"PALETTE COLOR"},  # Photometric Interpretation
    0x00281056: frozenset({"LINEAR", "LINEAR_EXACT", "SIGMOID"}),  # VOI LUT Function
    0x20500020: frozenset({"IDENTITY", "INVERSE"}),  # Presentation LUT Shape
}
"""What display depends on: it passes when it is one of these words, even if the person is called so."""
