"""A sentence in Kim's network as code: NumPy and PyTorch lines that run as they stand and end with ``y``.

Tests run the programs and compare ``y``, the probabilities, with what the page shows. To add a library, write
a function and a row of `LIBRARIES`.
"""

import numpy as np

from cnnviz.lessons.sentence import short
from cnnviz.presets.studies_sentence import WIDTHS, SentenceSetup, class_weights, kernels, vectors

LONGEST = 78  # characters of a line of numbers


def _nested(values: np.ndarray, depth: int = 0) -> str:
    """Write an array as nested lists, in as few lines as can be read."""
    if values.ndim == 1:
        return "[" + ", ".join(short(value).replace("−", "-") for value in values) + "]"
    parts = [_nested(part, depth + 1) for part in values]
    flat = ", ".join(parts)
    if len(flat) <= LONGEST and "\n" not in flat:
        return f"[{flat}]"
    before = "\n" + " " * (5 + depth)
    return "[" + f",{before}".join(parts) + "]"


def _numbers(setup: SentenceSetup, make: str) -> list[str]:
    """Write words, filters and weights; ``make`` wraps a list."""
    lines = ["# channels, words, numbers of a word", f"x = {make.format(_nested(vectors(setup)))}"]
    lines.append("# filters, channels, words, numbers of a word; and a bias for each filter")
    for width in WIDTHS:
        weights, biases = kernels(setup, width)
        lines.append(f"w{width} = {make.format(_nested(weights))}")
        lines.append(f"b{width} = {make.format(_nested(biases))}")
    classes, _ = class_weights(setup)
    return [*lines, f"v = {make.format(_nested(classes))}  # a row for each class"]


def numpy_lines(setup: SentenceSetup) -> str:
    """Write the windows as dot products."""
    pairs = ", ".join(f"(w{width}, b{width})" for width in WIDTHS)
    return "\n".join(
        [
            "import numpy as np",
            "",
            *_numbers(setup, "np.array({})"),
            "",
            "maxima = []",
            f"for w, b in ({pairs}):",
            "    width = w.shape[2]",
            "    places = range(x.shape[1] - width + 1)",
            "    maps = [np.tensordot(w, x[:, i : i + width], 3) + b for i in places]",
            "    maxima.append(np.maximum(maps, 0).max(axis=0))  # ReLU, then max over time",
            "scores = v @ np.concatenate(maxima)",
            "y = np.exp(scores) / np.exp(scores).sum()",
        ]
    )


def torch_lines(setup: SentenceSetup) -> str:
    """Write them with `conv2d`: kernels as wide as a word vector."""
    pairs = ", ".join(f"(w{width}, b{width})" for width in WIDTHS)
    return "\n".join(
        [
            "import torch",
            "import torch.nn.functional as F",
            "",
            *_numbers(setup, "torch.tensor({}, dtype=torch.float64)"),
            "",
            f"maps = [F.relu(F.conv2d(x[None], w, b))[0, :, :, 0] for w, b in ({pairs})]",
            "scores = v @ torch.cat([each.amax(dim=1) for each in maps])  # max over time",
            "y = F.softmax(scores, dim=0)",
        ]
    )


LIBRARIES = {"NumPy": numpy_lines, "PyTorch": torch_lines}
