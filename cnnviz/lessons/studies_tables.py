"""Tables of case studies as texts, ready to be laid out: of a counted network, of counts, of quoted results.

A `Cell` may carry the name under which a scene finds it again. To make another table, write a function that
returns a `Sheet`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from cnnviz.lessons.drawing import MOST_OPEN, foldable
from cnnviz.lessons.layer_table import Head, Table, TableRow
from cnnviz.lessons.studies import Row, counted, folded
from cnnviz.model.counting import Rules, totals
from cnnviz.model.graph import Graph
from cnnviz.presets.architecture import Published, PublishedArchitecture
from cnnviz.presets.results import ResultsTable


@dataclass(frozen=True)
class Cell:
    """A text, the name under which a scene finds it, and a bar behind it as a part of one."""

    text: str
    shows: str = ""
    part: float | None = None


@dataclass(frozen=True)
class SheetRow:
    """A row: its name, what is said below it, its cells, and whether it stands out."""

    name: str
    what: str
    cells: tuple[Cell, ...]
    lit: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table. ``minor`` are the columns that a phone leaves out, by their place."""

    label: str
    first: str
    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    minor: tuple[int, ...] = ()


def network_table(graph: Graph, rules: Rules, opened: Collection[str] = ()) -> Table:
    """Lay out a network line by line; of a large one, stages that are not ``opened`` in one line each.

    The lines are named like the boxes of its drawing.
    """
    found = counted(graph, rules)
    runs = [run for run in foldable(graph) if run[0] not in opened]
    shown = folded(found.rows, runs) if len(graph.nodes) > MOST_OPEN else found.rows
    heads = _heads(rules, bool(found.total.others))
    total = found.total
    written = [
        ("Total", "", f"{sum(found.neurons):,}", f"{total.weights:,}", f"{total.biases + total.others:,}"),
        (f"{total.parameters:,}", f"{total.operations:,}", ""),
    ]
    last = (*written[0][: None if rules.biases else 4], *written[1])
    return Table(heads, tuple(TableRow(row.name, _cells(row, rules)) for row in shown), last)


def _heads(rules: Rules, scaled: bool) -> tuple[Head, ...]:
    """Name the columns; ``scaled`` if there are numbers that scale or shift, which count with the biases."""
    name = "Biases, scales" if scaled else "Biases"
    biases = Head(name, "What is trained and is no weight: also scales and shifts.", True, "biases")
    return (
        Head("Layer", "Its name, what it is, and what follows it without changing the size."),
        Head("Output", "Height, width and number of the maps it gives.", shows="outputs"),
        Head("Neurons", "Numbers it gives, for layers with weights only.", True, "neurons"),
        Head("Weights", "Numbers that inputs are multiplied with.", True, "weights"),
        *((biases,) if rules.biases else ()),
        Head("Parameters", "All that is trained, as far as it is counted.", shows="parameters"),
        Head(f"{rules.operations}s", "Work for one example: products with weights.", shows="operations"),
        Head("Sees", "Receptive field: cells of the input that one output depends on.", True, "fields"),
    )


def _cells(row: Row, rules: Rules) -> tuple[str, ...]:
    """Write a line; nothing where there is nothing to count."""
    seen = " × ".join(map(str, row.field)) if row.field and len(row.output) > 1 else ""
    return (
        f"{row.name}: {row.what}",
        row.shown_output,
        f"{row.activations:,}" if row.learns else "",
        _count(row.weights),
        *((_count(row.biases),) if rules.biases else ()),
        _count(row.parameters),
        _count(row.operations),
        seen,
    )


def _count(number: int) -> str:
    """Write a count; nothing for none."""
    return f"{number:,}" if number else ""


def published_sheet(records: tuple[PublishedArchitecture, ...], shown: PublishedArchitecture) -> Sheet:
    """Lay out which convention gives which published count, beside what is counted here."""
    rows = tuple(
        SheetRow(
            record.title,
            f"{published.convention}; {published.source}",
            (
                Cell(_rounded(published), "published" if record is shown else ""),
                Cell(f"{_counted(record, published):,}", "counted" if record is shown else ""),
            ),
            lit=record is shown,
        )
        for record in records
        for published in record.published
    )
    return Sheet("", "Convention and source", ("Published", "Counted here"), rows)


def variants_sheet(named: Mapping[str, PublishedArchitecture], shown: str, rules: Rules) -> Sheet:
    """Lay out the variants of a study side by side."""
    rows = tuple(
        SheetRow(label, "", _variant_cells(record.graph, rules), lit=record.title == shown)
        for label, record in named.items()
    )
    columns = ("Layers with weights", "Neurons", "Parameters", f"{rules.operations}s")
    return Sheet("", "Variant", columns, rows, minor=(1,))


def _variant_cells(graph: Graph, rules: Rules) -> tuple[Cell, ...]:
    """Write the totals of a variant."""
    found = counted(graph, rules)
    return (
        Cell(str(found.depth), "variant_depths"),
        Cell(f"{sum(found.neurons):,}"),
        Cell(f"{found.total.parameters:,}", "variant_parameters"),
        Cell(f"{found.total.operations:,}", "variant_operations"),
    )


def _counted(record: PublishedArchitecture, published: Published) -> int:
    """Count by the convention of a published number."""
    return getattr(totals(record.rows(published.rules)), published.what)


def _rounded(published: Published) -> str:
    """Write a published number as it was printed, exact or rounded."""
    return f"about {published.count:,}" if published.digits else f"{published.count:,}"


def results_sheet(table: ResultsTable) -> Sheet:
    """Lay out quoted results; errors and accuracies with a bar behind the figure."""
    ends = [
        max(
            (float(entry.figures[place]) for entry in table.entries if _is_number(entry.figures[place])),
            default=0,
        )
        for place in range(len(table.columns))
    ]
    rows = tuple(
        SheetRow(
            entry.name,
            "",
            tuple(
                Cell(
                    figure or "–",
                    "figures" if figure else "",
                    float(figure) / ends[place]
                    if "%" in heading + table.unit and _is_number(figure)
                    else None,
                )
                for place, (figure, heading) in enumerate(zip(entry.figures, table.columns, strict=True))
            ),
            lit=entry.name == "Human",
        )
        for entry in table.entries
    )
    return Sheet(table.title, "", table.columns, rows)


def _is_number(text: str) -> bool:
    """Tell a figure from words and gaps."""
    return text.replace(".", "", 1).isdigit()
