"""The network: what is near in the picture at a quarter of its size, with a view of a hundred pixels around each square."""

from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import nn

_WIDTHS = 16, 24, 32
_DILATIONS = 1, 2, 4, 8, 3, 1


class _Block(nn.Module):
    def __init__(self, width: int, dilation: int) -> None:
        super().__init__()
        self.near = nn.Conv2d(width, width, 3, padding=dilation, dilation=dilation, bias=False)
        self.norm = nn.BatchNorm2d(width)

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        return given + torch.relu(self.norm(self.near(given)))


class Network(nn.Module):
    """(pictures, 3, rows, columns) → for each square of four by four pixels, how probably it lies in a word, as a logit."""

    def __init__(self) -> None:
        super().__init__()
        first, second, width = _WIDTHS
        layers: list[nn.Module] = []
        for before, after, side, stride in ((3, first, 5, 2), (first, second, 3, 1), (second, width, 3, 2)):
            layers += [nn.Conv2d(before, after, side, stride, side // 2, bias=False), nn.BatchNorm2d(after), nn.ReLU()]
        self.layers = nn.Sequential(*layers, *(_Block(width, dilation) for dilation in _DILATIONS), nn.Conv2d(width, 1, 1))

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        return self.layers(given)


def begun(path: Path) -> Network:
    """The network of a file that was written once, its norms folded into its layers: they rest when it is trained further."""
    network, known = Network(), {one.name: one for one in onnx.load(str(path)).graph.initializer}
    folded = [torch.tensor(numpy_helper.to_array(one)) for name, one in known.items() if name.startswith("onnx::")]
    *layers, last = (one for one in network.modules() if isinstance(one, nn.Conv2d))
    norms = [one for one in network.modules() if isinstance(one, nn.BatchNorm2d)]
    with torch.no_grad():
        for layer, norm, weight, bias in zip(layers, norms, folded[::2], folded[1::2], strict=True):
            layer.weight.copy_(weight)
            norm.bias.copy_(bias)
            norm.running_var.fill_(1 - norm.eps)
        for name in ("weight", "bias"):
            getattr(last, name).copy_(torch.tensor(numpy_helper.to_array(known[f"0.layers.15.{name}"])))
    return network.eval()


def given(values: torch.Tensor) -> torch.Tensor:
    """What the network is given of greys (pictures, rows, columns), as `radiary.dicom.text.faint` makes it."""
    planes = torch.zeros(len(values), 3, *values.shape[1:])
    planes[:, 0] = values / 255 - 0.5
    planes[:, 1, :, 1:] = (values[:, :, 1:] == values[:, :, :-1]).float()
    planes[:, 2, 1:] = (values[:, 1:] == values[:, :-1]).float()
    return planes


def loss(said: torch.Tensor, is_word: torch.Tensor, is_asked: torch.Tensor) -> torch.Tensor:
    """The focal loss (Lin and others 2017) of what is asked; a word that is missed weighs more than one that is none."""
    crossed = nn.functional.binary_cross_entropy_with_logits(said, is_word, reduction="none")
    right = torch.where(is_word > 0, torch.sigmoid(said), 1 - torch.sigmoid(said))
    return 10 * (crossed * (1 - right) ** 1.5 * (1 + 1.5 * is_word) * is_asked).sum() / is_asked.sum()
