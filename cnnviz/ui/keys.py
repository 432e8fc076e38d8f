"""The keys, once: what each one does drives its handler in the browser, the help that names it and the tests.

To add a key, add a row here and an action of that name to the lesson's script.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Key:
    """One key of a player.

    ``key`` is its name in the browser's events, ``label`` what is printed on it, ``action`` what the
    script calls. A key marked ``inside`` works only while the component itself has the focus, because
    the page needs it otherwise.
    """

    key: str
    label: str
    action: str
    meaning: str
    inside: bool = False


KEYS = (
    Key(" ", "Space", "toggle", "play or pause"),
    Key("ArrowRight", "→", "forward", "step forward, or show a hidden result"),
    Key("ArrowLeft", "←", "back", "step back"),
    Key("Home", "Home", "first", "first stop"),
    Key("End", "End", "last", "last stop"),
    Key("ArrowDown", "↓", "down", "one row of outputs down", inside=True),
    Key("ArrowUp", "↑", "up", "one row of outputs up", inside=True),
    Key("h", "H", "hide", "hide each result until you step"),
    Key("Enter", "Enter", "edit", "edit the cell that is held", inside=True),
    Key("F2", "F2", "edit", "edit the cell that is held", inside=True),
    Key("Escape", "Esc", "release", "let go of the cell that is held"),
    Key("p", "P", "present", "presenter view, and back"),
    Key("?", "?", "keys", "show or hide the keys"),
)

TAKEN_BY_STREAMLIT = frozenset("cr")  # clear the cache, run again
