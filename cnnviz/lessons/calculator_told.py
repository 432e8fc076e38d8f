"""A layer in words: what is left over, what the short rule for pooling gives, what stands beside the drawing.

Everything reads a `LayerSetup`. To say more about a term of the formulas, change `TERMS`.
"""

from math import prod

from cnnviz.lessons import sizes
from cnnviz.lessons.calculator import shape_text
from cnnviz.lessons.explain import counted
from cnnviz.presets.calculator import CONVOLUTIONS, POOLS, LayerSetup


def remarks(setup: LayerSetup) -> list[str]:
    """Say what is left over along each axis, and whether the short rule for pooling holds."""
    told: dict[str, list[str]] = {}
    for axis in setup.axes:
        told.setdefault(sizes.remark(axis), []).append(axis.name)
    if len(told) == 1:
        said = list(told)
    else:
        said = [f"{names[0].capitalize()}: {text[0].lower()}{text[1:]}" for text, names in told.items()]
    return [*said, *_rounded_up(setup), *_pooling_rule(setup)]


def _rounded_up(setup: LayerSetup) -> list[str]:
    """Say what rounding up would give, where something is left over."""
    open_axes = [axis for axis in setup.axes if axis.window.left_over(axis.length)]
    if not open_axes:
        return []
    axis = open_axes[0]
    up = axis.unrounded.rounded_up(axis.length)
    more, size = up.padding[1] - axis.unrounded.padding[1], up.output_size(axis.length)
    if setup.kind in POOLS:
        return [f"Rounded up it would be {size}: PyTorch's `ceil_mode=True` lets a window hang over the end."]
    zeros = "one more zero" if more == 1 else f"{more} more zeros"
    return [f"No framework rounds a convolution up; {zeros} at the end would make it {size}."]


def _pooling_rule(setup: LayerSetup) -> list[str]:
    """Say what the rule "input size divided by pool size" gives, and whether it may be used."""
    if setup.kind not in POOLS:
        return []
    axis = setup.axes[-1]
    length, window = axis.length, axis.unrounded
    short = sizes.fraction(length / window.size)
    rule = f"The short rule, input / pool size, gives {length} / {window.size} = {short}"
    if length == window.size * axis.size and window.stride == window.size and not sum(window.padding):
        return [f"{rule}: right, as the stride is the pool size and divides the input."]
    right = "the same by luck" if short == str(axis.size) else f"not {axis.size}"
    return [f"{rule}, {right}: it holds only if the stride is the pool size and divides the input."]


TERMS = {
    "input": "i is the input size along this axis.",
    "before": "p₀ is the padding before: cells of zeros.",
    "after": "p₁ is the padding after: cells of zeros.",
    "kernel": "k is the kernel size: cells the window reads along this axis.",
    "dilation": "d is the dilation: how far apart those cells lie.",
    "stride": "s is the stride: cells from one window to the next.",
    "output": "o is the output size: how many windows fit.",
    "input-channels": "c is the number of input channels.",
    "units": "n is the number of filters; each gives one map of the output.",
    "groups": "g is the number of groups: a filter reads only its part of the channels.",
    "bias": "b is the bias: one number for each filter, added to all of its map.",
    "parameters": "What training changes, counted by the rule chosen.",
    "operations": "Work for one example, counted by the rule chosen.",
}
OF_DENSE = {
    "input": "i is the number of inputs.",
    "units": "n is the number of outputs; each has a row of weights.",
    "bias": "b is the bias: one number for each output, written as a last input that is always 1.",
}


def terms(setup: LayerSetup) -> dict[str, str]:
    """Say what each term of the formulas stands for."""
    return TERMS | (OF_DENSE if setup.kind == "dense" else {})


def captions(setup: LayerSetup) -> dict[str, str]:
    """Say what is read and given: shapes, and how many numbers the output has."""
    flat = setup.kind == "dense" and prod(setup.shape) > setup.shape[0]
    numbers = prod(setup.output_shape)
    single = len(setup.output_shape) == 1
    return {
        "input": "Input",
        "read": shape_text(setup.shape) + (f" = {prod(setup.shape):,}" if flat else ""),
        "output": "Output",
        "shape": shape_text(setup.output_shape),
        "note": "" if single else counted(numbers, "number"),
        "left": _left(setup),
    }


def _left(setup: LayerSetup) -> str:
    """Say in a few words what no window reaches."""
    missed = {axis.name: axis.window.left_over(axis.length) for axis in setup.axes}
    if not any(missed.values()):
        return ""
    if len(set(missed.values())) == 1:
        return f"Left over {next(iter(missed.values()))}"
    return f"Left over {' and '.join(f'{count} in {name}' for name, count in missed.items() if count)}"


def labels(setup: LayerSetup) -> dict:
    """Name the edges of the drawing."""
    if setup.kind == "dense":
        inputs = prod(setup.shape)
        return {
            "inputs": f"{inputs:,}",
            "units": f"{setup.units:,}",
            "matrix": f"{setup.units:,} × {inputs:,}",
        }
    return {
        "input": _edges(setup, setup.shape),
        "output": _edges(setup, setup.output_shape),
        "kernel": _kernel_edges(setup),
        "count": _copies(setup),
    }


def _edges(setup: LayerSetup, shape: tuple[int, ...]) -> dict[str, str]:
    """Write height, width and channels; a signal has no height."""
    height = "" if setup.kind == "conv1d" else f"{shape[1]:,}"
    return {"channels": f"{shape[0]:,}", "height": height, "width": f"{shape[2]:,}"}


def kernel_shape(setup: LayerSetup) -> tuple[int, int, int] | None:
    """Give channels, rows and columns of one kernel; None if there is nothing that slides or learns."""
    if setup.kind in CONVOLUTIONS:
        return setup.shape[0] // setup.groups, *setup.size
    return (setup.shape[0], 1, 1) if setup.kind == "norm" else None


def _kernel_edges(setup: LayerSetup) -> dict[str, str]:
    """Write the edges of one kernel."""
    if setup.kind not in CONVOLUTIONS:
        return {"channels": f"{setup.shape[0]:,}", "height": "", "width": ""}
    return _edges(setup, kernel_shape(setup) or ())


def _copies(setup: LayerSetup) -> str:
    """Say how many kernels there are."""
    if setup.kind == "norm":
        return "scale, shift"
    groups = f", g = {setup.groups:,}" if setup.groups > 1 else ""
    return f"× {setup.units:,}{groups}"


def parts(setup: LayerSetup) -> dict[str, str]:
    """Say what each part of the drawing is."""
    (channels, height, width), given = setup.shape, setup.output_shape
    if setup.kind == "dense":
        rows, columns = (
            f"a row for each of {given[0]:,} outputs",
            f"a column for each of {prod(setup.shape):,} inputs",
        )
        return OF_DENSE | {
            "kernel": f"W has {rows} and {columns}.",
            "output-channels": f"y: {counted(given[0], 'output')}.",
            "input": f"x: {counted(prod(setup.shape), 'input')}; the 1 below belongs to the bias.",
        }
    long = "long" if setup.kind == "conv1d" else "wide"
    often = "so often the window stops on its way"
    return {
        "input-channels": f"The input has {counted(channels, 'channel')}.",
        "input-height": f"The input is {counted(height, 'cell')} high.",
        "input-width": f"The input is {counted(width, 'cell')} {long}.",
        "padding": "Padding: zeros around the input.",
        "output-channels": f"The output has {counted(given[0], 'channel')}.",
        "output-height": f"The output is {counted(given[1], 'cell')} high: {often} down.",
        "output-width": f"The output is {counted(given[2], 'cell')} {long}: {often} across.",
        "kernel-count": f"{counted(setup.units, 'kernel')}, one for each map of the output.",
        "kernel-channels": "A kernel reads all channels of its part of the input.",
        "kernel": "A scale and a shift for each channel."
        if setup.kind == "norm"
        else "The window: what one output reads.",
        "bias": TERMS["bias"],
    }
