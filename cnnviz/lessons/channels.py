"""Everything a picture of channels and filters tells: the run of one filter, the maps of all, who reads whom.

`flow` makes it of a layer or of a volume; the sentences below it read a `Flow` or a `Layer` and compute
nothing twice.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from cnnviz.kernels.activations import ACTIVATIONS
from cnnviz.kernels.convolution import conv2d
from cnnviz.lessons.explain import MINUS, brief, counted
from cnnviz.lessons.volume import VolumeStep, VolumeTrace
from cnnviz.presets.channels import Layer, Setup
from cnnviz.presets.volumes import Volume
from cnnviz.window import Window

Part = tuple[str, str]  # a text and the role that colours it, or none


@dataclass(frozen=True, eq=False)
class Flow:
    """What flows from the channels through one filter into its map.

    Parameters
    ----------
    volume : ndarray of shape (C, D, H, W)
        All channels of the input; an image has one plane.
    trace : VolumeTrace
        The run of the filter shown, over the channels it reads.
    maps : ndarray of shape (O, D', H', W')
        What comes out of every filter, after the activation if there is one.
    reads : tuple of range
        For every filter the channels it reads.
    shown : int
        Which filter ``trace`` is of.
    relu : bool
        Whether negative sums became 0.
    """

    volume: np.ndarray
    trace: VolumeTrace
    maps: np.ndarray
    reads: tuple[range, ...]
    shown: int = 0
    relu: bool = False

    @property
    def output(self) -> np.ndarray:
        """The map of the filter shown, of shape (D', H', W')."""
        return self.maps[self.shown]

    @property
    def names(self) -> tuple[str, ...]:
        """What the channels are called."""
        count = len(self.volume)
        return ("R", "G", "B") if count == 3 else tuple(str(number + 1) for number in range(count))

    @property
    def read_names(self) -> tuple[str, ...]:
        """What the channels are called that the filter shown reads."""
        return tuple(self.names[channel] for channel in self.reads[self.shown])

    @property
    def colour_ends(self) -> dict[str, float]:
        """Where the colours end; partial maps and output share a scale, so that sums can be seen."""
        sums = [self.trace.partials, self.trace.output]
        ends = {
            "input": np.abs(self.volume).max(),
            "kernel": np.abs(self.trace.kernel).max(),
            "output": max(np.abs(each).max() for each in sums),
        }
        return {name: float(end) or 1.0 for name, end in ends.items()}


@lru_cache(maxsize=32)
def flow(setup: Setup) -> Flow:
    """Compute all that is shown of a layer or of a volume."""
    if isinstance(setup, Volume):
        trace = VolumeTrace.of(setup)
        return Flow(trace.volume, trace, trace.output[None], (range(len(trace.volume)),))
    image = np.array(setup.image, dtype=float)
    reads = tuple(setup.reads(number) for number in range(len(setup.filters)))
    read, kernel = reads[setup.shown], np.array(setup.filters[setup.shown], dtype=float)
    bias = setup.biases[setup.shown]
    trace = VolumeTrace(image[read, None], kernel[:, None], Window(1), *setup.windows, bias)
    return Flow(image[:, None], trace, maps(setup)[:, None], reads, setup.shown, setup.relu)


def maps(layer: Layer) -> np.ndarray:
    """Compute the maps of all filters at once, of shape (O, H', W'), as a network does."""
    rows, columns = layer.windows
    y = conv2d(
        np.array([layer.image], dtype=float),
        np.array(layer.filters, dtype=float),
        np.array(layer.biases),
        stride=(rows.stride, columns.stride),
        padding=(rows.padding, columns.padding),
        dilation=(rows.dilation, columns.dilation),
        groups=layer.groups,
    )[0]
    return ACTIVATIONS["ReLU"].f(y) if layer.relu else y


def sum_parts(flow: Flow, step: VolumeStep) -> list[Part]:
    """Write the sum over the channels, part by part: ``308 − 498 + 164 + 1 = −25``."""
    parts: list[Part] = []
    for value, role in [*((float(each), "kernel") for each in step.channel_sums), (step.bias, "bias")]:
        sign = (MINUS if value < 0 else "") if not parts else f" {MINUS} " if value < 0 else " + "
        parts += [(sign, ""), (brief(abs(value)), role)]
    equals = f" = {brief(step.value)}, ReLU: " if flow.relu else " = "
    return [*parts, (equals, ""), (brief(float(flow.output[step.output])), "output")]


def sum_line(flow: Flow, step: VolumeStep) -> str:
    """Write the sum over the channels as text."""
    return "".join(text for text, _ in sum_parts(flow, step))


def products_line(step: VolumeStep, channel: int) -> str:
    """Write out the partial sum of a channel: ``0×−1 + … + 154×1 = 308``."""
    pairs = zip(step.operands[channel].ravel(), step.weights[channel].ravel(), strict=True)
    terms = " + ".join(f"{brief(value)}×{brief(weight)}" for value, weight in pairs)
    return f"{terms} = {brief(float(step.channel_sums[channel]))}"


def parameter_count(kernel: tuple[int, ...], depth: int, filters: int) -> int:
    """Count weights and biases: (weights of a filter + 1) times the filters."""
    return (int(np.prod(kernel)) * depth + 1) * filters


def parameter_parts(setup: Setup) -> list[Part]:
    """Write how weights and biases are counted: ``(5·5·3 + 1)·10 = 760``."""
    *kernel, depth, filters = _sizes(setup)
    size = "·".join(map(str, kernel))
    total = parameter_count(tuple(kernel), depth, filters)
    return [
        ("(", ""),
        (size, "kernel"),
        ("·", ""),
        (str(depth), "input"),
        (" + ", ""),
        ("1", "bias"),
        (")·", ""),
        (str(filters), "output"),
        (f" = {total:,}", ""),
    ]


def parameter_line(setup: Setup) -> str:
    """Write how weights and biases are counted, as text."""
    return "".join(text for text, _ in parameter_parts(setup))


def parameter_remark(setup: Setup) -> str:
    """Say how many of them are weights and how many biases."""
    *kernel, depth, filters = _sizes(setup)
    weights = int(np.prod(kernel)) * depth * filters
    return f"{counted(weights, 'weight')} + {filters:,} {'bias' if filters == 1 else 'biases'}"


def _sizes(setup: Setup) -> tuple[int, ...]:
    """Give the sides of a slice, the slices of a filter, and the number of filters."""
    if isinstance(setup, Volume):
        channels, *kernel = np.shape(setup.kernel)
        return (*kernel, channels, 1)
    return (*setup.kernel_shape, setup.depth, len(setup.filters))


def size_line(setup: Setup) -> str:
    """Write the sizes of input and output: ``32 × 32 × 3 → 28 × 28 × 10``."""
    if isinstance(setup, Volume):
        shapes = [(*np.shape(setup.volume)[1:], len(setup.volume)), (*setup.output_shape, 1)]
    else:
        shapes = [(*setup.input_shape, len(setup.image)), (*setup.output_shape, len(setup.filters))]
    return " → ".join(" × ".join(map(str, shape)) for shape in shapes)


def groups_remark(layer: Layer) -> str:
    """Say who reads whom, and what that saves."""
    channels, filters = len(layer.image), len(layer.filters)
    if layer.groups == 1:
        return f"Every filter reads {'the only channel' if channels == 1 else f'all {channels} channels'}."
    whole = parameter_count(layer.kernel_shape, channels, filters)
    kept = parameter_count(layer.kernel_shape, layer.depth, filters)
    who = (
        "Depthwise: every filter reads one channel"
        if layer.depth == 1
        else f"Every filter reads the {layer.depth} channels of its group"
    )
    return f"{who}; {kept:,} parameters in place of {whole:,}."


def why(setup: Setup) -> str:
    """Say how channels become a map, with terms marked as in prose."""
    text = (
        "A {filter} has a slice for every {channel} it reads. Each slice gives a {partial sum} at every "
        "stop; these are added, with one {bias}, into one {feature map}."
    )
    if isinstance(setup, Volume):
        return text
    text += f"\n\nEvery filter makes a map of its own. {groups_remark(setup)}"
    if setup.groups > 1:
        text += " Dealing channels out like this is a {grouped convolution}"
        text += ", with one channel a group a {depthwise convolution}." if setup.depth == 1 else "."
    if setup.kernel_shape == (1, 1):
        text += " A {1×1 convolution} reads one place only: it mixes channels and finds no shapes."
    return text


def directions(setup: Setup) -> str:
    """Say in how many directions the filter moves, and why, with terms marked as in prose."""
    if not isinstance(setup, Volume):
        count = len(setup.image) if setup.groups == 1 else setup.depth
        covered = "its only channel" if count == 1 else f"all {count} channels that it reads at once"
        return (
            f"**This is 2-D**: the filter covers {covered}, so it can only move down and across, and what it "
            "makes is flat. A {3-D convolution} moves along {depth} as well, and makes a volume."
        )
    planes, depth = np.shape(setup.volume)[1], np.shape(setup.kernel)[1]
    places = setup.output_shape[0]
    if places == 1:
        return (
            f"The filter covers {depth} of {planes} planes and has a single place along depth: "
            "it moves down and across only, as in a 2-D {convolution} with as many {channels|channel}."
        )
    return (
        f"**This is 3-D**: the filter covers {depth} of {planes} planes and has {places} places along depth, "
        f"so its output has {places} planes. {{Channels|channel}} are something else: all of them are read "
        "at every stop, and added."
    )
