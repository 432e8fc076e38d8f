"""Where the boxes and wires of a network stand: columns from left to right, branches below each other.

Lengths are in pixels of a picture at its natural size. A picture may be broken into rows where only one wire
passes; `Drawing.rowings` lists the ways, so that whoever draws it need not compute.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from cnnviz.lessons.drawing import SLAB, Part
from cnnviz.lessons.drawing_columns import Column, Scale, overhang
from cnnviz.lessons.drawing_rows import ways_to_break

GAP, CAPTION, ARC = 22.0, 46.0, 16.0
ROOMY = 1000.0  # up to this width columns stand apart for their captions


@dataclass(frozen=True)
class Box:
    """A part and its place: the left and the upper edge of its front, and how far it leans back."""

    part: Part
    x: float
    y: float
    width: float
    height: float
    lean: float

    @property
    def middle(self) -> float:
        """Height of the middle of what is seen."""
        return self.y + (self.height - self.lean) / 2


@dataclass(frozen=True)
class Wire:
    """A line of straight pieces from one part to another."""

    start: str
    end: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Row:
    """A part of the picture: left, upper edge, width and height."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Drawing:
    """All boxes and wires, and the places between columns where the picture may be broken."""

    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]
    cuts: tuple[float, ...]

    @cached_property
    def rowings(self) -> tuple[tuple[Row, ...], ...]:
        """Ways to show it in one row, two rows and so on, as even as the cuts allow."""
        beyond = {box: overhang(box.part, box.width) for box in self.boxes}
        left = min(box.x - beyond[box] for box in self.boxes) - 4
        right = max(box.x + box.width + max(box.lean, beyond[box]) for box in self.boxes) + 4
        ways = ways_to_break(left, right, self.cuts)
        return tuple(
            tuple(self._row(*pair) for pair in zip((left, *ends), ends, strict=False)) for ends in ways
        )

    def _row(self, left: float, right: float) -> Row:
        """Frame the boxes between two cuts, with their captions and the wires above them."""
        inside = [box for box in self.boxes if left <= box.x < right]
        points = [y for wire in self.wires for x, y in wire.points if left < x < right]
        top = min([box.y - box.lean for box in inside] + points) - 4
        bottom = max([box.y + box.height + CAPTION for box in inside] + points) + 2
        return Row(left, top, right - left, bottom - top)


def lay_out(parts: Sequence[Part]) -> Drawing:
    """Place the parts of a network, which stand in an order in which they can be computed."""
    sides = [length for part in parts if part.shape for length in part.shape[1:]]
    columns = _columns(parts)
    for column in columns:
        column.measure(Scale(max([*sides, 8])))
    home = {part.name: column for column in columns for part in column.parts}
    _rank_and_branch(columns, home)
    _spread(columns, home)
    ends = _place(columns)
    boxes = [box for column in columns for box in _boxes(column)]
    wires = [_wire(columns, home[name], column, name) for column in columns for name in column.inputs]
    return Drawing(tuple(boxes), tuple(wires), tuple(_cuts(columns, home, ends)))


def _columns(parts: Sequence[Part]) -> list[Column]:
    """Lay a slab on the part before it where nothing else reads that part."""
    read = [name for part in parts for name in part.inputs]
    home: dict[str, Column] = {}
    columns = []
    for part in parts:
        host = home.get(part.inputs[0]) if len(part.inputs) == 1 else None
        above = host is not None and host.parts[-1].name == part.inputs[0] and read.count(part.inputs[0]) == 1
        if part.kind == SLAB and host and above and part.shape == host.parts[-1].shape is not None:
            host.parts.append(part)
            home[part.name] = host
        else:
            home[part.name] = Column([part], part.inputs, 0)
            columns.append(home[part.name])
    return columns


def _rank_and_branch(columns: list[Column], home: dict[str, Column]) -> None:
    """Count the columns before each, and list the branches that begin behind each."""
    for column in columns:
        before = [home[name] for name in column.inputs]
        column.rank = max((each.rank + 1 for each in before), default=0)
        if len(before) == 1:
            before[0].followers.append(column)


def _room(column: Column) -> float:
    """Find the height that a branch needs up to where it meets others."""
    need, own = 0.0, column
    while True:
        need = max(need, own.height + CAPTION + 8)
        if len(own.followers) != 1:
            return max(need, sum(_room(each) for each in own.followers))
        own = own.followers[0]


def _spread(columns: list[Column], home: dict[str, Column]) -> None:
    """Find the height of every column: branches below each other, and level again where they meet."""
    for column in columns:
        before = [home[name] for name in column.inputs]
        if len(before) == 1:
            column.y, column.base = before[0].y, before[0].base
            if len(before[0].followers) > 1:
                column.y, column.base = _lane(before[0], column), (before[0].y, before[0].base)
        elif before:
            level = len({each.y for each in before}) == 1
            branch = max(before, key=lambda each: each.rank)
            column.y, column.base = (branch.y, branch.base) if level or branch.base is None else branch.base


def _lane(split: Column, column: Column) -> float:
    """Find the height of one of the branches behind a column."""
    rooms = [_room(each) for each in split.followers]
    at = split.followers.index(column)
    return split.y - sum(rooms) / 2 + sum(rooms[:at]) + rooms[at] / 2


def _place(columns: list[Column]) -> dict[int, float]:
    """Set the columns side by side, and tell where each rank ends."""
    ranks: list[list[Column]] = [[] for _ in range(max(column.rank for column in columns) + 1)]
    for column in columns:
        ranks[column.rank].append(column)
    reaches = [max(column.reach for column in own) for own in ranks]
    gaps = [GAP * (2 if any(column.joins for column in own) else 1) for own in ranks[:-1]]
    wished = [max(0.0, _wished(*pair) - gap) for pair, gap in zip(pairwise(ranks), gaps, strict=True)]
    spare = max(0.0, ROOMY - sum(reaches) - sum(gaps))
    share = min(1.0, spare / sum(wished)) if any(wished) else 0.0
    x, ends = 0.0, {}
    for rank, own in enumerate(ranks):
        for column in own:
            column.x = x
        ends[rank] = x + reaches[rank]
        x = ends[rank] + (gaps[rank] + share * wished[rank] if rank < len(gaps) else 0.0)
    return ends


def _wished(before: list[Column], after: list[Column]) -> float:
    """Find the gap at which captions touch neither each other nor a box."""
    left = max(column.overhang for column in after)
    right = max(column.overhang - column.lean for column in before)
    return left + max(right, 0.0) + 4


def _boxes(column: Column) -> list[Box]:
    """Make the boxes of a column, each on the one before it."""
    boxes, x = [], column.x
    for part, (height, lean), width in zip(column.parts, column.sizes, column.widths, strict=True):
        boxes.append(Box(part, x, column.y - (height - lean) / 2, width, height, lean))
        x += width
    return boxes


def _wire(columns: list[Column], start: Column, end: Column, name: str) -> Wire:
    """Join two columns: straight, by an elbow, or in an arc over those between them."""
    x, right, corner = start.x + start.width + start.lean / 2, end.x, end.x - GAP / 2
    between = [each for each in columns if start.rank < each.rank < end.rank]
    passed = [each for each in between if abs(each.y - start.y) < (each.height + start.height) / 2]
    points: tuple[tuple[float, float], ...] = ((x, start.y), (right, end.y))
    if passed:
        over = min(each.y - each.height / 2 for each in passed) - ARC
        away = start.x + start.reach + GAP / 2
        points = (
            (x, start.y),
            (away, start.y),
            (away, over),
            (corner, over),
            (corner, end.y),
            (right, end.y),
        )
    elif start.y != end.y:
        points = ((x, start.y), (corner, start.y), (corner, end.y), (right, end.y))
    return Wire(name, end.parts[0].name, points)


def _cuts(columns: list[Column], home: dict[str, Column], ends: dict[int, float]) -> list[float]:
    """Find where only one wire passes from one rank to the next."""
    wires = [(home[name].rank, column.rank) for column in columns for name in column.inputs]
    last = max(ends)
    crossing = {rank: sum(start <= rank < end for start, end in wires) for rank in range(last)}
    return [ends[rank] + GAP / 4 for rank in range(last) if crossing[rank] == 1]
