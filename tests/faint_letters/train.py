"""Trains the network and writes it as `faint.onnx`; see `faint_letters`."""

import argparse
import math
import time
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.utils.data import DataLoader, IterableDataset

from faint_letters import places, words
from faint_letters.crops import Crops
from faint_letters.network import Network, begun, given, loss

_BATCH, _RATE, _FURTHER, _WARMING = 16, 2e-3, 6e-4, 200
_CHECKED, _EVERY = 512, 120.0
"""Crops by which it is tested, and seconds between two tests."""
_MADE, _EVERY_OTHER = 200, 4
"""Pictures that are made up; of so many real ones, one is kept for testing."""


class _Stream(IterableDataset[Any]):
    def __init__(self, crops: Crops) -> None:
        self._crops = crops

    def __iter__(self) -> Any:
        while True:
            yield tuple(np.asarray(part, np.float32) for part in self._crops.one())


def _tensors(batch: Any) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    values, is_word, is_asked = batch
    return given(values).contiguous(memory_format=torch.channels_last), is_word[:, None], is_asked[:, None]


def _tested(network: Network, batches: list[Any]) -> str:
    is_training = network.training
    network.eval()
    hit = missed = false = other = 0
    with torch.no_grad():
        for batch in batches:
            planes, is_word, is_asked = _tensors(batch)
            is_said = network(planes) > 0
            hit += int((is_said & (is_word > 0)).sum())
            missed += int((~is_said & (is_word > 0)).sum())
            false += int((is_said & (is_word == 0) & (is_asked > 0)).sum())
            other += int(((is_word == 0) & (is_asked > 0)).sum())
    network.train(is_training)
    return f"squares of words found {hit / max(1, hit + missed):.3f}, others {false / max(1, other):.5f}"


def trained(network: Network, batches: Any, tests: list[Any], *, minutes: float, rate: float, weights: Path) -> None:
    """Train for some minutes, with less and less change at the end; the weights are kept at every test."""
    optimizer = torch.optim.AdamW(network.parameters(), rate, weight_decay=1e-4)
    began = told = time.monotonic()
    for step, batch in enumerate(batches):
        done = (time.monotonic() - began) / 60 / minutes
        if done >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1, step / _WARMING + 0.01) * (0.5 + 0.5 * math.cos(math.pi * done)) + 1e-5
        planes, is_word, is_asked = _tensors(batch)
        optimizer.zero_grad()
        loss(network(planes), is_word, is_asked).backward()
        optimizer.step()
        if time.monotonic() - told > _EVERY:
            told = time.monotonic()
            print(f"{(told - began) / 60:.0f} min, step {step}: {_tested(network, tests)}", flush=True)
            torch.save(network.state_dict(), weights)


def written(network: Network, path: Path) -> None:
    """Write it as ONNX, with a sigmoid at its end, for pictures of any size."""
    whole = torch.nn.Sequential(network, torch.nn.Sigmoid()).eval()
    sides = {2: "rows", 3: "columns"}
    names: dict[str, Any] = {
        "input_names": ["given"],
        "output_names": ["probable"],
        "dynamic_axes": {"given": sides, "probable": sides},
    }
    torch.onnx.export(whole, (torch.zeros(1, 3, 64, 64),), str(path), opset_version=17, dynamo=False, **names)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=60)
    asked.add_argument("--real", type=Path, required=True, help="a folder of real pictures without text, as PNG")
    asked.add_argument("--fonts", type=Path, nargs="+", default=[Path("/usr/share/fonts")])
    asked.add_argument("--begin", type=Path, help="the file of a network that is to be trained further")
    asked.add_argument("--to", type=Path, default=Path("faint.onnx"))
    asked.add_argument("--threads", type=int, default=1)
    told = asked.parse_args()
    torch.set_num_threads(told.threads)
    network = (begun(told.begin) if told.begin else Network()).to(memory_format=torch.channels_last)  # faster by a fifth
    fonts, real = words.fonts(told.fonts), places.real(told.real)
    kept = real[::_EVERY_OTHER]
    tests = list(islice(DataLoader(_Stream(Crops(1, places.made_up(20, 1), kept, fonts)), _BATCH), _CHECKED // _BATCH))
    rest = [one for number, one in enumerate(real) if number % _EVERY_OTHER]
    crops = Crops(int(time.time()), places.made_up(_MADE, 2), rest, fonts)
    batches = DataLoader(_Stream(crops), _BATCH, num_workers=1, prefetch_factor=4)
    rate = _FURTHER if told.begin else _RATE
    trained(network, batches, tests, minutes=told.minutes, rate=rate, weights=told.to.with_suffix(".pt"))
    torch.save(network.state_dict(), told.to.with_suffix(".pt"))
    written(network, told.to)
    print(_tested(network, tests))


if __name__ == "__main__":
    main()
