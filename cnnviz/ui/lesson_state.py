"""What a lesson shows: the scene it started from, its settings, the stop; kept, and told to the address bar.

A page describes itself as one `Lesson`. The link of an unchanged scene is its id and the stop,
``?scene=pooling_max&step=3``; anything changed makes it a plain link that holds every setting.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Generic, TypeVar

from cnnviz.presets.scene import Scene
from cnnviz.presets.scenes import SCENES, of_page
from cnnviz.ui.memory import Memory
from cnnviz.ui.state import Field, Table, one_of, read_fields, whole_number, write_fields

Setup = TypeVar("Setup")


@dataclass(frozen=True)
class Shown(Generic[Setup]):
    """The id of the scene it started from, the settings as they are now, and the stop."""

    scene: str
    setup: Setup
    step: int = 0

    @property
    def origin(self) -> Scene:
        """The scene it started from."""
        return SCENES[self.scene]

    @property
    def changed(self) -> bool:
        """Tell whether anything but the stop differs from the scene."""
        return self.setup != self.origin.setup


def _one_stop(_setup: Any) -> int:
    """Count the stops of a page without a player."""
    return 1


@dataclass(frozen=True)
class Lesson(Generic[Setup]):
    """The state of one lesson, and how it becomes a link.

    Parameters
    ----------
    page, prefix, first : str
        Address of the page, what its parameters and keys begin with, and the scene it opens with.
    table : mapping of str to Field
        The settings in a plain link, by name.
    take_apart, put_together : callable
        From settings to a dict by the names of the table, and back; the second raises ValueError
        if the parts do not go together.
    stops : callable
        Count the stops of the player for some settings.
    """

    page: str
    prefix: str
    first: str
    table: Table
    take_apart: Callable[[Setup], dict[str, Any]]
    put_together: Callable[[dict[str, Any]], Setup]
    stops: Callable[[Setup], int] = _one_stop

    @cached_property
    def scenes(self) -> dict[str, Scene]:
        """The scenes of this page, by id."""
        return of_page(self.page)

    @cached_property
    def memory(self) -> Memory[Shown[Setup]]:
        """Where it is kept for the session."""
        return Memory(self.prefix, self.read_link, self.write_link)

    def read_link(self, asked: Mapping[str, list[str]]) -> tuple[Shown[Setup], str]:
        """Read a link; what cannot be used is replaced by the scene's, with one sentence about it."""
        table = {"scene": one_of(self.scenes), "step": Field(whole_number, str), **self.table}
        values, problems = read_fields(table, asked)
        scene, step = values.pop("scene", self.first), values.pop("step", 0)
        setup, problem = self._possible(self.take_apart(SCENES[scene].setup), values)
        problems += [problem] if problem else []
        if step >= self.stops(setup):
            problems.append(f"step must be less than {self.stops(setup)}, got {step}")
            step = 0
        told = f"A part of the link was left out: {problems[0]}." if problems else ""
        return Shown(scene, setup, step), told

    def _possible(self, base: dict[str, Any], values: dict[str, Any]) -> tuple[Setup, str]:
        """Put settings together; if the parts do not go together, leave one of them out, or all."""
        try:
            return self.put_together({**base, **values}), ""
        except ValueError as problem:
            for name in values:
                with suppress(ValueError):
                    kept = {other: value for other, value in values.items() if other != name}
                    return self.put_together({**base, **kept}), str(problem)
            return self.put_together(base), str(problem)

    def write_link(self, shown: Shown[Setup]) -> dict[str, str]:
        """Write the parameters of a link: the scene, or else what differs from the first one."""
        step = {"step": str(shown.step)} if shown.step else {}
        if not shown.changed:
            return ({} if shown.scene == self.first else {"scene": shown.scene}) | step
        base = self.take_apart(SCENES[self.first].setup)
        return write_fields(self.table, self.take_apart(shown.setup), base) | step

    def arrive(self) -> None:
        """Start a run of the whole page: follow the address bar if it was changed from outside."""
        self.memory.arrive()

    def now(self) -> Shown[Setup]:
        """Give what the page shows."""
        return self.memory.now()

    def turn(self) -> int:
        """Count how often the page started from scratch."""
        return self.memory.turn()

    def start(self, scene: str) -> None:
        """Show a scene of this page from its first stop."""
        if scene in self.scenes:
            self.memory.put(Shown(scene, self.scenes[scene].setup))
            self.memory.complain("")

    def change(self, alter: Callable[[Setup], Setup]) -> None:
        """Change the settings, or refuse it with a sentence; the stop stays where it can."""

        def altered(shown: Shown[Setup]) -> Shown[Setup]:
            setup = alter(shown.setup)
            return replace(shown, setup=setup, step=min(shown.step, self.stops(setup) - 1))

        self.memory.change(altered)

    def move_to(self, step: int) -> Shown[Setup]:
        """Note where the player rests, and give what is shown."""
        self.memory.note(replace(self.now(), step=step))
        return self.now()

    def tell(self) -> dict[str, str]:
        """Put what is shown into the address bar, and give the parameters."""
        return self.memory.tell()
