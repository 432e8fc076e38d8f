"""The ImageNet story: errors as they were published, depths and parameters as they are counted here."""

from dataclasses import dataclass

from cnnviz.lessons.studies import counted
from cnnviz.lessons.studies_tables import Cell, Sheet, SheetRow
from cnnviz.lessons.studies_told import short_count
from cnnviz.model.counting import Rules
from cnnviz.presets.architectures import ARCHITECTURES
from cnnviz.presets.results import HUMAN, STORY, Milestone
from cnnviz.presets.studies import STUDIES


@dataclass(frozen=True)
class Moment:
    """A milestone with its counts; depth and parameters are 0 where no network is counted."""

    year: int
    name: str
    error: float
    shown_error: str
    depth: int
    parameters: int
    shown_parameters: str
    study: str


def moments() -> tuple[Moment, ...]:
    """Count the network of every milestone."""
    return tuple(map(_moment, STORY))


def _moment(milestone: Milestone) -> Moment:
    """Count one."""
    depth = parameters = 0
    if milestone.study:
        _, title = STUDIES[milestone.study].variants[milestone.variant]
        found = counted(ARCHITECTURES[title].graph, Rules())
        depth, parameters = found.depth, found.total.parameters
    return Moment(
        milestone.year,
        milestone.name,
        float(milestone.error),
        milestone.error,
        depth,
        parameters,
        short_count(parameters).replace(" million", " M"),
        milestone.study,
    )


def story_sheet() -> Sheet:
    """Lay out the same as a table, with the sources of the errors."""
    rows = [
        SheetRow(
            f"{moment.name}, {moment.year}",
            milestone.source,
            (
                Cell(f"{moment.shown_error} %", "errors"),
                Cell(str(moment.depth or ""), "depths" if moment.depth else ""),
                Cell(
                    f"{moment.parameters:,}" if moment.parameters else "",
                    "sizes" if moment.parameters else "",
                ),
            ),
        )
        for milestone, moment in zip(STORY, moments(), strict=True)
    ]
    human = SheetRow(
        "Human", "Lecture deck 003", (Cell(f"{HUMAN} %", "errors"), Cell(""), Cell("")), lit=True
    )
    columns = ("Top-5 error, quoted", "Layers, counted", "Parameters, counted")
    return Sheet("The same as a table", "Network", columns, (*rows, human))
