import hashlib
import re
import sys
from pathlib import Path

import numpy as np
import pytest

import growing
from radiary.dicom.text import inference
from radiary.workers.pool import Pool
from radiary.workers.process import process

MODELS = Path(inference.__file__).parent / "models"


def test_the_models_are_those_that_are_documented() -> None:
    listed = dict(re.findall(r"^\| `(\w+\.onnx)` .*`([0-9a-f]{64})`", (MODELS / "README.md").read_text(), re.MULTILINE))
    assert listed == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in MODELS.glob("*.onnx")}
    assert set(listed) == {"detection.onnx", "recognition.onnx", "faint.onnx"}


def test_a_model_is_opened_once() -> None:
    assert inference.model("detection") is inference.model("detection")


def test_a_model_takes_a_batch_and_gives_one() -> None:
    assert inference.model("detection")(np.zeros((1, 3, 32, 64), "f4")).shape == (1, 1, 32, 64)


def test_the_characters_are_as_many_as_the_network_tells_apart() -> None:
    characters = inference.model("recognition").note("character").splitlines()
    assert inference.model("recognition")(np.zeros((2, 3, 48, 320), "f4")).shape == (2, 40, len(characters) + 2)


def test_what_is_not_there_raises() -> None:
    with pytest.raises(OSError, match="nothing"):
        inference.model("nothing")
    with pytest.raises(KeyError):
        inference.model("detection").note("character")


@pytest.mark.skipif(sys.platform != "linux", reason="only there the memory of a process is told")
@pytest.mark.parametrize(("name", "most"), [("detection", 137e6), ("faint", 150e6)])
def test_pictures_of_all_sizes_take_little_more_memory_than_the_largest_one(name: str, most: float) -> None:
    pool = Pool(process, 1)
    try:
        assert pool.call(growing.growth, name) < most
    finally:
        pool.close()
