"""Slide one kernel over a picture of any size: `filter_image`, and what lies under the kernel: `patch`.

The picture is worked on in bands of rows, which threads share, and in blocks of columns small enough for
the caches (filtering_loop.py); the innermost part keeps its sums in registers (filtering_tile.py).
"""

import math
import threading
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from cnnviz.kernels.arguments import floats
from cnnviz.kernels.borders import BORDERS, NOWHERE, Border
from cnnviz.kernels.filtering_loop import filter_band
from cnnviz.kernels.filtering_plan import block_ends, lay_out, reading_plan, tap_places
from cnnviz.kernels.filtering_tile import LINE
from cnnviz.kernels.threads import share_out
from cnnviz.window import Window, whole, window_pair

BAND = 96  # output rows that one call computes


def filter_image(
    image,
    kernel,
    *,
    stride=1,
    dilation=1,
    border="zeros",
    scale=1.0,
    offset=0.0,
    out=None,
    progress: Callable[[float], None] | None = None,
):
    r"""Slide a kernel over every channel of an image by itself.

    .. math:: y_{ijc} = \mathrm{offset} + \sum_{uv} (\mathrm{scale} \, w_{uv}) \, x_{si+du-p,\;sj+dv-q,\;c}

    Parameters
    ----------
    image : ndarray of shape (H, W) or (H, W, C)
        float32, or uint8 read as the numbers 0 to 255.
    kernel : ndarray of shape (K, L)
        float32, or float64 that is rounded to it; of any size, also larger than the image.
    stride, dilation : int or (rows, columns)
        How far the kernel moves, and how far apart the cells are that it reads.
    border : str
        A name in `BORDERS`: what the kernel reads beyond the border.
    scale, offset : float
        What every weight is multiplied by, and what every sum begins with.
    out : ndarray, optional
        Where to write: float32, contiguous, of the shape of the output, apart from the image.
    progress : callable, optional
        Called from time to time by the calling thread with the fraction done; if it raises, work stops.

    Returns
    -------
    y : ndarray of shape (ceil(H / stride), ceil(W / stride)[, C])
        float32; without stride every output cell belongs to the pixel at its place.

    Raises
    ------
    ValueError
        With the name of the argument, what it must be and what it was.

    Notes
    -----
    Cross-correlation, as in networks. A network's filter that adds up all channels into one map is this
    filter on the sum of the channels, ``filter_image(image.sum(axis=2, dtype="float32"), kernel)``. With a
    slice for every channel it is the sum of ``filter_image(image[..., c], kernel[..., c])``.
    """
    image = np.require(_picture(image), requirements=["C", "A"])
    kernel = (floats("kernel", kernel, "K, L") * np.float64(scale)).astype(np.float32)
    rows, columns = filter_windows(image.shape, kernel.shape, stride, dilation)
    cells = [
        _border(border).cells(np.arange(axis.padded(length)) - axis.padding[0], length)
        for axis, length in zip((rows, columns), image.shape[:2], strict=True)
    ]
    shape = (rows.output_size(len(image)), columns.output_size(image.shape[1]), *image.shape[2:])
    y = _output(shape, out, image)
    blocks = block_ends(image, columns)
    layout = lay_out(image, rows, columns, y, int(np.diff(blocks).max()))
    plan, taps = reading_plan(rows, columns.size), tap_places(columns, layout)
    job = (image.ctypes.data, layout, blocks, *cells, kernel, plan, taps, y.reshape(-1))
    bands = range(0, len(y), BAND)

    def compute(band: int) -> None:
        filter_band(*job, bands[band], min(bands[band] + BAND, len(y)), np.float32(offset))

    _share_out_and_tell(compute, len(bands), progress)
    return y


def filter_windows(image_shape, kernel_shape, stride=1, dilation=1) -> tuple[Window, Window]:
    """Return how the kernel slides down and to the right: its centre begins on the first pixel.

    With an even extent the centre is the cell before the middle, so the odd cell of padding goes after.
    """
    rows, columns = window_pair(tuple(kernel_shape), stride, 0, dilation)
    rows, columns = (
        replace(replace(axis, stride=1).same(length), stride=axis.stride)
        for axis, length in zip((rows, columns), image_shape, strict=False)
    )
    return rows, columns


def patch(image, kernel_shape, row, column, *, stride=1, dilation=1, border="zeros"):
    """Return the cells that the kernel reads for one cell of the output, as float32.

    Parameters
    ----------
    image, stride, dilation, border
        As given to `filter_image`.
    kernel_shape : tuple of int
        (K, L).
    row, column : int
        The cell of the output.

    Returns
    -------
    cells : ndarray of shape (K, L) or (K, L, C)
        Its products with the kernel, added up, are the output.

    Raises
    ------
    ValueError
        As `filter_image`, or if there is no such cell of the output.
    """
    image, read = _picture(image), []
    windows = filter_windows(image.shape, kernel_shape, stride, dilation)
    axes = zip(("row", "column"), windows, image.shape[:2], (row, column), strict=True)
    for name, window, length, place in axes:
        stops = window.starts(length)
        if whole(name, place, 0) >= len(stops):
            raise ValueError(f"{name} must be at most {len(stops) - 1}, got {place}")
        read.append(_border(border).cells(np.array(window.cells(stops[place])), length))
    cells = image[np.ix_(*read)].astype(np.float32)
    cells[read[0] == NOWHERE] = 0
    cells[:, read[1] == NOWHERE] = 0
    return cells


def _picture(image) -> np.ndarray:
    """Refuse what is no image of floats or bytes."""
    image = np.asarray(image)
    if image.dtype not in (np.float32, np.uint8):
        raise ValueError(f"image must be float32 or uint8, got {image.dtype}")
    if image.ndim not in (2, 3):
        raise ValueError(f"image must have the axes (H, W) or (H, W, C), got shape {image.shape}")
    if image.size == 0:
        raise ValueError(f"image must not be empty, got shape {image.shape}")
    return image


def _border(name: str) -> Border:
    """Find a border, or say which there are."""
    if name not in BORDERS:
        raise ValueError(f"border must be one of {', '.join(BORDERS)}, got {name!r}")
    return BORDERS[name]


def _output(shape: tuple[int, ...], out, image: np.ndarray) -> np.ndarray:
    """Return ``out`` if it can be written to, or a new array."""
    if out is None:
        return _aligned(shape)
    if out.dtype != np.float32 or out.shape != shape or not out.flags.c_contiguous or not out.flags.writeable:
        raise ValueError(f"out must be contiguous float32 of shape {shape}, got {out.dtype} of {out.shape}")
    if np.may_share_memory(out, image):
        raise ValueError("out must not overlap image, got an array that does")
    return out


def _aligned(shape: tuple[int, ...]) -> np.ndarray:
    """Make an array of floats that begins where a line of memory does."""
    count = math.prod(shape)
    room = np.empty(count + LINE, np.float32)
    start = -(room.ctypes.data // 4) % LINE
    return room[start : start + count].reshape(shape)


def _share_out_and_tell(compute: Callable[[int], None], parts: int, progress) -> None:
    """Compute all parts on all threads; after each of its own, the calling thread tells the progress."""
    caller, done, stopped = threading.get_ident(), [], threading.Event()

    def compute_and_tell(part: int) -> None:
        if stopped.is_set():
            return
        compute(part)
        done.append(part)
        if threading.get_ident() == caller:
            try:
                progress(len(done) / parts)
            except BaseException:
                stopped.set()
                raise

    share_out(compute_and_tell if progress else compute, parts)
    if progress:
        progress(1.0)
