"""A counted network in a few words and bars: how large it is, and where its parameters and its work are."""

from dataclasses import dataclass

from cnnviz.lessons.drawing import foldable
from cnnviz.lessons.studies import counted, counted_layers, folded
from cnnviz.model.counting import Rules
from cnnviz.model.graph import Graph
from cnnviz.presets.architecture import PublishedArchitecture

MOST_BARS = 16  # of a chart; of more, those of a stage are added up


@dataclass(frozen=True)
class Bar:
    """What a layer or stage holds of all parameters and does of all work, as numbers and as parts of one."""

    name: str
    parameters: int
    operations: int
    of_parameters: float
    of_operations: float


def bars_of(graph: Graph, rules: Rules) -> tuple[Bar, ...]:
    """Say where parameters and work are; layers that have neither are left out."""
    table = counted(graph, rules).rows
    if sum(bool(row.parameters or row.operations) for row in table) > MOST_BARS:
        table = folded(table, foldable(graph))
    parameters = sum(row.parameters for row in table) or 1
    operations = sum(row.operations for row in table) or 1
    return tuple(
        Bar(
            row.name, row.parameters, row.operations, row.parameters / parameters, row.operations / operations
        )
        for row in table
        if row.parameters or row.operations
    )


def most(found: tuple[Bar, ...], operations: str) -> str:
    """Say which layer or stage holds most parameters and which does most of the work."""
    held, of_parameters, several = _largest(found, "of_parameters")
    done, of_operations, many = _largest(found, "of_operations")
    verb, works = ("hold" if several else "holds"), ("do" if many else "does")
    start = f"{held} {verb} {of_parameters} of the parameters"
    if held == done:
        return f"{start} and {works} {of_operations} of the {operations}s."
    return f"{start}, {done} {works} {of_operations} of the {operations}s."


def _largest(found: tuple[Bar, ...], what: str) -> tuple[str, str, bool]:
    """Name the largest bar, and how many are as large; write its part; tell whether there are several."""
    largest = max(getattr(bar, what) for bar in found)
    names = [bar.name for bar in found if getattr(bar, what) == largest]
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    each = " each" if more else ""
    return f"**{names[0]}**{more}", f"{100 * largest:.1f} %{each}", bool(more)


def outline(record: PublishedArchitecture, rules: Rules) -> str:
    """Say in a line how large a network is."""
    found = counted(record.graph, rules)
    biases = "" if rules.biases else " without biases"
    work = f"{short_count(found.total.operations)} {rules.operations}s"
    seen, given = (" × ".join(map(str, lengths)) for lengths in (found.seen, record.input_shape[1:]))
    field = f", receptive field {seen} on an input of {given}" if seen else ""
    return (
        f"**{record.title}:** {found.total.parameters:,} parameters{biases}, {work}, "
        f"{counted_layers(found.depth)} with weights{field}."
    )


def short_count(number: int) -> str:
    """Write a large count briefly: 61.7 thousand, 62.4 million, 1.14 billion."""
    for size, word in ((10**9, "billion"), (10**6, "million"), (10**3, "thousand")):
        if number >= size:
            return f"{number / size:.3g} {word}"
    return str(number)
