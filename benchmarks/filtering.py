"""Filtering a photo beside OpenCV and SciPy: ``python -m benchmarks.filtering``.

A 12-megapixel RGB photo of floats under dense random kernels, which nothing can split into rows and columns.
Both write into an array that is there already, both continue the image by zeros. The last column has both
make a new array for every call, as a page does; most of what that adds is the system handing out memory.
"""

import time

import cv2
import numpy as np
from scipy import ndimage

from benchmarks.measure import interleaved, peak, thread_counts
from cnnviz.kernels.filtering import filter_image
from cnnviz.kernels.threads import limited_to

SHAPE, SIZES, AIM = (3000, 4000, 3), (3, 5, 7, 11), 1.5
COLUMNS = f"{'kernel':>8}{'threads':>8}{'ours':>9}{'OpenCV':>9}{'GFLOP/s':>9}{'ratio':>7}{'new array':>11}"


def opencv(image, kernel, out=None):
    """Filter as `filter_image` does: correlation, zeros outside."""
    return cv2.filter2D(image, -1, kernel, dst=out, borderType=cv2.BORDER_CONSTANT)


def compare(image, size: int, threads: int) -> None:
    """Measure one kernel size and print its row, in milliseconds."""
    kernel = np.random.default_rng(size).standard_normal((size, size)).astype(np.float32)
    ours, theirs = filter_image(image, kernel), opencv(image, kernel)
    assert np.abs(ours - theirs).max() < 1e-5 * np.abs(kernel).sum()
    calls = {
        "ours": lambda: filter_image(image, kernel, out=ours),
        "OpenCV": lambda: opencv(image, kernel, theirs),
        "ours, new array": lambda: filter_image(image, kernel),
        "OpenCV, new array": lambda: opencv(image, kernel),
    }
    cv2.setNumThreads(threads)
    with limited_to(threads):
        taken = interleaved(calls, seconds=2.5)
    ratio = taken["OpenCV"] / taken["ours"]
    rate = 2 * kernel.size * image.size / taken["ours"] / 1e9
    fresh = taken["OpenCV, new array"] / taken["ours, new array"]
    reached = "" if ratio >= AIM else "  not reached"
    cells = f"{taken['ours'] * 1e3:9.1f}{taken['OpenCV'] * 1e3:9.1f}{rate:9.1f}{ratio:7.2f}{fresh:11.2f}"
    print(f"{f'{size}x{size}':>8}{threads:8}{cells}{reached}", flush=True)


def beside_scipy(image) -> None:
    """Compare once with SciPy, which is slow, on a part of one channel."""
    part, kernel = np.ascontiguousarray(image[:1000, :1000, 0]), np.ones((7, 7), np.float32)
    with limited_to(1):
        taken = interleaved(
            {
                "ours": lambda: filter_image(part, kernel),
                "SciPy": lambda: ndimage.correlate(part, kernel, mode="constant"),
            }
        )
    print(
        f"SciPy, 7x7, one channel of 1 megapixel, one thread: {taken['SciPy'] / taken['ours']:.0f} times ours"
    )


def main() -> None:
    """Print the table: a ratio above 1 means ours is faster."""
    image = np.random.default_rng(0).random(SHAPE, dtype=np.float32)
    start = time.perf_counter()
    filter_image(image[:8, :8], np.ones((3, 3)))
    print(f"first call, with compilation or from the cache: {time.perf_counter() - start:.2f} s")
    print(f"{'x'.join(map(str, SHAPE))} float32, milliseconds; the aim is a ratio of {AIM}")
    print(f"peak of one thread: {peak(1) / 1e9:.0f} GFLOP/s")
    print(COLUMNS)
    for threads in thread_counts():
        for size in SIZES:
            compare(image, size, threads)
    beside_scipy(image)


if __name__ == "__main__":
    main()
