"""Filtered photographs as pictures: signed values in the theme's colours, and what 8 bits make of them.

Everything here first turns numbers into 8-bit shades at full size and only then makes the picture small,
so that millions of pixels stay quick. To show values in a new way, add a function that returns a
`PIL.Image`.
"""

import io
from base64 import b64encode
from dataclasses import dataclass

import numpy as np
from PIL import Image

from cnnviz.figures.theme import Theme, shades
from cnnviz.kernels.threads import share_out

_BAND = 64  # rows at a time
_SAMPLE = 120_000  # pixels that a quantile or a histogram is read from
_EXACT_PIXELS = 110_000  # pictures up to here are sent without loss


@dataclass(frozen=True)
class Histogram:
    """How often values, or a sample of them, occur: ``counts`` in equal bins from ``low`` to ``high``."""

    low: float
    high: float
    counts: tuple[int, ...]
    sampled: bool


@dataclass(frozen=True)
class Clamping:
    """Which share of the values 8 bits cannot hold, and the smallest and largest of all."""

    below: float
    above: float
    smallest: float
    largest: float


def to_bytes(values: np.ndarray, scale: float = 1.0, offset: float = 0.0, least: int = 0) -> np.ndarray:
    """Return ``scale * values + offset``, rounded and clamped to ``least``..255, as uint8."""
    if values.dtype == np.uint8 and scale == 1 and offset == 0:
        return values
    shade = np.empty(values.shape, dtype=np.uint8)

    def turn(band: int) -> None:
        rows = slice(band * _BAND, (band + 1) * _BAND)
        part = values[rows] * np.float32(scale)
        part += np.float32(offset)
        np.rint(part, out=part)
        np.clip(part, least, 255, out=part)
        shade[rows] = part

    share_out(turn, -(-len(values) // _BAND))
    return shade


def sample(values: np.ndarray) -> np.ndarray:
    """Pick every n-th pixel of every n-th row: enough for a histogram, or all if there are fewer."""
    step = max(1, round((values.shape[0] * values.shape[1] / _SAMPLE) ** 0.5))
    return values[::step, ::step]


def signed_limit(values: np.ndarray) -> float:
    """Choose where the scale ends: a round number that 99.5 percent of the sizes stay below."""
    picked = np.abs(sample(values))
    high = float(np.quantile(picked, 0.995)) or float(np.abs(values).max())
    if not high:
        return 1.0
    power = 10.0 ** np.floor(np.log10(high))
    return float(
        next(step * power for step in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if step * power >= high * 0.999)
    )


def signed_shades(values: np.ndarray, limit: float) -> np.ndarray:
    """Turn values from ``-limit`` to ``limit`` into shades from 1 to 255; zero is 128."""
    return to_bytes(values, 127 / limit, 128, least=1)


def signed_picture(shade: np.ndarray, theme: Theme) -> Image.Image:
    """Colour the shades of `signed_shades`; three channels keep their colours, with zero as middle grey."""
    image = Image.fromarray(shade)
    if shade.ndim == 2:
        stops = shades(np.linspace(-1, 1, 255), 1.0, theme)
        image.putpalette(np.vstack([stops[:1], stops]).tobytes())
    return image


def one_sided_picture(shade: np.ndarray, theme: Theme) -> Image.Image:
    """Colour shades of one plane of values that cannot be negative: 0 is zero, 255 the limit."""
    image = Image.fromarray(shade)
    image.putpalette(shades(np.linspace(0, 1, 256), 1.0, theme, signed=False).tobytes())
    return image


def small(shade: np.ndarray, most: int) -> np.ndarray:
    """Average squares of 8-bit pixels so that no side is longer than ``most``."""
    factor = -(-max(shade.shape[:2]) // most)
    if factor <= 1:
        return shade
    height, width = (-(-length // factor) for length in shade.shape[:2])
    reduced = np.empty((height, width, *shade.shape[2:]), dtype=np.uint8)

    def reduce(band: int) -> None:
        first = band * _BAND
        rows = slice(first * factor, (first + _BAND) * factor)
        reduced[first : first + _BAND] = Image.fromarray(shade[rows]).reduce(factor)

    share_out(reduce, -(-height // _BAND))
    return reduced


def clamping(values: np.ndarray) -> Clamping:
    """Count what saving in 8 bits loses."""
    bands = -(-len(values) // _BAND)
    counts, ends = np.zeros((bands, 2), dtype=int), np.zeros((bands, 2))

    def count(band: int) -> None:
        part = values[band * _BAND : (band + 1) * _BAND]
        ends[band] = part.min(), part.max()
        if ends[band, 0] < -0.5 or ends[band, 1] > 255.5:
            counts[band] = np.count_nonzero(part < -0.5), np.count_nonzero(part > 255.5)

    share_out(count, bands)
    below, above = counts.sum(axis=0) / values.size
    return Clamping(float(below), float(above), float(ends[:, 0].min()), float(ends[:, 1].max()))


def histogram(values: np.ndarray, low: float, high: float, bins: int = 64) -> Histogram:
    """Count a sample of the values in equal bins; values outside count in the first or last bin."""
    picked = sample(values)
    places = (picked.ravel() - np.float32(low)) * np.float32(bins / (high - low))
    counts = np.bincount(places.clip(0, bins - 1).astype(np.intp), minlength=bins)
    return Histogram(low, high, tuple(counts.tolist()), picked.size < values.size)


def data_url(image: Image.Image) -> str:
    """Encode a picture for the browser: exact if it is small, else as a JPEG in which no eye sees a loss."""
    file = io.BytesIO()
    if image.width * image.height <= _EXACT_PIXELS:
        image.save(file, "PNG", compress_level=1)
        return "data:image/png;base64," + b64encode(file.getvalue()).decode()
    image.convert("L" if image.mode == "L" else "RGB").save(file, "JPEG", quality=92, subsampling=0)
    return "data:image/jpeg;base64," + b64encode(file.getvalue()).decode()


def png(values: np.ndarray) -> bytes:
    """Encode values as an 8-bit PNG to keep."""
    file = io.BytesIO()
    Image.fromarray(to_bytes(values)).save(file, "PNG", compress_level=3)
    return file.getvalue()


def clamping_sentence(clamping: Clamping) -> str:
    """Say what saving in 8 bits loses."""
    ends = f"from {clamping.smallest:.4g} to {clamping.largest:.4g}".replace("-", "−")
    lost = [
        f"{_percent(share)} {where}"
        for share, where in ((clamping.below, "below 0 become 0"), (clamping.above, "above 255 become 255"))
        if share
    ]
    kept = (
        f"In 8 bits {' and '.join(lost)}." if lost else "8 bits hold all of them; only fractions are rounded."
    )
    return f"Values go {ends}. {kept}"


def _percent(share: float) -> str:
    """Write a share so that a small one does not look like none."""
    return f"{100 * share:.1f} %" if share >= 0.001 else "less than 0.1 %"
