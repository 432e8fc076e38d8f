"""How the worked counts of the layer calculator are written down, a line or two each."""

from cnnviz.presets.calculator import LayerSetup
from cnnviz.presets.scene import Scene
from cnnviz.presets.sliding import Slide

LECTURE_1, LECTURE_2, LECTURE_3, LECTURE_4 = (f"Lecture deck 00{number}" for number in (1, 2, 3, 4))


def slide(stride, padding, **others) -> Slide:
    """Say how a square window moves; ``padding`` is a number for all sides or a way to pad."""
    if isinstance(padding, str):
        return Slide((stride, stride), padding, **others)
    sides = ((padding, padding),) * 2
    return Slide((stride, stride), "custom" if padding else "valid", sides, **others)


def sliding(kind, shape, units, size, stride=1, padding=0, *, rounding="floor", target=None, **settings):
    """Make a layer with a window; backwards it is asked for its own size, unless it says otherwise."""
    size = size if isinstance(size, tuple) else (size, size)
    setup = LayerSetup(kind, shape, units, size, slide(stride, padding, rounding=rounding), **settings)
    return setup.having(target=target or setup.output_shape[2])


def counted(title, source, notice, setup, shape, parameters, operations=None, *, erratum="", **expected):
    """Make a record from the numbers that are known: output shape, parameters, multiply-accumulates."""
    shown = {"shape": shape, "parameters": f"{parameters:,}"}
    if operations is not None:
        shown["operations"] = f"{operations:,}"
    return Scene("layer_calculator", title, "Counts", source, notice, setup, {**shown, **expected}, erratum)
