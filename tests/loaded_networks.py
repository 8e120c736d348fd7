"""Networks that are loaded once for all workers that are forked: each would take a fifth of a second for it."""

from radiary.dicom.text import inference

for name in ("detection", "recognition", "faint"):
    inference.model(name)
