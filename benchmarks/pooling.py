"""Pooling beside PyTorch: ``python -m benchmarks.pooling``. The ratio is to PyTorch's better layout."""

import numpy as np
import torch

from benchmarks.measure import interleaved, thread_counts
from cnnviz.kernels.pooling import pool2d
from cnnviz.kernels.threads import limited_to

CASES = [  # images, channels, side, window, stride
    (64, 8, 28, 2, 2),
    (64, 16, 14, 2, 2),
    (64, 8, 28, 3, 2),
    (1, 3, 1024, 2, 2),
]
PEERS = {"max": torch.nn.functional.max_pool2d, "mean": torch.nn.functional.avg_pool2d}
LAYOUTS = {"NCHW": torch.contiguous_format, "channels last": torch.channels_last}
COLUMNS = f"{'case':34}{'threads':>8}{'ours':>9}{'NCHW':>9}{'ch. last':>9}{'ratio':>8}"


def compare(kind: str, case, threads: int) -> None:
    """Measure one case and print its row, in microseconds."""
    images, channels, side, window, stride = case
    x = np.random.default_rng(0).standard_normal((images, channels, side, side)).astype(np.float32)
    calls = {"ours": lambda: pool2d(x, kind, window, stride=stride)}
    for name, layout in LAYOUTS.items():
        tensor = torch.tensor(x).contiguous(memory_format=layout)
        calls[name] = lambda tensor=tensor: PEERS[kind](tensor, window, stride)
    assert np.allclose(calls["ours"](), calls["NCHW"]().numpy(), atol=1e-6)
    torch.set_num_threads(threads)
    with limited_to(threads), torch.no_grad():
        taken = list(interleaved(calls, seconds=0.5).values())
    label = f"{kind} {window}x{window}, stride {stride}, {x.shape}"
    cells = "".join(f"{seconds * 1e6:9.0f}" for seconds in taken)
    print(f"{label:34}{threads:8}{cells}{min(taken[1:]) / taken[0]:8.2f}", flush=True)


def main() -> None:
    """Print the table: a ratio above 1 means ours is faster."""
    print(COLUMNS)
    for threads in thread_counts():
        for kind in PEERS:
            for case in CASES:
                compare(kind, case, threads)


if __name__ == "__main__":
    main()
