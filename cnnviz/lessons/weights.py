"""What a kernel's weights tell before it slides: their sum, whether they find edges, whether they factor.

To tell another fact, add a function of the matrix of weights.
"""

import numpy as np


def weight_sum(kernel: np.ndarray) -> float:
    """Add up all weights; rounded so that ninths and tenths add up to what they mean."""
    return round(float(np.sum(kernel)), 9) + 0.0


def finds_edges(kernel: np.ndarray) -> bool:
    """Tell whether positive and negative weights (nearly) cancel, so that flat areas come out as zero."""
    size = np.abs(kernel).sum()
    return bool(size) and abs(np.sum(kernel)) < 0.1 * size


def sum_remark(kernel: np.ndarray) -> str:
    """Say in one sentence what the sum of the weights means for brightness."""
    total = weight_sum(kernel)
    if not np.any(kernel):
        return "All weights are 0: nothing is left."
    if total == 0:
        return "Sum 0: flat areas become 0, so it finds edges."
    if total == 1:
        return "Sum 1: keeps brightness."
    return f"Sum {total:.4g}: flat areas are multiplied by {total:.4g}.".replace("-", "−")


def factors(kernel: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """Split a kernel into the column and the row whose outer product it is; None unless its rank is 1."""
    left, sizes, right = np.linalg.svd(kernel, full_matrices=False)
    if sizes[0] == 0 or (sizes > 1e-9 * sizes[0]).sum() != 1:
        return None
    column, row = left[:, 0] * np.sqrt(sizes[0]), right[0] * np.sqrt(sizes[0])
    sign = np.sign(column[np.abs(column).argmax()])
    return column * sign, row * sign


def work_remark(kernel: np.ndarray) -> str:
    """Say in one sentence whether the kernel is separable, and what that saves."""
    rows, columns = kernel.shape
    if min(rows, columns) == 1:
        return f"One line of {rows * columns} weights."
    if factors(kernel) is None:
        return f"Not separable: {rows * columns} products a pixel."
    work = f"{rows} + {columns} products a pixel would do in place of {rows * columns}"
    return f"Separable, a column times a row: {work}."
