"""What the page shows of some data: the gallery, one image, its neighbours, classes, pixels and losses."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from cnnviz.lessons.data_scalings import HEADS, Effect, effect_text, formula, guess, reach_rows, scaled_reach
from cnnviz.lessons.data_statistics import (
    ClassFacts,
    Histogram,
    Reach,
    class_facts,
    part_of,
    pixel_counts,
    pixel_histogram,
    pixel_reach,
    places,
)
from cnnviz.lessons.digits_why import Neighbour, nearest
from cnnviz.lessons.explain import brief
from cnnviz.model.data import SCALINGS, Data, Examples, Scaling
from cnnviz.ui.components import dataset
from cnnviz.ui.data_controls import set_one, set_order
from cnnviz.ui.data_state import MEMORY, Look
from cnnviz.ui.train_data import load

SHORT = 3  # letters of a name that fit below a small picture
PAGE, PAGE_OF_LARGE = 80, 30  # images on a page
NEIGHBOURS = 6
TOP = 5.0  # where the scale of losses ends


class Brush(NamedTuple):
    """How pictures are drawn: the themes by name, and the function that makes a strip of images."""

    themes: Mapping[str, Any]
    strip: Callable[[np.ndarray, float], str]


class Shown(NamedTuple):
    """The data, the part that is looked at, and which of its images, in which order."""

    data: Data
    examples: Examples
    places: np.ndarray
    look: Look

    @property
    def size(self) -> int:
        """How many images a page of the gallery has."""
        return PAGE if max(map(len, self.data.classes)) <= SHORT else PAGE_OF_LARGE

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-len(self.places) // self.size))


def shown(look: Look) -> Shown:
    """Find what a look shows; an image of −1 is the first of the gallery, a page too far the last one."""
    data = load(look.source)
    examples = part_of(data, look.part)
    look = look.within()
    chosen = places(examples, look.only, look.shuffle)
    what = Shown(data, examples, chosen, look)
    first = int(chosen[0]) if len(chosen) else 0
    image = first if look.image < 0 else look.image
    return what._replace(look=replace(look, image=image, page=min(look.page, what.pages - 1)))


def open_image(what: Shown, part: str | None = None) -> Callable[[int], None]:
    """Make the function that shows an image large, and the page of the gallery it is on."""

    def show(place: int) -> None:
        if part and part != what.look.part:
            page = place // what.size
            MEMORY.change(lambda old: replace(old, part=part, only=None, shuffle=0, page=page, image=place))
            return
        found = np.flatnonzero(what.places == place)
        page = int(found[0]) // what.size if len(found) else what.look.page
        MEMORY.change(lambda old: replace(old, image=place, page=page))

    return show


def show_gallery(what: Shown, brush: Brush) -> None:
    """Show the page of images."""
    first = what.look.page * what.size
    own = what.places[first : first + what.size]
    labels = [what.data.classes[label] for label in what.examples.labels[own]]
    strip = brush.strip(what.examples.images[own], what.data.peak) if len(own) else ""
    dataset.gallery(
        dataset.Shelf(own.tolist(), labels, strip, first, len(what.places), what.look.page, what.pages),
        what.look.image,
        themes=brush.themes,
        key="da_gallery",
        on_image=open_image(what),
        on_page=set_one("page"),
    )


def show_numbers(what: Shown, brush: Brush) -> None:
    """Show one image as the numbers that the first layer reads."""
    look, scaling = what.look, what.data.scaling(what.look.scaling)
    stored = what.examples.images[look.image, 0]
    label = what.data.classes[what.examples.labels[look.image]]
    height, width = stored.shape
    image = dataset.Numbers(
        f"Image {look.image:,}, label {label}, {height} × {width}",
        stored,
        scaling(stored),
        tuple(scaling(np.array([0, what.data.peak])).tolist()),
        formula(scaling),
    )
    dataset.numbers(image, themes=brush.themes, key="da_numbers")


def show_neighbours(what: Shown, brush: Brush) -> None:
    """Show the training images that differ least from the one that stands large."""
    found = _neighbours(what.look.source, what.look.part, what.look.image)
    images = np.stack([each.image[None] for each in found])
    labels = [f"{what.data.classes[each.label]} · {brief(each.distance)}" for each in found]
    dataset.gallery(
        dataset.Shelf([each.place for each in found], labels, brush.strip(images, what.data.peak)),
        -1,
        themes=brush.themes,
        key="da_neighbours",
        on_image=open_image(what, "train"),
        name="Nearest training images",
        hint="Nearest training images: label and root mean square difference of the pixels.",
    )


@lru_cache(maxsize=256)
def _neighbours(source: str, part: str, place: int) -> tuple[Neighbour, ...]:
    """Find them; an image is not its own neighbour."""
    data = load(source)
    own = part_of(data, part).images[place : place + 1]
    found = nearest(data.train, own, NEIGHBOURS + 1)
    return tuple(each for each in found if part != "train" or each.place != place)[:NEIGHBOURS]


def show_classes(what: Shown, brush: Brush) -> None:
    """Show how many images each class has, and what they have in common."""
    facts = _facts(what.look.source, what.look.part)
    bars = [
        dataset.Bar(name, fact.images, fact.share)
        for name, fact in zip(what.data.classes, facts, strict=True)
    ]
    deviations = np.stack([fact.deviation for fact in facts])
    dataset.classes(
        bars,
        brush.strip(np.stack([fact.mean for fact in facts]), what.data.peak),
        brush.strip(deviations, float(np.nan_to_num(deviations).max())),
        what.look.only,
        themes=brush.themes,
        key="da_classes",
        on_class=lambda at: set_order("only")(None if at == what.look.only else at),
    )


@lru_cache(maxsize=8)
def _facts(source: str, part: str) -> list[ClassFacts]:
    """Count and average once for everybody."""
    data = load(source)
    return class_facts(part_of(data, part), len(data.classes))


def show_pixels(what: Shown, brush: Brush) -> None:
    """Show how often training pixels occur, as stored and as the first layer reads them."""
    histogram, reach = _pixels(what.look.source)
    scaling = what.data.scaling(what.look.scaling)
    after = scaled_reach(reach, scaling)
    edges = (histogram.edges - scaling.shift) * scaling.factor
    spreads = [dataset.Spread("As stored", histogram.edges, histogram.shares, reach.mean, reach.deviation)]
    if scaling != Scaling():
        title = f"{what.look.scaling}, {formula(scaling)}"
        spreads.append(dataset.Spread(title, edges, histogram.shares, after.mean, after.deviation))
    dataset.pixels(spreads, themes=brush.themes, key="da_pixels")


def show_reach(what: Shown, brush: Brush) -> None:
    """Show where the numbers lie that the first layer reads, for every scaling."""
    _, reach = _pixels(what.look.source)
    chosen = list(SCALINGS).index(what.look.scaling)
    dataset.table(HEADS, reach_rows(what.data, reach), chosen, themes=brush.themes, key="da_reach")


@lru_cache(maxsize=4)
def _pixels(source: str) -> tuple[Histogram, Reach]:
    """Count the pixels once for everybody."""
    data = load(source)
    counts = pixel_counts(data.train, data.peak)
    return pixel_histogram(counts), pixel_reach(counts)


def show_losses(found: Mapping[str, Effect | None], classes: int, brush: Brush) -> None:
    """Show how the same network learns from each scaling, side by side."""
    runs = [
        dataset.Losses(name, each.losses if each else (), effect_text(each) if each else "Training …")
        for name, each in found.items()
    ]
    dataset.losses(runs, guess=guess(classes), top=TOP, themes=brush.themes, key="da_losses")
