"""Runs as files: one `.npz` with a version, the recipe as JSON and the vectors, read without trusting it.

Nothing is ever unpickled. The sizes of all arrays follow from the recipe, so what is larger is refused before
it is unpacked. A new version of the format raises `VERSION` and still reads the old ones.
"""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cnnviz.model.architecture import Architecture
from cnnviz.model.data import Data, Scaling
from cnnviz.model.layer import set_fields
from cnnviz.model.layers import LAYERS
from cnnviz.model.network import Network
from cnnviz.model.optimizers import OPTIMIZERS
from cnnviz.model.recipe import Recipe
from cnnviz.model.records import from_plain, one_of, to_plain
from cnnviz.model.schedules import SCHEDULES
from cnnviz.model.training import State, check_fit, network_of
from cnnviz.window import whole

VERSION = 1
MOST_BYTES = 16 << 20  # of a file, as for all uploads
MOST_TEXT = 1 << 16
MOST_SETTINGS = 8
NOT_OURS = "This is not a network saved by this program."
DAMAGED = "This file is damaged, so the network in it cannot be read."


@dataclass(frozen=True)
class Origin:
    """What a run learned from: the name and digest of its data, its classes, and how images are scaled."""

    name: str
    digest: str
    classes: tuple[str, ...]
    scaling: Scaling

    def __post_init__(self) -> None:
        """Check."""
        for name, value in (("name", self.name), ("digest", self.digest)):
            one_of(name, value, (str,))
        one_of("scaling", self.scaling, (Scaling,))
        for label in self.classes:
            one_of("classes", label, (str,))
        set_fields(self, classes=tuple(self.classes))


KINDS: Mapping[str, type] = {
    **LAYERS,
    **OPTIMIZERS,
    **SCHEDULES,
    **{kind.__name__: kind for kind in (Architecture, Recipe, Scaling, Origin)},
}


@dataclass(frozen=True, eq=False)
class Saved:
    """A moment of a run as it stands in a file."""

    recipe: Recipe
    origin: Origin
    state: State
    prepared: Mapping[str, bool | int | float] = field(default_factory=dict)  # see `save`

    def network(self) -> Network:
        """Show the network; the data it learned from is not needed."""
        return Network(
            self.recipe.architecture, self.origin.scaling, self.state.parameters, self.state.statistics
        )

    def check_data(self, data: Data) -> None:
        """Refuse to continue on other data: the next step would not be the one it would have been."""
        check_fit(self.recipe, data)
        if data.digest != self.origin.digest:
            raise ValueError(f"data must be the {self.origin.name} of this run, got other images or labels")


def save(
    recipe: Recipe, data: Data, state: State, prepared: Mapping[str, bool | int | float] | None = None
) -> bytes:
    """Write a moment of a run as a file.

    Parameters
    ----------
    recipe, data, state
        As given to `step`.
    prepared : mapping, optional
        How the data was made from that of its name, such as the share of wrong labels: a few numbers by name.

    Returns
    -------
    bytes
        An `.npz`; the same moment always gives the same bytes.
    """
    scaling = network_of(recipe, data, state).scaling
    origin = Origin(data.name, data.digest, data.classes, scaling)
    text = {"version": VERSION, "step": state.step, "recipe": to_plain(recipe), "origin": to_plain(origin)}
    if prepared:
        text["prepared"] = dict(prepared)
    file = io.BytesIO()
    about = np.frombuffer(json.dumps(text, ensure_ascii=False).encode(), np.uint8)
    np.savez(file, about=about, parameters=state.parameters, statistics=state.statistics, kept=state.kept)
    return file.getvalue()


def load(raw: bytes) -> Saved:
    """Read a file of unknown origin.

    Parameters
    ----------
    raw : bytes
        The whole file.

    Returns
    -------
    Saved
        To show its network, or to go on with its state.

    Raises
    ------
    ValueError
        With one sentence, if the file is foreign, damaged, too large, or from a newer version.
    """
    if len(raw) > MOST_BYTES:
        raise ValueError(f"This file has {len(raw) / (1 << 20):.0f} MB; a saved network has at most 16.")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            about = _about(archive)
            return _read(archive, about)
    except _RefusedError as refusal:
        raise ValueError(str(refusal)) from None
    except Exception as error:  # zip, zlib, JSON and NumPy raise nearly every kind on damaged files
        ours = raw[:4] == b"PK\x03\x04" and b"about.npy" in raw[:100]
        raise ValueError(DAMAGED if ours else NOT_OURS) from error


class _RefusedError(Exception):
    """A sentence for the reader."""


def _about(archive: zipfile.ZipFile) -> dict[str, Any]:
    """Read the text, and compare its version."""
    names = ["about.npy", "parameters.npy", "statistics.npy", "kept.npy"]
    if sorted(archive.namelist()) != sorted(names):
        raise _RefusedError(NOT_OURS)
    size = archive.getinfo("about.npy").file_size
    about = json.loads(_array(archive, "about", (None,), np.dtype(np.uint8), min(size, MOST_TEXT)).tobytes())
    version = about["version"]
    if whole("version", version, 1) > VERSION:
        raise _RefusedError(
            f"This network was saved by a newer version of this program: its format is {version}, "
            f"and only formats up to {VERSION} can be read."
        )
    return about


def _read(archive: zipfile.ZipFile, about: dict[str, Any]) -> Saved:
    """Make the records, then read what they ask for."""
    recipe, origin = from_plain(about["recipe"], KINDS), from_plain(about["origin"], KINDS)
    one_of("recipe", recipe, (Recipe,))
    one_of("origin", origin, (Origin,))
    if recipe.architecture.output_shape != (len(origin.classes),):
        raise ValueError("classes must be as many as the outputs")
    count, gathered = recipe.architecture.parameter_count, recipe.architecture.statistics_count
    shapes = {
        "parameters": (count,), "statistics": (gathered,), "kept": (recipe.optimizer.SLOTS, count)
    }  # fmt: skip
    arrays = {name: _array(archive, name, shape, np.dtype(np.float32)) for name, shape in shapes.items()}
    state = State(**arrays, step=whole("step", about["step"], 0))
    return Saved(recipe, origin, state, _prepared(about.get("prepared", {})))


def _prepared(given: Any) -> dict[str, bool | int | float]:
    """Read how the data was made."""
    one_of("prepared", given, (dict,))
    if len(given) > MOST_SETTINGS:
        raise ValueError(f"prepared must have at most {MOST_SETTINGS} settings, got {len(given)}")
    for value in given.values():
        one_of("prepared", value, (bool, int, float))
    return given


def _array(
    archive: zipfile.ZipFile, name: str, shape: tuple, dtype: np.dtype, most: int | None = None
) -> np.ndarray:
    """Read an array of the expected shape and type; a longer member is not unpacked further than that."""
    wanted = most if most is not None else dtype.itemsize * int(np.prod(shape, dtype=np.int64)) + 1024
    with archive.open(f"{name}.npy") as member:
        raw = member.read(wanted + 1)
    if len(raw) > wanted:
        raise ValueError(f"{name} is longer than {wanted} bytes")
    file = io.BytesIO(raw)
    if np.lib.format.read_magic(file) != (1, 0):
        raise ValueError(f"{name} has an unknown header")
    found, fortran, kind = np.lib.format.read_array_header_1_0(file)
    if fortran or kind != dtype or len(found) != len(shape) or (None not in shape and found != shape):
        raise ValueError(f"{name} must be {dtype} {shape}, got {kind} {found}")
    return np.frombuffer(file.read(), dtype).reshape(found).copy()
