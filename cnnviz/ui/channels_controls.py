"""The controls of the page of channels: how many filters of which size, who reads whom, how they move."""

from dataclasses import replace
from typing import Any

from cnnviz.lessons.channels import groups_remark
from cnnviz.lessons.explain import counted
from cnnviz.presets.channels import FILTER_COUNTS, Layer, Setup, possible_groups
from cnnviz.presets.planes import MOST_CHANNELS
from cnnviz.presets.volumes import Volume
from cnnviz.ui import controls
from cnnviz.ui.channels_state import LESSON

PREFIX = LESSON.prefix
KERNEL_SIZES = (1, 2, 3, 4, 5)
BIAS_WIDTH = 122


def choose_layer(setup: Setup) -> None:
    """Offer what makes the layer, in one row."""
    if isinstance(setup, Volume):
        _choose_volume(setup)
        return
    controls.choose_whole(
        "Channels",
        len(setup.image),
        (1, MOST_CHANNELS),
        lambda count: alter("with_channels", count),
        key=f"{PREFIX}channels",
        help="More channels: every filter gets more slices, but no more maps come out.",
        width=controls.NARROW,
    )
    _choose_filters(setup)
    _choose_kernel(setup)
    _choose_groups(setup)
    _choose_bias(setup)
    controls.choose_segment(
        "Activation",
        "ReLU" if setup.relu else "None",
        {"None": "None", "ReLU": "ReLU"},
        lambda name: _change(relu=name == "ReLU"),
        key=f"{PREFIX}relu",
        help="ReLU sets negative sums to 0: the feature map becomes an activation map.",
    )


def alter(name: str, *arguments: Any) -> None:
    """Ask the setup to change by one of its methods."""
    LESSON.change(lambda setup: getattr(setup, name)(*arguments))


def _change(**fields: Any) -> None:
    """Ask for other values of some fields."""
    LESSON.change(lambda setup: replace(setup, **fields))


def _choose_filters(layer: Layer) -> None:
    """Offer so many filters as the groups can share."""
    counts = [count for count in FILTER_COUNTS if count % layer.groups == 0]
    closed = f" Others are closed: {layer.groups} groups must share them evenly." * (layer.groups > 1)
    controls.choose(
        "Filters",
        str(len(layer.filters)),
        {str(count): str(count) for count in counts},
        lambda count: alter("with_filters", int(count)),
        key=f"{PREFIX}filters",
        help=f"More filters give more maps; new ones get drawn weights −1, 0 and 1.{closed}",
        width=80,
    )


def _choose_kernel(layer: Layer) -> None:
    """Offer the sizes that have a place on the input."""
    rows, columns = layer.kernel_shape
    own = f"{rows} × {columns}"
    sizes = [size for size in KERNEL_SIZES if layer.slide.fits(layer.input_shape, (size, size))]
    labels = {f"{size} × {size}": size for size in sizes}
    options = {label: label for label in sorted({own, *labels})}
    closed = " Larger ones are closed: they would reach beyond the padded input."
    controls.choose(
        "Kernel",
        own,
        options,
        lambda label: alter("with_kernel", labels.get(label, rows)),
        key=f"{PREFIX}kernel",
        help="Smaller kernels keep the middle of each slice; larger ones are drawn anew. 1 × 1 only mixes "
        f"channels.{closed * (len(sizes) < len(KERNEL_SIZES))}",
        width=94,
    )


def _choose_groups(layer: Layer) -> None:
    """Offer the numbers of groups that divide channels and filters."""
    channels, filters = len(layer.image), len(layer.filters)
    possible = possible_groups(channels, filters)
    closed = [str(number) for number in range(2, channels + 1) if number not in possible]
    reason = (
        f" Closed: {', '.join(closed)}, which must divide both {counted(channels, 'channel')} and "
        f"{counted(filters, 'filter')}."
        if closed
        else ""
    )
    labels = {
        str(number): f"{number}, depthwise" if number == channels > 1 else str(number) for number in possible
    }
    controls.choose(
        "Groups",
        str(layer.groups),
        labels,
        lambda number: alter("with_groups", int(number)),
        key=f"{PREFIX}groups",
        help=f"More groups: each filter reads fewer channels. {groups_remark(layer)}{reason}",
        width=130,
    )


def _choose_bias(setup: Setup) -> None:
    """Offer the bias of the filter shown."""
    controls.choose_number(
        "Bias",
        setup.biases[setup.shown] if isinstance(setup, Layer) else setup.bias,
        lambda value: alter("with_bias", value),
        key=f"{PREFIX}bias",
        help="Added once at every stop, after the channels are summed; each filter has its own.",
        width=BIAS_WIDTH,
    )


def _choose_volume(volume: Volume) -> None:
    """Offer how deep the kernel of a volume is, and how it moves."""
    planes, depth = len(volume.volume[0]), len(volume.kernel[0])
    controls.choose_whole(
        "Kernel depth",
        depth,
        (1, planes),
        lambda number: alter("with_depth", number),
        key=f"{PREFIX}depth",
        help=f"Planes covered at once. As deep as the volume, {planes}, the filter cannot move along depth.",
        width=controls.NARROW,
    )
    controls.choose_whole(
        "Stride",
        volume.stride,
        (1, 3),
        lambda number: _change(stride=number),
        key=f"{PREFIX}steps",
        help="Cells from one stop to the next, along all three directions.",
        width=controls.NARROW,
    )
    _choose_bias(volume)


def choose_slide(layer: Layer) -> None:
    """Offer stride, padding and dilation."""
    shapes = layer.input_shape, layer.kernel_shape
    linked = (
        layer.slide.stride[0] == layer.slide.stride[1] and layer.slide.dilation[0] == layer.slide.dilation[1]
    )
    controls.choose_slide(layer.slide, *shapes, _slide, key=PREFIX, linked=linked)
    controls.choose_sides(layer.slide, *shapes, _slide, key=PREFIX)


def _slide(slide) -> None:
    """Ask for another way to move."""
    _change(slide=slide)


def show_filter(number: int) -> None:
    """Show the partial maps of another filter."""
    _change(shown=number)
