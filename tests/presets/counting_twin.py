"""A slow count of networks written as plain values; it imports nothing from cnnviz.

A node is a dict: name, inputs, and its layer as a dict with its kind. Sizes are found by walking, parameters
by adding up filter by filter, receptive fields by asking every unit which cells it reaches.
"""


def pair(value):
    """Write one number for both axes as two."""
    return list(value) if isinstance(value, (tuple, list)) else [value, value]


def windows(layer, shape):
    """List (size, stride, before, after, dilation) for each axis; None if a unit sees everything."""
    kind = layer["kind"]
    if kind in ("Dense", "RadialBasis", "GlobalMeanPool", "GlobalMaxPool"):
        return None
    if kind == "Shortcut":
        return [(1, layer["stride"], 0, 0, 1)] * (len(shape) - 1)
    if kind == "Conv1d":
        return [(layer["size"], layer["stride"], *layer["padding"], layer["dilation"])]
    if "size" not in layer or kind == "LocalResponseNorm":
        return [(1, 1, 0, 0, 1)] * (len(shape) - 1)
    sizes, strides = pair(layer["size"]), pair(layer.get("stride", layer["size"]))
    dilations, paddings = (
        pair(layer.get("dilation", 1)),
        [pair(side) for side in pair(layer.get("padding", 0))],
    )
    return [(sizes[a], strides[a], *paddings[a], dilations[a]) for a in (0, 1)]


def starts(window, length):
    """Push a window along an axis until it would stick out."""
    size, stride, before, after, dilation = window
    found, start = [], -before
    while start + dilation * (size - 1) < length + after:
        found.append(start)
        start += stride
    return found


def output_shape(layer, shapes):
    """Find the shape that a layer gives."""
    kind, shape = layer["kind"], shapes[0]
    if kind == "Concatenate":
        return [sum(one[0] for one in shapes), *shape[1:]]
    if kind == "Flatten":
        count = 1
        for length in shape:
            count *= length
        return [count]
    if kind in ("Dense", "RadialBasis"):
        return [layer["units"]]
    if kind in ("GlobalMeanPool", "GlobalMaxPool"):
        return [shape[0]]
    maps = (
        layer.get("filters")
        or layer.get("channels")
        or (len(layer["table"]) if "table" in layer else shape[0])
    )
    return [maps, *(len(starts(w, n)) for w, n in zip(windows(layer, shape), shape[1:], strict=True))]


def trained(layer, shape):
    """Count weights, biases and other trained numbers."""
    kind = layer["kind"]
    if kind in ("Conv2d", "BareConv2d", "Conv1d", "PartialConv2d"):
        cells = layer["size"] if kind == "Conv1d" else pair(layer["size"])[0] * pair(layer["size"])[1]
        weights, filters = 0, layer.get("filters") or len(layer["table"])
        for place in range(filters):
            seen = len(layer["table"][place]) if "table" in layer else shape[0] // layer["groups"]
            weights += cells * seen
        return weights, 0 if kind == "BareConv2d" else filters, 0
    if kind == "Dense":
        return layer["units"] * shape[0], layer["units"], 0
    if kind == "Subsample":
        return 0, shape[0], shape[0]
    if kind == "BatchNorm":
        return 0, 0, 2 * shape[0]
    if kind == "PositionBias":
        return 0, shape[0] * shape[1] * shape[2], 0
    return 0, 0, 0


def products(layer, shape, output):
    """Count multiplications with weights, cell by cell of the output."""
    kind, cells = layer["kind"], 1
    for length in output[1:]:
        cells *= length
    if kind in ("Conv2d", "BareConv2d", "Conv1d", "PartialConv2d", "Dense"):
        return trained(layer, shape)[0] * cells
    if kind == "RadialBasis":
        return shape[0] * output[0]
    return output[0] * cells if kind == "Subsample" else 0


def reached(windows_here, below):
    """For each axis and unit, the first and last cell of the image it reaches; padding reaches nothing."""
    if windows_here is None:
        return [[(min(a for a, _ in axis), max(b for _, b in axis))] for axis in below]
    found = []
    for window, axis in zip(windows_here, below, strict=True):
        size, _, _, _, dilation = window
        units = []
        for start in starts(window, len(axis)):
            cells = [start + dilation * cell for cell in range(size)]
            seen = [axis[cell] for cell in cells if 0 <= cell < len(axis)]
            units.append((min(a for a, _ in seen), max(b for _, b in seen)))
        found.append(units)
    return found


def count(input_shape, nodes):
    """Count a network: for each node its shape, trained numbers, products, and what its units reach."""
    shapes = {"input": list(input_shape)}
    reach = {"input": [[(cell, cell) for cell in range(length)] for length in input_shape[1:]]}
    counted = {}
    for node in nodes:
        name, layer, inputs = node["name"], node["layer"], node["inputs"]
        given = [shapes[one] for one in inputs]
        shapes[name] = output_shape(layer, given)
        if len(inputs) > 1:
            reach[name] = [
                [(min(a for a, _ in units), max(b for _, b in units)) for units in zip(*axes, strict=True)]
                for axes in zip(*(reach[one] for one in inputs), strict=True)
            ]
        else:
            seen = windows(layer, given[0])
            flat = len(given[0]) == 1 and seen is not None
            reach[name] = reach[inputs[0]] if flat or not reach["input"] else reached(seen, reach[inputs[0]])
        counted[name] = (
            shapes[name],
            trained(layer, given[0]),
            products(layer, given[0], shapes[name]),
            reach[name],
        )
    return counted
