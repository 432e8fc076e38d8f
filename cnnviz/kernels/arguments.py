"""What public kernels accept: arrays of float32 or float64, refused by name otherwise.

A kernel calls `floats` for each array, `alike` for those that must share a type, and hands only what
`ready` returns to a compiled loop.
"""

import numpy as np

FLOATS = (np.dtype(np.float32), np.dtype(np.float64))


def floats(name: str, array, axes: str) -> np.ndarray:
    """Return ``array`` as an ndarray with the named axes.

    Parameters
    ----------
    name : str
        The argument, for the message.
    array : array_like
        Any memory layout.
    axes : str
        As in "N, C, H, W".

    Raises
    ------
    ValueError
        If it is not of float32 or float64, has other axes, or one of them is empty.
    """
    array = np.asarray(array)
    if array.dtype not in FLOATS:
        raise ValueError(f"{name} must be float32 or float64, got {array.dtype}")
    if array.ndim != axes.count(",") + 1:
        raise ValueError(f"{name} must have the axes ({axes}), got shape {array.shape}")
    if array.size == 0:
        raise ValueError(f"{name} must not be empty, got shape {array.shape}")
    return array


def alike(name: str, array: np.ndarray, other_name: str, other: np.ndarray) -> None:
    """Refuse to mix float32 and float64."""
    if array.dtype != other.dtype:
        raise ValueError(f"{name} must be {other.dtype} like {other_name}, got {array.dtype}")


def shaped(name: str, array: np.ndarray, shape: tuple[int, ...]) -> None:
    """Refuse an array of another shape."""
    if array.shape != shape:
        raise ValueError(f"{name} must have shape {shape}, got {array.shape}")


def ready(array: np.ndarray) -> np.ndarray:
    """Return ``array`` as compiled loops want it; copied only if it is strided, misaligned or read-only."""
    return array if array.flags.carray else np.require(array, requirements=["C", "A", "W"])
