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
SCHEMES = 0x00080110
"""Coding Scheme Identification Sequence: removed, since it describes schemes of codes that become pseudonyms."""
REQUIRED = frozenset(
    {
        0x00080070,  # Manufacturer, of enhanced objects as the next two
        0x00081090,  # Manufacturer's Model Name
        0x00181020,  # Software Versions
        0x0040A160,  # Text Value of a content item
        0x00620005,  # Segment Label
        0x00283003,  # LUT Explanation, of a Real World Value Mapping
        0x00620009,  # Segment Algorithm Name
        0x00620020,  # Tracking ID, beside its UID
        0x00700080,  # Content Label
        0x30060002,  # Structure Set Label
        0x30060026,  # ROI Name
    }
)
"""Attributes that some object must have with a value (Type 1): they become `REMOVED` where nothing of the value may leave."""
EMPTIED = frozenset({0x00700081})
"""Content Description, which some object must have, if need be empty (Type 2)."""
SAYING = {
    0x0040B020: (0x0040A043, 0x00700006),  # Waveform Annotation: Concept Name Code, Unformatted Text Value
    0x00700008: (0x00700006,),  # Text Object: Unformatted Text Value
}
"""Sequences whose items say nothing when they have none of these."""
KINDS_OF = {0x00400033: 0x00400032}
"""Attributes that say of what kind another one is, without which they may not stand: Universal Entity ID Type and ID."""
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
FRAMES = frozenset({0x52009229, 0x52009230})
"""Shared and Per-Frame Functional Groups: one item, and an item a frame, so that an empty one keeps its place."""
OF_REPORTS = 0x00081111
"""Referenced Performed Procedure Step: reports must have it, if need be empty; pictures must not have it empty."""
TERMS = frozenset(
    {
        0x00080008,  # Image Type
        0x00080060,  # Modality
        0x00089007,  # Frame Type
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
LARGE_NUMBERS = frozenset(
    {
        0x00280008,  # Number of Frames
        0x00180070,  # Counts Accumulated
        0x00180084,  # Imaging Frequency
        0x00181060,  # Trigger Time
        0x00181063,  # Frame Time
        0x00181065,  # Frame Time Vector
        0x00181066,  # Frame Delay
        0x00181074,  # Radionuclide Total Dose
        0x00181075,  # Radionuclide Half Life
        0x00181153,  # Exposure in uAs
        0x00181242,  # Actual Frame Duration
        0x00188150,  # Exposure Time in uS
        0x00188151,  # X-Ray Tube Current in uA
        0x00189098,  # Transmitter Frequency
        0x00281050,  # Window Center
        0x00281051,  # Window Width
        0x00281052,  # Rescale Intercept
        0x00281053,  # Rescale Slope
        0x003A001A,  # Sampling Frequency
        0x003A0210,  # Channel Sensitivity
        0x0040A30A,  # Numeric Value
        0x00540014,  # Energy Window Lower Limit
        0x00540015,  # Energy Window Upper Limit
        0x00541300,  # Frame Reference Time
        0x00541310,  # Primary (Prompts) Counts Accumulated
        0x00541311,  # Secondary Counts Accumulated
        0x00541320,  # Slice Sensitivity Factor
        0x00541321,  # Decay Factor
        0x00541322,  # Dose Calibration Factor
        0x30040058,  # DVH Data
        0x30040072,  # DVH Maximum Dose
        0x300A0086,  # Beam Meterset
        0x300A022A,  # Reference Air Kerma Rate
        0x300A022B,  # Source Strength
    }
)
"""Decimal and integer strings that may be millions; in any other one so many digits are somebody's number."""
NUMBERS_BY_HOSPITALS = frozenset(
    {
        0x00200011,  # Series Number
        0x00200012,  # Acquisition Number
        0x00200019,  # Item Number
    }
)
"""Numbers that a person may have typed: four digits that are a patient's own number are that."""
SENTENCES = frozenset({"LT", "ST", "UT"})
"""VRs of running text, which passes as a whole or not at all: without some of its words it might say the opposite."""
PIXELS = frozenset({0x7FE00008, 0x7FE00009, 0x7FE00010})
"""Float Pixel Data, Double Float Pixel Data, Pixel Data."""
