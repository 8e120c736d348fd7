"""Floor 1: what DICOM means. Opens no file, reads no clock, writes no log."""
