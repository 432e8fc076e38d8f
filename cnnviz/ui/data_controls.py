"""The controls of the page that looks at data: which data, which images, how they are scaled."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from cnnviz.lessons.data_scalings import MOST_SEED, RATES
from cnnviz.lessons.data_statistics import PARTS
from cnnviz.model.data import SCALINGS
from cnnviz.model.datasets import DATASETS
from cnnviz.ui import controls, frame
from cnnviz.ui.data_state import MEMORY, MOST_SHUFFLES, PREFIX, Look
from cnnviz.ui.state import link

ALL = "All"


def _set(**fixed: Any) -> Callable[[str], Callable[[Any], None]]:
    """Make functions that change one setting, and put others to what is fixed with it."""
    return lambda name: lambda value: MEMORY.change(lambda old: replace(old, **{name: value}, **fixed))


set_one, set_order = _set(), _set(page=0, image=-1)


def remarks(table: Mapping[str, Any]) -> str:
    """List what each choice of a table does."""
    return "\n".join(f"- **{name}**: {record.remark}" for name, record in table.items())


def choose_source(look: Look) -> None:
    """Offer the data there are."""
    controls.choose(
        "Data",
        look.source,
        {name: name for name in DATASETS},
        lambda name: MEMORY.change(lambda old: old.of(name)),
        key=f"{PREFIX}source",
        help=f"Shows other data.\n{remarks(DATASETS)}",
        width=165,
    )


def choose_images(look: Look, open_image: Callable[[int], None]) -> None:
    """Offer part, class, order and the number of an image, which is opened by the page."""
    classes = look.classes
    controls.choose(
        "Part",
        look.part,
        PARTS,
        set_order("part"),
        key=f"{PREFIX}part",
        help="Training images are learned from; held-out ones are only asked about, to see what was learned.",
        width=112,
    )
    controls.choose(
        "Class",
        ALL if look.only is None else classes[look.only],
        {name: name for name in (ALL, *classes)},
        lambda name: set_order("only")(None if name == ALL else classes.index(name)),
        key=f"{PREFIX}class",
        help="Shows the images of one class alone. A click on its bar does the same.",
        width=110,
    )
    controls.choose_whole(
        "Shuffle",
        look.shuffle,
        (0, MOST_SHUFFLES),
        set_order("shuffle"),
        key=f"{PREFIX}shuffle",
        help="0 keeps the order in which they are stored; any other number draws one, the same each time.",
        width=96,
    )
    controls.choose_whole(
        "Image",
        max(look.image, 0),
        (0, look.count - 1),
        open_image,
        key=f"{PREFIX}image",
        help=f"Shows another image large, by its index from 0 to {look.count - 1:,}.",
        width=100,
    )


def choose_scaling(look: Look) -> None:
    """Offer the ways to scale."""
    controls.choose(
        "Pixels",
        look.scaling,
        {name: name for name in SCALINGS},
        set_one("scaling"),
        key=f"{PREFIX}scaling",
        help=f"What the first layer reads in place of the stored pixels.\n{remarks(SCALINGS)}",
        width=146,
    )


def choose_training(look: Look) -> None:
    """Offer rate and seed of the small networks."""
    controls.choose_segment(
        "Rate",
        f"{look.rate:g}",
        {f"{rate:g}": f"{rate:g}" for rate in RATES},
        lambda text: set_one("rate")(float(text)),
        key=f"{PREFIX}rate",
        help="The learning rate of all three: which scaling learns best depends on it.",
    )
    controls.choose_whole(
        "Seed",
        look.seed,
        (0, MOST_SEED),
        set_one("seed"),
        key=f"{PREFIX}seed",
        help="Other first weights and batches, the same for all three: shows what is luck.",
        width=96,
    )


def choose_slide(names: Sequence[str]) -> str:
    """Offer which part is projected, for the presenter view shows one at a time; none where all are shown."""
    if not frame.presenting():
        return ""
    kept = f"{PREFIX}projected"

    def keep(name: str) -> None:
        st.session_state[kept] = name

    chosen = st.session_state.get(kept, names[0])
    with st.container(key=f"{PREFIX}slides"):
        controls.choose_segment(
            "Show",
            chosen,
            {name: name for name in names},
            keep,
            key=f"{PREFIX}slide",
            help="Projects another part of the page; each fits the screen.",
        )
    return chosen


def share_and_present(look: Look) -> None:
    """Offer the link to what is shown, and the presenter view."""
    with st.popover("Share"):
        st.code(link(PREFIX, MEMORY.write(look)), language=None, wrap_lines=True)
        st.caption("The link opens the same data, class, image and scaling.")
    st.button(
        "Present",
        key=f"{PREFIX}present",
        on_click=frame.present,
        args=(True,),
        help="Large numbers for a projector, without controls. P does the same.",
    )
