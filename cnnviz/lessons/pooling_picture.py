"""What pooling keeps and loses of a picture, and how its output answers when the picture moves by a pixel.

Everything is pooled by the compiled loops. To compare another way to shrink, add a row to `WAYS`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from cnnviz.kernels.pooling import POOLINGS, pool2d
from cnnviz.lessons.explain import counted
from cnnviz.presets.pooling import Shrinking
from cnnviz.presets.pooling_pictures import sample


def pool(kind: str, picture: np.ndarray, window: int) -> np.ndarray:
    """Pool every channel of a picture (C, H, W) by itself, with the window as stride."""
    return pool2d(picture[None], kind, window)[0]


def subsample(picture: np.ndarray, window: int) -> np.ndarray:
    """Keep the first pixel of every window: a stride without pooling."""
    return pool2d(picture[None], "max", 1, stride=window)[0]


STRIDE_ONLY = "No pooling, stride only"


def _way(kind: str) -> str:
    """Name a kind of pooling as a key of `WAYS`."""
    return f"{kind.capitalize()} pooling"


WAYS: dict[str, Callable[[np.ndarray, int], np.ndarray]] = {
    **{_way(kind): partial(pool, kind) for kind in POOLINGS},
    STRIDE_ONLY: subsample,
}


@dataclass(frozen=True, eq=False)
class Answer:
    """How the output of one way to shrink differs once the picture has moved.

    Parameters
    ----------
    name : str
        A key of `WAYS`.
    before, after : ndarray of shape (C, H', W')
        Outputs of the picture in place, and moved.
    """

    name: str
    before: np.ndarray
    after: np.ndarray

    @cached_property
    def change(self) -> np.ndarray:
        """Size of the change of every output value, of shape (C, H', W')."""
        return np.abs(self.after - self.before)

    @property
    def changed(self) -> int:
        """Count the values that are not the same."""
        return int(np.count_nonzero(self.change))

    @property
    def fraction(self) -> float:
        """The fraction of values that are not the same."""
        return self.changed / self.change.size

    @property
    def mean(self) -> float:
        """The average change of a value, in shades of 255."""
        return float(self.change.mean())

    def moved_by(self, columns: int) -> bool:
        """Tell whether the output is the old one, moved to the right by so many columns."""
        return np.array_equal(self.after[:, :, columns:], self.before[:, :, :-columns])


def answers(shrinking: Shrinking) -> list[Answer]:
    """Shrink the picture in place and moved: by maximum, by mean, by the kind that is chosen, by stride only.

    Parameters
    ----------
    shrinking : Shrinking
        Which picture, what window, and how far it is moved to the right.
    """
    still, moved = sample(shrinking.picture), sample(shrinking.picture, shrinking.shift)
    names = dict.fromkeys((_way("max"), _way("mean"), _way(shrinking.kind), STRIDE_ONLY))
    return [
        Answer(name, WAYS[name](still, shrinking.window), WAYS[name](moved, shrinking.window))
        for name in names
    ]


def shape_of(picture: np.ndarray) -> str:
    """Write the shape of a picture (C, H, W) as the lectures do: ``120 × 120 × 3``."""
    channels, height, width = picture.shape
    return f"{height} × {width} × {channels}"


def pooled_caption(shrinking: Shrinking, after: np.ndarray) -> str:
    """Say what became of the picture: ``Max 4 × 4, stride 4: 30 × 30 × 3``."""
    window = shrinking.window
    return f"{shrinking.kind.capitalize()} {window} × {window}, stride {window}: {shape_of(after)}"


def answer_caption(answer: Answer) -> str:
    """Say how many output values a shift changed, and by how much."""
    count = f"{answer.changed:,} of {answer.change.size:,} values changed ({percent(answer.fraction)})"
    return f"{answer.name}: {count}, by {answer.mean:.1f} on average"


def scale_caption(limit: float) -> str:
    """Say what the maps of changes show."""
    return (
        "The small maps show how much each output value changed by the shift, averaged over the channels: "
        f"from the plain ground, 0, to the full colour, {limit:.0f} of 255."
    )


def kept(before: np.ndarray, after: np.ndarray) -> str:
    """Say how many numbers are left, and what became of the average and the range."""
    ranges = [f"{picture.min():.0f} to {picture.max():.0f}" for picture in (before, after)]
    return (
        f"{after.size:,} of {before.size:,} numbers are left. The average goes from {before.mean():.1f} to "
        f"{after.mean():.1f}, the range from {ranges[0]} to {ranges[1]}."
    )


def shift_remark(shrinking: Shrinking, compared: list[Answer]) -> str:
    """Say in a sentence or two what the shift does to the outputs."""
    shift, window = shrinking.shift, shrinking.window
    if not shift:
        return "Nothing has moved, so nothing has changed."
    columns = next((count for count in range(1, shift + 1) if count * window == shift), 0)
    if columns and all(answer.moved_by(columns) for answer in compared):
        strides = "one whole stride" if columns == 1 else f"{columns} whole strides"
        return (
            f"A shift of {counted(shift, 'pixel')} is {strides}: each output is the old one, moved by "
            f"{counted(columns, 'column')}. Only what comes in at its left edge is new."
        )
    chosen, plain = (
        next(answer for answer in compared if answer.name == name)
        for name in (_way(shrinking.kind), STRIDE_ONLY)
    )
    softer = "Here pooling softens the shift" if chosen.mean < plain.mean else "Here pooling softens nothing"
    return (
        f"{chosen.name} changes {percent(chosen.fraction)} of its values, by {chosen.mean:.1f} of 255 on "
        f"average; a stride without pooling {percent(plain.fraction)}, by {plain.mean:.1f}. {softer}; it "
        "undoes no shift."
    )


def percent(fraction: float) -> str:
    """Write a fraction as a whole number of percent."""
    return f"{100 * fraction:.0f} %"
