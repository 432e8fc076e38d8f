"""What the page that looks at data shows, and how it becomes a link.

`Look.within` drops what a data set does not have.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from cnnviz.lessons.data_scalings import FIRST_RATE, MOST_SEED, RATES
from cnnviz.lessons.data_statistics import PARTS
from cnnviz.model.data import SCALINGS
from cnnviz.model.datasets import DATASETS
from cnnviz.ui.fields import NUMBER, WHOLE
from cnnviz.ui.memory import Memory, sentence
from cnnviz.ui.state import Field, one_of, read_fields, write_fields

PREFIX = "da_"
MOST_SHUFFLES = 9999


@dataclass(frozen=True)
class Look:
    """Everything a reader can choose; ``only`` is a class or None for all, ``page`` one of the gallery."""

    source: str = "Handwritten digits"
    part: str = "train"
    only: int | None = None
    shuffle: int = 0
    page: int = 0
    image: int = 0
    scaling: str = "As they are"
    rate: float = FIRST_RATE
    seed: int = 0

    @property
    def count(self) -> int:
        """How many images the part has."""
        return DATASETS[self.source].counts[list(PARTS).index(self.part)]

    def within(self) -> "Look":
        """Drop what is beyond these classes and images; an image of −1 is the first that is shown."""
        only = self.only if self.only is not None and self.only < len(self.classes) else None
        return replace(self, only=only, image=min(self.image, self.count - 1))

    @property
    def classes(self) -> tuple[str, ...]:
        """The names of the classes."""
        return DATASETS[self.source].classes

    def of(self, source: str) -> "Look":
        """Look at other data, from its beginning."""
        return replace(self, source=source, only=None, page=0, image=0)


def _up_to(most: int) -> Field:
    """Make the field of a whole number that is not too large."""

    def read(text: str) -> int:
        number = WHOLE.read(text)
        if number > most:
            raise ValueError(f"value must be at most {most}, got {number}")
        return number

    return Field(read, str)


def _read_rate(text: str) -> float:
    """Read one of the rates there are."""
    rate = NUMBER.read(text)
    if rate not in RATES:
        raise ValueError(f"value must be one of {', '.join(f'{each:g}' for each in RATES)}, got {rate:g}")
    return rate


TABLE = {
    "source": one_of(DATASETS),
    "part": one_of(PARTS),
    "only": Field(WHOLE.read, str),
    "shuffle": _up_to(MOST_SHUFFLES),
    "page": WHOLE,
    "image": WHOLE,
    "scaling": one_of(SCALINGS),
    "rate": Field(_read_rate, NUMBER.write),
    "seed": _up_to(MOST_SEED),
}


def read_link(asked: Mapping[str, list[str]]) -> tuple[Look, str]:
    """Read what a link asks for; what cannot be is left out with a sentence."""
    values, problems = read_fields(TABLE, {name: asked[name] for name in asked if name in TABLE})
    return Look(**values), " ".join(sentence(problem) for problem in problems)


def write_link(look: Look) -> dict[str, str]:
    """Write what differs from the first view."""
    return write_fields(TABLE, asdict(look), asdict(Look()))


MEMORY: Memory[Look] = Memory(PREFIX, read_link, write_link)
