"""What SciPy correlates, by `scipy.ndimage`: `scipy.signal` takes longer to load than its tests to run."""

import numpy as np
from scipy import ndimage


def correlate(x: np.ndarray, w: np.ndarray, mode: str) -> np.ndarray:
    """Correlate along all axes, in float64, where the kernel is inside ("valid") or touches x ("full")."""
    reach = np.array(w.shape) - 1
    sums = ndimage.correlate(np.pad(np.float64(x), [(cells, cells) for cells in reach]), w, mode="constant")
    whole = sums[tuple(map(slice, (reach + 1) // 2, sums.shape - reach // 2))]
    return whole if mode == "full" else whole[tuple(map(slice, reach, x.shape))]
