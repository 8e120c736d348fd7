"""Makes `service/radiary/dicom/text/models/faint.onnx`: a small network that finds words which the detector overlooks.

It is trained on crops that are made as they are wanted: grounds of devices, made up or real, with what devices draw on them and
with words of every script, size, contrast and direction. PyTorch, which is no package of the tests, is needed for that alone:

cd tests && python -m faint_letters.train --minutes 60 --real FOLDER --fonts FOLDER
"""

SIDE = 192
"""Pixels of a crop's side."""
