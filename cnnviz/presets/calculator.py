"""One layer with all its settings and how it is counted: the settings of the layer calculator.

To add a kind of layer, add a row to `KINDS` and its case to `LayerSetup.layer`; to add a question that can be
asked backwards, add a row to `UNKNOWNS` and its case to `cnnviz.lessons.calculator_search`.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from math import prod
from typing import Any

from cnnviz.model.batch_norm import BatchNorm
from cnnviz.model.layer import Layer, Shape, set_fields
from cnnviz.model.layers import Dense
from cnnviz.model.sliding_layers import Conv2d, MaxPool, MeanPool
from cnnviz.presets.sliding import Pair, Slide
from cnnviz.window import Window, whole

KINDS = {
    "conv2d": "Convolution",
    "max": "Max pooling",
    "mean": "Mean pooling",
    "dense": "Dense",
    "norm": "Batch norm",
    "conv1d": "Convolution, 1-D",
}
CONVOLUTIONS, POOLS = ("conv2d", "conv1d"), ("max", "mean")
SLIDING = CONVOLUTIONS + POOLS
OPERATIONS = {"MAC": "multiply-accumulates", "FLOP": "floating-point operations, two for each"}
UNKNOWNS = {
    "padding": "Padding",
    "stride": "Stride",
    "kernel": "Kernel",
    "input": "Input",
    "dilation": "Dilation",
    "several": "Kernel, stride, padding",
}
LARGEST_LENGTH, LARGEST_CHANNELS, LARGEST_KERNEL = 1024, 4096, 1024
LARGEST_FILTERS, LARGEST_UNITS = 4096, 1_000_000
PLAIN = Slide()


@dataclass(frozen=True)
class Axis:
    """One axis of the input and the window that slides along it."""

    name: str
    length: int
    unrounded: Window  # before anything is added to make the stride divide
    rounding: str

    @property
    def window(self) -> Window:
        """How the window slides; rounding up pads the end."""
        return self.unrounded.rounded_up(self.length) if self.rounding == "ceil" else self.unrounded

    @property
    def size(self) -> int:
        """The output size."""
        return self.window.output_size(self.length)

    @property
    def exact(self) -> float:
        """What the formula gives before it is rounded."""
        window = self.unrounded
        return window.output_size(self.length) + window.left_over(self.length) / window.stride


@dataclass(frozen=True)
class LayerSetup:
    """A layer, what it reads, how it is counted, and what is asked backwards.

    Parameters
    ----------
    kind : str
        A key of `KINDS`.
    shape : (channels, height, width)
        Of the input; a dense layer reads it as one vector, and in one dimension the height is 1.
    units : int
        Filters of a convolution, outputs of a dense layer.
    size : (rows, columns)
        Of the kernel or of the pooling window.
    slide : Slide
        How it is moved.
    groups : int
        Into how many parts the channels are divided.
    biases : bool
        Whether biases count as parameters.
    operations : str
        A key of `OPERATIONS`.
    find, target : str, int
        Which setting is looked for, a key of `UNKNOWNS`, and the output size it has to give.

    Raises
    ------
    ValueError
        If a number is out of its range, or the window does not fit.
    """

    kind: str
    shape: tuple[int, int, int]
    units: int = 1
    size: Pair = (1, 1)
    slide: Slide = PLAIN
    groups: int = 1
    biases: bool = True
    operations: str = "MAC"
    find: str = "padding"
    target: int = 1

    def __post_init__(self) -> None:
        """Neutralise what this kind does not have, and refuse what the page cannot show."""
        for name, table in (("kind", KINDS), ("operations", OPERATIONS), ("find", UNKNOWNS)):
            if getattr(self, name) not in table:
                raise ValueError(f"{name} must be one of {', '.join(table)}, got {getattr(self, name)!r}")
        if self.kind not in CONVOLUTIONS:
            set_fields(self, groups=1, slide=replace(self.slide, dilation=(1, 1)))
            set_fields(self, find="padding" if self.find == "dilation" else self.find)
        if self.kind == "conv1d":
            set_fields(self, shape=(self.shape[0], 1, self.shape[2]), size=(1, self.size[1]))
            set_fields(self, slide=_flat(self.slide))
        self._check_ranges()
        _ = self.output_shape

    def _check_ranges(self) -> None:
        """Refuse numbers that are too small or too large."""
        most = LARGEST_UNITS if self.kind == "dense" else LARGEST_FILTERS
        for name, value, largest in (
            ("channels", self.shape[0], LARGEST_CHANNELS),
            ("height", self.shape[1], LARGEST_LENGTH),
            ("width", self.shape[2], LARGEST_LENGTH),
            ("units", self.units, most),
            ("kernel", self.size[0], LARGEST_KERNEL),
            ("kernel", self.size[1], LARGEST_KERNEL),
            ("groups", self.groups, LARGEST_CHANNELS),
            ("target", self.target, LARGEST_LENGTH),
        ):
            if whole(name, value, 1) > largest:
                raise ValueError(f"{name} must be at most {largest:,}, got {value:,}")

    @property
    def input_shape(self) -> Shape:
        """What the layer reads: a vector, if it is dense."""
        return (prod(self.shape),) if self.kind == "dense" else self.shape

    @cached_property
    def axes(self) -> tuple[Axis, ...]:
        """The axes along which the window slides."""
        if self.kind not in SLIDING:
            return ()
        floor = self._windows
        if self.slide.rounding != "floor":
            floor = replace(self.slide, rounding="floor").windows(self.shape[1:], self.size)
        names = ("height", "width") if self.kind != "conv1d" else ("", "length")
        both = tuple(
            Axis(name, length, window, self.slide.rounding)
            for name, length, window in zip(names, self.shape[1:], floor, strict=True)
        )
        return both[1:] if self.kind == "conv1d" else both

    @cached_property
    def _windows(self) -> tuple[Window, Window]:
        """How it slides down and across."""
        return self.slide.windows(self.shape[1:], self.size)

    @cached_property
    def layer(self) -> Layer:
        """The layer as networks have it."""
        if self.kind == "dense":
            return Dense(self.units)
        if self.kind == "norm":
            return BatchNorm()
        rows, columns = self._windows
        slide = self.slide
        sliding: dict[str, Any] = {"stride": slide.stride, "padding": (rows.padding, columns.padding)}
        if self.kind in POOLS:
            return (MaxPool if self.kind == "max" else MeanPool)(self.size, **sliding)
        return Conv2d(self.units, self.size, **sliding, dilation=slide.dilation, groups=self.groups)

    @cached_property
    def output_shape(self) -> Shape:
        """What the layer gives."""
        return self.layer.output_shape(self.input_shape)

    @property
    def square(self) -> bool:
        """Tell whether height and width, and all that belongs to them, are the same."""
        slide = self.slide
        pairs = (self.shape[1:], self.size, slide.stride, slide.dilation, slide.sides)
        return all(first == second for first, second in pairs)

    def having(self, **settings: Any) -> "LayerSetup":
        """Change settings, those of the slide by their own names."""
        sliding = {name: settings.pop(name) for name in Slide.__dataclass_fields__ if name in settings}
        if "sides" in sliding:
            sliding.setdefault("padding", "custom")
        if sliding:
            settings["slide"] = replace(self.slide, **sliding)
        return replace(self, **settings)

    def with_kind(self, kind: str) -> "LayerSetup":
        """Become another kind of layer; what it cannot take over is simplest."""
        units = min(self.units, LARGEST_UNITS if kind == "dense" else LARGEST_FILTERS)
        settings: dict[str, Any] = {"kind": kind, "units": units}
        if self.kind == "conv1d":
            channels, _, width = self.shape
            stride, dilation = self.slide.stride[1], self.slide.dilation[1]
            settings |= {"shape": (channels, width, width), "size": (self.size[1],) * 2}
            settings |= {"stride": (stride,) * 2, "dilation": (dilation,) * 2}
            settings |= {"sides": (self.slide.sides[1],) * 2, "padding": self.slide.padding}
        if self.fits(**settings):
            return self.having(**settings)
        return replace(self, kind=kind, units=units, size=(1, 1), slide=PLAIN)

    def fits(self, **settings: Any) -> bool:
        """Tell whether these settings could be chosen."""
        try:
            self.having(**settings)
        except ValueError:
            return False
        return True


def _flat(slide: Slide) -> Slide:
    """Leave nothing to do along the rows, of which there is one."""
    return replace(
        slide,
        stride=(1, slide.stride[1]),
        dilation=(1, slide.dilation[1]),
        sides=((0, 0), slide.sides[1]),
    )
