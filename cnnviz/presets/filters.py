"""The classic image filters, one record each, with the settings that shape their kernels.

A kernel is written as it slides (cross-correlation); "box" is a square of ones, δ a single one in the
centre. To add a filter, add a record to `_ROWS`: menu, settings, formula, sum and separability follow.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cnnviz.presets.settings import Choice, Range


@dataclass(frozen=True)
class Filter:
    """A named kernel: how it is built, what it is for, and where it comes from."""

    name: str
    build: Callable[..., np.ndarray]
    formula: str
    latex: str
    remark: str
    source: str
    settings: tuple[Range | Choice, ...] = ()

    def kernel(self, **chosen) -> np.ndarray:
        """Return the weights as float64 of shape (K, L); settings not named keep their defaults.

        Raises
        ------
        ValueError
            If a setting is unknown or out of its range.
        """
        unknown = set(chosen) - {setting.name for setting in self.settings}
        if unknown:
            raise ValueError(f"settings must be those of {self.name}, got {', '.join(sorted(unknown))}")
        values = {setting.name: chosen.get(setting.name, setting.default) for setting in self.settings}
        for setting in self.settings:
            setting.check(values[setting.name])
        return np.array(self.build(**values), dtype=np.float64)


def _offsets(radius: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns counted from the centre."""
    rows, columns = np.mgrid[-radius : radius + 1, -radius : radius + 1]
    return rows, columns


def _shift(direction: str, distance: float) -> np.ndarray:
    """One weight, on the side the picture comes from: the kernel reads there and writes at its centre."""
    reach = int(distance)
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1))
    row, column = {"right": (0, -1), "left": (0, 1), "down": (-1, 0), "up": (1, 0)}[direction]
    kernel[reach + row * reach, reach + column * reach] = 1
    return kernel


def _box(size: float) -> np.ndarray:
    return np.full((int(size), int(size)), 1 / size**2)


def _gaussian(sigma: float) -> np.ndarray:
    rows, columns = _offsets(int(np.ceil(3 * sigma)))
    bell = np.exp(-(rows**2 + columns**2) / (2 * sigma**2))
    return bell / bell.sum()


def _sharpen() -> np.ndarray:
    return 2 * IDENTITY - _box(3)


def _motion(length: float) -> np.ndarray:
    return np.full((1, int(length)), 1 / length)


def _gabor(wavelength: float, angle: float) -> np.ndarray:
    """Put a wave under a bell one octave wide, without its mean; positive weights add up to 1."""
    sigma = 0.56 * wavelength
    rows, columns = _offsets(int(np.ceil(2 * sigma)))
    along = columns * np.cos(np.deg2rad(angle)) + rows * np.sin(np.deg2rad(angle))
    bell = np.exp(-(rows**2 + columns**2) / (2 * sigma**2))
    wave = bell * np.cos(2 * np.pi * along / wavelength)
    wave -= bell * (wave.sum() / bell.sum())
    return wave / wave[wave > 0].sum()


def _written(text: str) -> Callable[[], np.ndarray]:
    """Build a kernel that is a matrix of whole numbers."""
    return lambda: np.array([row.split() for row in text.split(";")], dtype=np.float64)


IDENTITY = _written("0 0 0; 0 1 0; 0 0 0")()
_SOBEL = "Sobel and Feldman, 1968"
_SZELISKI = "Szeliski (2022), Computer Vision, section 3.2"
_GONZALEZ = "Gonzalez and Woods (2018), Digital Image Processing, chapter 3"
_SIZE = Range("size", "Size", 3, 21, 5, 2, "Rows and columns of the kernel")
_SIGMA = Range("sigma", "Sigma", 0.5, 3.3, 1.5, 0.1, "Width of the bell in pixels; it is cut off at 3 sigma")
_LENGTH = Range("length", "Length", 3, 21, 9, 2, "How many pixels the camera moved")
_DISTANCE = Range("distance", "Pixels", 1, 10, 5, 1, "How far the picture moves")
_WAVE = Range("wavelength", "Wavelength", 3.0, 8.0, 5.0, 0.5, "Pixels from one bright stripe to the next")
_ANGLE = Range(
    "angle", "Angle", 0, 165, 45, 15, "Across the stripes, in degrees from the horizontal, clockwise"
)
_DIRECTION = Choice(
    "direction",
    "Moves",
    ("right", "left", "down", "up"),
    "right",
    "Where the picture goes when the kernel slides as written (cross-correlation)",
)
_ROWS = (
    Filter(
        "Identity",
        lambda: IDENTITY,
        "δ",
        r"y = x",
        "One weight of 1 in the centre: every pixel stays what it was.",
        _SZELISKI,
    ),
    Filter(
        "Shift",
        _shift,
        "y[i, j] = x[i, j − d]",
        r"y_{i,j} = x_{i,\,j-d}",
        "Cross-correlation reads the pixel under the weight, so a weight left of the centre moves the "
        "picture right. True convolution turns the kernel first, so the same weight moves it left: a lecture "
        "slide that calls 0 0 0; 1 0 0; 0 0 0 a shift to the left is right for true convolution only.",
        _SZELISKI,
        (_DIRECTION, _DISTANCE),
    ),
    Filter(
        "Box blur",
        _box,
        "w = 1 / k²",
        r"w_{uv} = \frac{1}{k^2}",
        "The mean of a square of pixels.",
        _SZELISKI,
        (_SIZE,),
    ),
    Filter(
        "Gaussian blur",
        _gaussian,
        "w ∝ exp(−(u² + v²) / 2σ²)",
        r"w_{uv} \propto e^{-(u^2 + v^2) / 2\sigma^2}",
        "A mean in which near pixels count more, the same in every direction.",
        _SZELISKI,
        (_SIGMA,),
    ),
    Filter(
        "Sharpen",
        _sharpen,
        "2δ − box / 9",
        r"w = 2\delta - \tfrac{1}{9}\mathbf{1}_{3 \times 3}",
        "Twice the picture minus its blur: the centre is 17/9, all others −1/9.",
        _SZELISKI,
    ),
    Filter(
        "Sobel x",
        _written("-1 0 1; -2 0 2; -1 0 1"),
        "[1 2 1]ᵀ [−1 0 1]",
        r"w = \begin{pmatrix}1\\2\\1\end{pmatrix}\begin{pmatrix}-1&0&1\end{pmatrix}",
        "Positive where it gets brighter to the right: vertical edges.",
        _SOBEL,
    ),
    Filter(
        "Sobel y",
        _written("-1 -2 -1; 0 0 0; 1 2 1"),
        "[−1 0 1]ᵀ [1 2 1]",
        r"w = \begin{pmatrix}-1\\0\\1\end{pmatrix}\begin{pmatrix}1&2&1\end{pmatrix}",
        "Positive where it gets brighter downwards: horizontal edges.",
        _SOBEL,
    ),
    Filter(
        "Prewitt x",
        _written("-1 0 1; -1 0 1; -1 0 1"),
        "[1 1 1]ᵀ [−1 0 1]",
        r"w = \begin{pmatrix}1\\1\\1\end{pmatrix}\begin{pmatrix}-1&0&1\end{pmatrix}",
        "As Sobel x, with a plain mean across the edge.",
        "Prewitt (1970), Object Enhancement and Extraction",
    ),
    Filter(
        "Prewitt y",
        _written("-1 -1 -1; 0 0 0; 1 1 1"),
        "[−1 0 1]ᵀ [1 1 1]",
        r"w = \begin{pmatrix}-1\\0\\1\end{pmatrix}\begin{pmatrix}1&1&1\end{pmatrix}",
        "As Sobel y, with a plain mean across the edge.",
        "Prewitt (1970), Object Enhancement and Extraction",
    ),
    Filter(
        "Scharr x",
        _written("-3 0 3; -10 0 10; -3 0 3"),
        "[3 10 3]ᵀ [−1 0 1]",
        r"w = \begin{pmatrix}3\\10\\3\end{pmatrix}\begin{pmatrix}-1&0&1\end{pmatrix}",
        "As Sobel x, with weights chosen to answer alike to edges at every angle.",
        "Scharr (2000), dissertation, Heidelberg",
    ),
    Filter(
        "Scharr y",
        _written("-3 -10 -3; 0 0 0; 3 10 3"),
        "[−1 0 1]ᵀ [3 10 3]",
        r"w = \begin{pmatrix}-1\\0\\1\end{pmatrix}\begin{pmatrix}3&10&3\end{pmatrix}",
        "As Sobel y, with weights chosen to answer alike to edges at every angle.",
        "Scharr (2000), dissertation, Heidelberg",
    ),
    Filter(
        "Laplacian",
        _written("0 1 0; 1 -4 1; 0 1 0"),
        "∂²x/∂u² + ∂²x/∂v²",
        r"\frac{\partial^2 x}{\partial u^2} + \frac{\partial^2 x}{\partial v^2}",
        "The four neighbours minus four times the centre: curvature, with no direction of its own.",
        _GONZALEZ,
    ),
    Filter(
        "Laplacian, 8 neighbours",
        _written("1 1 1; 1 -8 1; 1 1 1"),
        "box − 9δ",
        r"w = \mathbf{1}_{3 \times 3} - 9\delta",
        "All eight neighbours minus eight times the centre.",
        _GONZALEZ,
    ),
    Filter(
        "Emboss",
        _written("-2 -1 0; -1 1 1; 0 1 2"),
        "δ + slope towards bottom right",
        r"w_{uv} = \delta_{uv} + u + v",
        "The picture plus its slope towards the bottom right: edges get a light and a dark side.",
        _GONZALEZ,
    ),
    Filter(
        "Outline",
        _written("-1 -1 -1; -1 8 -1; -1 -1 -1"),
        "9δ − box",
        r"w = 9\delta - \mathbf{1}_{3 \times 3}",
        "The Laplacian of 8 neighbours with its sign turned round: positive on bright lines and dots.",
        _GONZALEZ,
    ),
    Filter(
        "Motion blur",
        _motion,
        "w = 1 / k along a line",
        r"w_{v} = \frac{1}{k}",
        "The mean along one row of pixels, as when the camera moves sideways.",
        _SZELISKI,
        (_LENGTH,),
    ),
    Filter(
        "Gabor",
        _gabor,
        "exp(−(u² + v²) / 2σ²) · cos(2π t / λ) − mean",
        r"w_{uv} \propto e^{-(u^2 + v^2)/2\sigma^2}\left(\cos\tfrac{2\pi t}{\lambda} - c\right),\;"
        r" t = v\cos\theta + u\sin\theta,\; \sigma = 0.56\lambda",
        "A wave under a bell: answers to lines of one width at one angle, as cells of the visual cortex do.",
        "Daugman (1985), J. Opt. Soc. Am. A 2, 1160",
        (_WAVE, _ANGLE),
    ),
)
FILTERS = {record.name: record for record in _ROWS}
