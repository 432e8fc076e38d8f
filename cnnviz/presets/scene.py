"""A scene: one moment of a lesson that can be opened by its id, with everything a page needs to show it.

Every lesson keeps a table of its own scenes beside the record of its settings; scenes.py joins them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TOPICS = (
    "1-D convolution",
    "2-D convolution",
    "Channels",
    "Sizes",
    "Pooling",
    "Activations",
    "Filters",
    "Counts",
    "Receptive field",
    "Case studies",
)


@dataclass(frozen=True)
class Scene:
    """A worked example: where it is shown, where it is from, what to notice, and all its numbers.

    Parameters
    ----------
    page : str
        Address of the page that shows it.
    title, source, notice : str
        What it is called, the lecture or paper it comes from, and what to look at.
    topic : str
        One of `TOPICS`.
    setup : frozen record
        The whole state of the page.
    expected : mapping
        What the page has to show, by name: rows of numbers or a number, known from elsewhere.
    erratum : str
        Where the source prints something else: what it prints and what is right, in one sentence.

    Raises
    ------
    ValueError
        If the topic is unknown.
    """

    page: str
    title: str
    topic: str
    source: str
    notice: str
    setup: Any
    expected: Mapping[str, Any] = field(default_factory=dict)
    erratum: str = ""

    def __post_init__(self) -> None:
        """Refuse a topic that no table lists."""
        if self.topic not in TOPICS:
            raise ValueError(f"topic must be one of {', '.join(TOPICS)}, got {self.topic!r}")

    @property
    def decks(self) -> tuple[str, ...]:
        """Numbers of the lecture decks it comes from."""
        return tuple(re.findall(r"\b00\d\b", self.source))
