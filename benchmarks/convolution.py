"""Convolution beside PyTorch: ``python -m benchmarks.convolution``.

PyTorch gets its input in the layout it likes; the ratio is to the better one. We always get (N, C, H, W).
"""

import numpy as np
import torch

from benchmarks.measure import interleaved, peak, thread_counts
from cnnviz.kernels.convolution import conv2d, conv2d_backward
from cnnviz.kernels.threads import limited_to

CASES = [  # images, channels, side, kernels, their side, padding, ratio aimed at: forward, backward
    (64, 1, 28, 8, 5, 2, 3.0, 0.95),
    (64, 1, 28, 8, 5, 0, 3.0, 0.95),
    (64, 8, 14, 16, 3, 1, 0.95, 0.95),
    (64, 8, 14, 16, 3, 0, 0.95, 0.95),
    (64, 8, 14, 16, 5, 2, 0.95, 0.95),
    (64, 8, 14, 16, 5, 0, 0.95, 0.95),
]
LAYOUTS = {"NCHW": torch.contiguous_format, "channels last": torch.channels_last}
COLUMNS = f"{'case':38}{'threads':>8}{'ours':>9}{'NCHW':>9}{'ch. last':>9}{'ratio':>8}{'aim':>7}"


def forward(arrays, padding):
    """Pair our forward pass with PyTorch's in both layouts."""
    x, w, b = arrays
    calls = {"ours": lambda: conv2d(x, w, b, padding=padding)}
    for name, layout in LAYOUTS.items():
        tensors = [torch.tensor(array) for array in arrays]
        tensors[:2] = [tensor.contiguous(memory_format=layout) for tensor in tensors[:2]]
        calls[name] = lambda tensors=tensors: torch.nn.functional.conv2d(*tensors, padding=padding)
    return calls


def backward(arrays, padding):
    """Pair our backward pass with PyTorch's; a first layer (one channel) needs no gradient by its input."""
    x, w, b = arrays
    inner = x.shape[1] > 1
    dy = conv2d(x, w, b, padding=padding)
    calls = {"ours": lambda: conv2d_backward(x, w, dy, padding=padding, input_gradient=inner)}
    for name, layout in LAYOUTS.items():
        tensors = [torch.tensor(array).contiguous(memory_format=layout) for array in (dy, x, w)]
        rest = ([len(b)], [1, 1], [padding, padding], [1, 1], False, [0, 0], 1, [inner, True, True])
        calls[name] = lambda tensors=tensors, rest=rest: torch.ops.aten.convolution_backward(*tensors, *rest)
    return calls


def report(label: str, calls, operations: float, threads: int, aim: float) -> None:
    """Measure one case and print its row, in GFLOP/s."""
    torch.set_num_threads(threads)
    with limited_to(threads), torch.no_grad():
        taken = interleaved(calls)
    rates = [operations / seconds / 1e9 for seconds in taken.values()]
    ratio = rates[0] / max(rates[1:])
    reached = "" if ratio >= aim else "  not reached"
    cells = "".join(f"{rate:9.1f}" for rate in rates)
    print(f"{label:38}{threads:8}{cells}{ratio:8.2f}{aim:7.2f}{reached}")


def main() -> None:
    """Print the table."""
    rng = np.random.default_rng(0)
    print(f"GFLOP/s in float32, beside PyTorch {torch.__version__}; ratio to PyTorch's better layout")
    for threads in thread_counts():
        print(f"\npeak of {threads} threads, by multiply-adds alone: {peak(threads) / 1e9:.0f}\n{COLUMNS}")
        for images, channels, side, maps, size, padding, aim, aim_back in CASES:
            shapes = (images, channels, side, side), (maps, channels, size, size), (maps,)
            arrays = [rng.normal(size=shape).astype(np.float32) for shape in shapes]
            operations = 2 * conv2d(*arrays, padding=padding).size * channels * size**2
            label = f"({images},{channels},{side},{side}) to {maps} of {size}x{size}, pad {padding}"
            report(label, forward(arrays, padding), operations, threads, aim)
            passes = 2 if channels > 1 else 1
            report("    backward", backward(arrays, padding), passes * operations, threads, aim_back)


if __name__ == "__main__":
    main()
