"""What DICOM objects mean: read, de-identified, rendered. Opens no file, reads no clock, writes no log."""
