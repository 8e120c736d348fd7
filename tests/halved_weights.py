"""Writes a network with its weights in 16 bits, which are widened as it is loaded: half the file, the same memory and time.

cd tests && python -m halved_weights ch_PP-OCRv4_rec_infer.onnx recognition.onnx    (ONNX's package is wanted for that alone)
"""

import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

_LEAST = 1024
"""Numbers of an array that is halved; smaller ones, such as biases, weigh nothing."""


def main(source: str, target: str) -> int:
    """Halve the arrays of the file `source`, constants and initial values alike, into the file `target`."""
    model = onnx.load(source)
    graph = model.graph
    constants = {
        node.output[0]: (node, attribute.t) for node in graph.node if node.op_type == "Constant" for attribute in node.attribute
    }
    for name, (node, tensor) in constants.items():
        if _is_large(tensor):
            graph.node.remove(node)
            tensor.name = name
            graph.initializer.append(tensor)
    widened = []
    for tensor in [one for one in graph.initializer if _is_large(one)]:
        half = f"{tensor.name}_half"
        graph.initializer.append(numpy_helper.from_array(numpy_helper.to_array(tensor).astype(np.float16), half))
        widened.append(helper.make_node("Cast", [half], [tensor.name], to=TensorProto.FLOAT))
        graph.initializer.remove(tensor)
    for place, node in enumerate(widened):
        graph.node.insert(place, node)
    onnx.checker.check_model(model)
    onnx.save(model, target)
    return 0


def _is_large(tensor: TensorProto) -> bool:
    return bool(tensor.data_type == TensorProto.FLOAT and np.prod(tensor.dims) >= _LEAST)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
