"""Attributes that say how pixels are laid out, shown, put in order and measured."""

DISPLAYING = frozenset(
    {
        0x00181164,  # Imager Pixel Spacing
        0x00182010,  # Nominal Scanned Pixel Spacing
        0x00280002,  # Samples per Pixel
        0x00280004,  # Photometric Interpretation
        0x00280006,  # Planar Configuration
        0x00280010,  # Rows
        0x00280011,  # Columns
        0x00280030,  # Pixel Spacing
        0x00280034,  # Pixel Aspect Ratio
        0x00280100,  # Bits Allocated
        0x00280101,  # Bits Stored
        0x00280102,  # High Bit
        0x00280103,  # Pixel Representation
        0x00280120,  # Pixel Padding Value
        0x00280121,  # Pixel Padding Range Limit
        0x00281050,  # Window Center
        0x00281051,  # Window Width
        0x00281052,  # Rescale Intercept
        0x00281053,  # Rescale Slope
        0x00281056,  # VOI LUT Function
        0x00281101,  # Red, Green and Blue Palette Color Lookup Table Descriptor
        0x00281102,
        0x00281103,
        0x00283002,  # LUT Descriptor
        0x20500020,  # Presentation LUT Shape
    }
)
"""What a picture is made by: one of these that is there and cannot be understood forbids making it."""
SEQUENCES = frozenset({0x00283000, 0x00283010, 0x00283110, 0x00289110, 0x00289132, 0x00289145, 0x52009229, 0x52009230})
"""Modality and VOI LUT, Softcopy VOI LUT, Pixel Measures, Frame VOI LUT, Pixel Value Transformation, Functional Groups: what they
hold is shown by.
"""
ORDERING = frozenset(
    {
        0x00082144,  # Recommended Display Frame Rate
        0x00180040,  # Cine Rate
        0x00180086,  # Echo Numbers
        0x00181060,  # Trigger Time
        0x00181063,  # Frame Time
        0x00181065,  # Frame Time Vector
        0x00189087,  # Diffusion b-value
        0x00200011,  # Series Number
        0x00200012,  # Acquisition Number
        0x00200013,  # Instance Number
        0x00200032,  # Image Position (Patient)
        0x00200037,  # Image Orientation (Patient)
        0x00200100,  # Temporal Position Identifier
        0x00200105,  # Number of Temporal Positions
        0x00201002,  # Images in Acquisition
        0x00201041,  # Slice Location
        0x00209057,  # In-Stack Position Number
        0x00209128,  # Temporal Position Index
        0x00209157,  # Dimension Index Values
        0x00280008,  # Number of Frames
        0x00480006,  # Total Pixel Matrix Columns
        0x00480007,  # Total Pixel Matrix Rows
        0x0048021E,  # Column Position In Total Image Pixel Matrix
        0x0048021F,  # Row Position In Total Image Pixel Matrix
        0x00540081,  # Number of Slices
        0x00541330,  # Image Index
    }
)
"""What puts pictures in order; without it they stand in another one."""
MEASURING = frozenset(
    {
        *range(0x00186018, 0x00186030, 2),  # corners, reference pixel, units and deltas of an ultrasound region
        0x00180050,  # Slice Thickness
        0x00180088,  # Spacing Between Slices
        0x00181100,  # Reconstruction Diameter
        0x00181110,  # Distance Source to Detector
        0x00181111,  # Distance Source to Patient
        0x00181114,  # Estimated Radiographic Magnification Factor
        0x00280106,  # Smallest and Largest Image Pixel Value
        0x00280107,
        0x00409211,  # Real World Value: first and last value mapped, intercept and slope
        0x00409212,
        0x00409213,
        0x00409214,
        0x00409216,
        0x00409224,
        0x00409225,
        0x00541321,  # Decay Factor
        0x00541322,  # Dose Calibration Factor
        0x3004000C,  # Grid Frame Offset Vector
        0x3004000E,  # Dose Grid Scaling
    }
)
"""What lengths and values in a picture mean."""
COUNTING = frozenset({0x00200011, 0x00200012, 0x00200013})
"""Series, Acquisition and Instance Number: whole numbers that a system chooses, and that become names of files."""
ALL = DISPLAYING | ORDERING | MEASURING
ENUMERATED = {
    0x00280004: frozenset(
        "MONOCHROME1 MONOCHROME2 RGB YBR_FULL YBR_FULL_422 YBR_ICT YBR_RCT YBR_PARTIAL_420 YBR_PARTIAL_422 XYB".split()
    )
    | {"PALETTE COLOR"},  # Photometric Interpretation
    0x00281056: frozenset({"LINEAR", "LINEAR_EXACT", "SIGMOID"}),  # VOI LUT Function
    0x20500020: frozenset({"IDENTITY", "INVERSE"}),  # Presentation LUT Shape
}
"""What display depends on: it passes when it is one of these words, even if the person is called so."""
ASPECT = 0x00280034
"""Pixel Aspect Ratio: two whole numbers, of which some devices write fractions."""
