"""One-dimensional convolution as set up on its page, and the worked examples of the lectures.

A `SeriesSetup` is two things: a few numbers to slide over stop by stop, which is a `Setup` of one row, and a
`Smoothing` of a signal of a thousand samples. To add an example, add a record to `SCENES`.
"""

from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from cnnviz.presets.matrices import LARGEST_INPUT, LARGEST_KERNEL, Setup
from cnnviz.presets.matrix_text import Rows, read_matrix
from cnnviz.presets.scene import Scene
from cnnviz.presets.signals import KERNELS, LARGEST_SEED, SAMPLES, SIGNALS, WIDEST
from cnnviz.presets.sliding import Slide
from cnnviz.window import Window, whole

LONGEST_SERIES = LARGEST_INPUT
LONGEST_KERNEL = LARGEST_KERNEL
ENDS = {
    "valid": "the window stays inside the signal",
    "same": "zeros at both ends, for one output a sample",
    "full": "zeros at both ends, for every overlap, as np.convolve does unless told otherwise",
}


@dataclass(frozen=True)
class Smoothing:
    """A long signal and the kernel that slides over it.

    Parameters
    ----------
    signal, kernel : str
        Keys of `SIGNALS` and `KERNELS`.
    width : int
        Samples in the window, unless the weights are typed.
    typed : tuple of float
        The weights of the kernel "custom".
    padding : str
        A key of `ENDS`.
    seed : int
        Of the noise.
    place : int
        The sample that the window which is drawn is centred on, where it can be.

    Raises
    ------
    ValueError
        With the name of the setting, what it must be and what it was.
    """

    signal: str = "trend"
    kernel: str = "mean"
    width: int = 40
    typed: tuple[float, ...] = (0.25, 0.5, 0.25)
    padding: str = "valid"
    seed: int = 0
    place: int = 300

    def __post_init__(self) -> None:
        """Refuse what the page does not offer."""
        for name, value, table in (
            ("signal", self.signal, SIGNALS),
            ("weights", self.kernel, KERNELS),
            ("ends", self.padding, ENDS),
        ):
            if value not in table:
                raise ValueError(f"{name} must be one of {', '.join(table)}, got {value!r}")
        for name, number, least, most in (
            ("width", self.width, KERNELS[self.kernel].least, WIDEST),
            ("typed weights", len(self.typed), 1, WIDEST),
            ("seed", self.seed, 0, LARGEST_SEED),
            ("place", self.place, 0, SAMPLES - 1),
        ):
            if not least <= whole(name, number, 0) <= most:
                raise ValueError(f"{name} must be from {least} to {most}, got {number}")

    @property
    def weights(self) -> np.ndarray:
        """The kernel, as it lies on the signal."""
        weigh = KERNELS[self.kernel].weigh
        return weigh(self.width) if weigh else np.array(self.typed)

    @property
    def window(self) -> Window:
        """How the kernel slides over the signal."""
        window = Window(len(self.weights))
        return {"valid": window, "same": window.same(SAMPLES), "full": window.full()}[self.padding]


@dataclass(frozen=True)
class SeriesSetup:
    """Everything the page shows: a convolution of one row, and a signal that is smoothed.

    Parameters
    ----------
    line : Setup
        Series and kernel, one row each, and how the kernel moves.
    smoothing : Smoothing
        The long signal.

    Raises
    ------
    ValueError
        If series or kernel have more than one row.
    """

    line: Setup
    smoothing: Smoothing = Smoothing()

    def __post_init__(self) -> None:
        """Refuse matrices."""
        for name, shape in (("input", self.line.input_shape), ("kernel", self.line.kernel_shape)):
            if shape[0] != 1:
                raise ValueError(f"{name} must have one row, got {shape[0]}")


def read_series(text: str, most: int) -> Rows:
    """Read numbers in one row, or in one column as a spreadsheet gives them.

    Raises
    ------
    ValueError
        In one sentence, if they cannot be read or are more than ``most``.
    """
    rows = read_matrix(text, WIDEST, WIDEST)
    if len(rows[0]) == 1:
        rows = (tuple(number for (number,) in rows),)
    if len(rows) > 1:
        raise ValueError(f"series must be one row or one column, got {len(rows)} rows")
    if len(rows[0]) > most:
        raise ValueError(f"series must have at most {most} numbers, got {len(rows[0])}")
    return rows


def _scene(
    title,
    source,
    notice,
    output,
    *,
    series="1 0 2 3 5 1 2 3",
    kernel="-1 2 1",
    erratum="",
    more=MappingProxyType({}),
    **settings,
) -> Scene:
    """Make a record from series written as text; the kernel moves along the one axis."""
    smoothing = settings.pop("smoothing", Smoothing())
    stride, sides = settings.pop("stride", 1), settings.pop("sides", (0, 0))
    padding = settings.pop("padding", "custom" if any(sides) else "valid")
    slide = Slide((1, stride), padding, ((0, 0), sides), rounding=settings.pop("rounding", "floor"))
    line = Setup(read_matrix(series), read_matrix(kernel), slide, **settings)
    expected = {"output": read_matrix(output)} | more
    setup = SeriesSetup(line, smoothing)
    return Scene("convolution_1d", title, "1-D convolution", source, notice, setup, expected, erratum)


_DECK = "Lecture deck 004, 1-D convolution"
SCENES = {
    "series_valid": _scene(
        "Lecture, 8 values, 3 weights",
        _DECK,
        "The window of three has six places along eight values, so six dot products come out.",
        "1 7 9 8 -1 6",
    ),
    "series_flipped": _scene(
        "The same, kernel turned round",
        f"{_DECK}; the deck slides the kernel as written, mathematics turns it round first",
        "Convolution proper reads the kernel backwards, 1 2 −1; networks learn it and need not turn it.",
        "-1 1 3 12 5 2",
        flip=True,
    ),
    "series_padded": _scene(
        "Lecture, zero padding 1",
        f"{_DECK} with zero padding",
        "One zero on each side gives every value its turn in the middle: eight outputs from eight values.",
        "2 1 7 9 8 -1 6 4",
        sides=(1, 1),
        erratum="Two slides draw the kernel at the same column for (5, 1, 2) and (1, 2, 3); it should move "
        "on by one, and the dot products −1 and 6 beside it are right.",
    ),
    "series_stride": _scene(
        "Lecture, stride 2, 7 values",
        f"{_DECK} with stride 2",
        "Every second stop of the padded run is left: (7 + 2·1 − 3) / 2 + 1 = 4, and nothing is left over.",
        "2 7 8 3",
        series="1 0 2 3 5 1 2",
        sides=(1, 1),
        stride=2,
    ),
    "series_stride_floor": _scene(
        "Stride 2, all 8 values",
        f"{_DECK} with stride 2: “must be an integer”",
        "The formula gives 4.5. Frameworks round down: four outputs, and the last zero is never read.",
        "2 7 8 6",
        sides=(1, 1),
        stride=2,
        rounding="whole",
        more={"text": ("(8 + 2·1 − 3) / 2 + 1 = 4.5",)},
        erratum="The deck drops the last value, 3, without a word and prints 2 7 8 3; with all eight values "
        "the output is 2 7 8 6.",
    ),
    "series_size": _scene(
        "The size formula",
        "Lecture deck 004, output size (W + 2P − K) / S + 1; the padding is ours",
        "W = 8 values, P = 2 zeros on each side, K = 3 weights, stride S = 1: (8 + 2·2 − 3) / 1 + 1 = 10.",
        "1 2 1 7 9 8 -1 6 4 -3",
        padding="full",
        more={"text": ("The stride divides: (8 + 2·2 − 3) / 1 + 1 = 10",)},
    ),
    "series_moving_average": _scene(
        "Moving average of 1,000 points",
        "Lecture deck 004, moving average in NumPy",
        "Three weights of one third average three values at a time. Below, ten weights of 0.1 do the same to "
        "1,000 points and leave 1,000 − 10 + 1 = 991.",
        "1 5/3 10/3 3 8/3 2",
        kernel="1/3 1/3 1/3",
        smoothing=Smoothing(width=10),
        more={"text": ("991 outputs from 1,000 samples",)},
    ),
}
FIRST = "series_valid"
